"""The interface language: Arabic, French or English, and the translation of messages.

Source texts are English; catalogues live in `massar_cli/locale`. The portal's own language is
another matter: nothing here changes it.
"""

import gettext
import locale
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

LANGUAGES = ("ar", "fr", "en")
DEFAULT_LANGUAGE = "fr"
_CATALOGUES = Path(__file__).with_name("locale")


class _Active:
    """The one language of this run, set at its start."""

    name = "en"
    catalogue = gettext.NullTranslations()


def use_language(name: str) -> None:
    """Translate every later message into `name` (`ar`, `fr` or `en`)."""
    _Active.name = name
    _Active.catalogue = gettext.translation("massar", _CATALOGUES, languages=[name], fallback=True)


def active_language() -> str:
    """Return the language that messages are translated into."""
    return _Active.name


def translate(message: str) -> str:
    """Return `message` in the active language, or itself where no translation exists."""
    return _Active.catalogue.gettext(message) if message else ""


def plural(one: str, many: str, count: int, written: str | None = None) -> str:
    """Return the message for `count` things, by the language's own rules; Arabic has six.

    `written` is the number as its reader writes it.

    >>> plural("{count} file", "{count} files", 1), plural("{count} file", "{count} files", 2)
    ('1 file', '2 files')
    """
    return _Active.catalogue.ngettext(one, many, count).format(count=written or count)


def listed(things: Iterable[str]) -> str:
    """Return things one after another, as a sentence or a cell for people names them.

    >>> listed(["csv", "json"])
    'csv, json'
    """
    return translate(", ").join(things)


def mark(message: str) -> str:
    """Mark `message` for the catalogues; it is translated where it is shown."""
    return message


def language_named(text: str) -> str | None:
    """Return the language that a text such as `fr` or `fr_FR` names, None for one there is not.

    >>> language_named("fr-FR"), language_named("AR"), language_named("de_DE")
    ('fr', 'ar', None)
    """
    name = re.split("[_-]", text, maxsplit=1)[0].lower()
    return name if name in LANGUAGES else None


def language_of_locale(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the language that the environment's locale asks for, None when it names none.

    >>> language_of_locale({"LC_ALL": "", "LANG": "ar_MA.UTF-8"})
    'ar'
    >>> language_of_locale({"LANG": "C.UTF-8"})
    """
    value = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), None)
    if value is None and os.name == "nt":
        value = locale.getlocale()[0]  # such as "French_Morocco"
    name = (value or "")[:2].lower()
    return name if name in LANGUAGES else None
