"""Names of files that come from elsewhere, made safe for any folder of any system."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

LONGEST_NAME = 150
"""Bytes of UTF-8, with room for a number below the 255 that file systems take."""
_NAMELESS = "file"
_LONGEST_ENDING = 20
_LONGEST_TEXT = 4000
_UNSAFE = re.compile(r'[/\\:*?"<>|\u2044\u2215\u29f8\uff0f\uff3c]')
"""Separators, what only looks like one, and what Windows takes in no name."""
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(?= *(?:\.|$))",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.\w{1,15}$")


def safe_name(text: str) -> str:
    r"""Return a name that is no path, hides nothing and suits every system; never empty.

    >>> safe_name("../../etc/passwd"), safe_name("شهادة \u202efdp.exe"), safe_name("..")
    ('etc-passwd', 'شهادة fdp.exe', 'file')
    >>> safe_name("CON.pdf"), safe_name("aux .txt. ")
    ('CON_.pdf', 'aux_ .txt')
    """
    return usable_name(text) or _NAMELESS


def usable_name(text: str) -> str | None:
    """Return what `safe_name` does, None for a text of which nothing is left.

    >>> usable_name("..") is None, usable_name("avis.pdf")
    (True, 'avis.pdf')
    """
    name = _trimmed(_UNSAFE.sub("-", _printable(text[:_LONGEST_TEXT])))
    name = _trimmed(_shortened(name, LONGEST_NAME - 1))  # a byte is left for what follows
    if not any(character.isalnum() for character in name):
        return None
    return (
        _RESERVED.sub(lambda match: f"{match[0]}_", name, count=1) if _is_reserved(name) else name
    )


def ending_of(name: str) -> str:
    """Return a name's ending with its dot, empty where it has none.

    >>> ending_of("releve.pdf"), ending_of("Avis du 3. trimestre"), ending_of(".pdf")
    ('.pdf', '', '')
    """
    match = _ENDING.search(name)
    return match[0] if match and match.start() > 0 and not match[0][1:].isdecimal() else ""


def with_number(name: str, number: int) -> str:
    """Return a name with a number before its ending.

    >>> with_number("avis.pdf", 2), with_number("avis", 3)
    ('avis (2).pdf', 'avis (3)')
    """
    ending = ending_of(name)
    return f"{name[: len(name) - len(ending)]} ({number}){ending}"


def numbered_names(name: str) -> Iterator[str]:
    """Yield `name`, then the same with 2, 3 and so on.

    >>> names = numbered_names("avis.pdf")
    >>> next(names), next(names), next(names)
    ('avis.pdf', 'avis (2).pdf', 'avis (3).pdf')
    """
    yield name
    yield from (with_number(name, number) for number in count(2))


def same_file_key(name: str) -> str:
    """Return what is equal for names that a system which ignores case takes for one file."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _printable(text: str) -> str:
    """Return text on one line, composed, with nothing in it that is unseen or reorders the rest."""
    characters = (
        " " if character.isspace() else character
        for character in text
        if unicodedata.category(character) not in ("Cf", "Cs", "Co", "Cn")
        and (character.isspace() or unicodedata.category(character) != "Cc")
    )
    return " ".join(unicodedata.normalize("NFC", "".join(characters)).split())


def _trimmed(name: str) -> str:
    return name.lstrip(" .-~_").rstrip(" .")


def _shortened(name: str, most: int) -> str:
    """Return a name of at most so many bytes, its ending kept."""
    if len(name.encode()) <= most:
        return name
    ending = ending_of(name)
    if len(ending.encode()) > _LONGEST_ENDING:
        ending = ""
    stem = name[: len(name) - len(ending)].encode()[: most - len(ending.encode())]
    kept = stem.decode(errors="ignore")
    return unicodedata.normalize("NFC", kept.rstrip(" .")) + ending


def _is_reserved(name: str) -> bool:
    return _RESERVED.match(name) is not None
