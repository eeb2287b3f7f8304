"""The configuration file: where it is, what it may hold, and whose settings stand where in it."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from massar_cli.codes import normal_code
from massar_cli.errors import UsageProblem
from massar_cli.language import listed
from massar_cli.language import translate as _
from massar_cli.reader import DIGITS, SUBJECT_NAMES
from massar_cli.system_errors import reason_of
from massar_cli.terminals import RTL_CHOICES

DEFAULT_ACCOUNT = "default"
_ACCOUNT_KEYS = frozenset({"code", "password_command", "password_file", "url", "nickname", "child"})
_TOP_KEYS = _ACCOUNT_KEYS - {"nickname"} | {
    *("language", "default_account", "first_semester_until"),
}
_TOP_TABLES = frozenset({"accounts", "display"})
DISPLAY_CHOICES = {"rtl": RTL_CHOICES, "subject_names": SUBJECT_NAMES, "digits": DIGITS}
"""How tables look: what each setting may be, the usual one first."""
_MOST_BYTES, _MOST_DOTS = 64 * 1024, 2000
"""Of a file that is read within moments: the time grows with the square of the dots in one key."""
NUMBERS = {
    "timeout": (1, 86_400),
    "request_spacing": (0, 3600),
    "retry_wait": (0, 3600),
    "sign_ins_per_day": (1, 1000),
    "failed_sign_ins_per_day": (1, 1000),
    "download_limit_mb": (0.1, 1_000_000),
}
"""Settings that are numbers, with the least and the most that they may be."""
_PLACE = re.compile(r"at line (?P<line>\d+), column (?P<column>\d+)")


class Folders(NamedTuple):
    """Where the program keeps its files: the configuration file, and sessions and state."""

    configuration: Path
    state: Path

    @property
    def configuration_file(self) -> Path:
        """The TOML file that a person writes."""
        return self.configuration / "config.toml"


NOWHERE = Folders(configuration=Path(os.devnull), state=Path(os.devnull))
"""Where there is no file, and none can be made."""


def find_folders(environment: Mapping[str, str]) -> Folders:
    """Return the folders of `MASSAR_HOME`, else the platform's own.

    Raises UsageProblem for the home of a user who does not exist, for a file in the place of a
    folder, and where there is no home at all.
    """
    home = environment.get("MASSAR_HOME")
    if home:
        folder = Path(os.path.expanduser(home))  # noqa: PTH111  (never raises)
        if str(folder).startswith("~"):
            raise UsageProblem(
                _("MASSAR_HOME is {path}, and there is no such user.").format(path=home),
                private=[home],
            )
        if os.path.exists(folder) and not os.path.isdir(folder):  # noqa: PTH110, PTH112  (never raise)
            raise UsageProblem(
                _("MASSAR_HOME is {path}, which is no folder.").format(path=home),
                hint=_("It has to name a folder; a missing one is made."),
            )
        return Folders(configuration=folder, state=folder)
    import platformdirs

    try:
        folders = Folders(
            configuration=Path(platformdirs.user_config_path("massar")),
            state=Path(platformdirs.user_state_path("massar")),
        )
    except RuntimeError:  # a user without a home, as in a container
        folders = None
    # Older versions of the library take a missing home for a folder named "~".
    if folders is None or not (folders.configuration.is_absolute() and folders.state.is_absolute()):
        raise UsageProblem(
            _("There is no home folder for the files of massar."),
            hint=_("Set MASSAR_HOME to a folder that may be written to."),
        )
    return folders


def unchecked_configuration(folders: Folders) -> dict[str, Any]:
    """Return the configuration file's table; an empty one in a home that is another user's.

    That is told when nothing can be kept there either.
    """
    is_barred = all(map(_is_barred, (folders.configuration_file, folders.state / "session")))
    return {} if is_barred else _parsed(folders.configuration_file)


def _is_barred(path: Path) -> bool:
    """Whether it cannot even be known if there is such a file."""
    try:
        path.stat()
    except PermissionError:
        return True
    except OSError:
        pass
    return False


def read_configuration(path: Path) -> dict[str, Any]:
    """Return the configuration file's table, an empty one when there is no file.

    Raises UsageProblem for a file that is no TOML, or holds a key or type there is none of.
    """
    configuration = _parsed(path)
    check_configuration(path, configuration)
    return configuration


def _parsed(path: Path) -> dict[str, Any]:
    try:
        if path.is_fifo():  # which would be waited for without end
            raise unusable_file(path, _("it is a pipe"))
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):  # such as below a home that is /dev/null
        return {}
    except OSError as error:
        raise unusable_file(path, reason_of(error)) from error
    if len(data) > _MOST_BYTES or data.count(b".") > _MOST_DOTS:
        raise unusable_file(path, _("it is too large"))
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, or too deep to be one
        raise unusable_file(path, _no_toml(error)) from error


def _no_toml(error: Exception) -> str:
    """Return where a file is no TOML; the library says it in English."""
    if isinstance(error, UnicodeDecodeError):
        return _("it is no text in UTF-8")
    if place := _PLACE.search(str(error)):
        return _("it is no TOML at line {line}, column {column}").format(**place.groupdict())
    return _("it is no TOML")


def account_section(
    configuration: Mapping[str, Any], name: str, *, is_known: bool
) -> Mapping[str, Any]:
    """Return an account's settings; the default account's may stand at the top of the file."""
    accounts = configuration.get("accounts", {})
    of_every_account = {"url": configuration["url"]} if "url" in configuration else {}
    if name in accounts:
        return {**of_every_account, **accounts[name]}
    if name == DEFAULT_ACCOUNT:
        return {k: v for k, v in configuration.items() if k in _ACCOUNT_KEYS}
    if is_known:
        return of_every_account
    raise UsageProblem(
        _('There is no account named "{name}".').format(name=name),
        hint=_("Accounts in the configuration file: {names}").format(
            names=listed(accounts) or _("none")
        ),
        private=[name, *accounts],
    )


def check_configuration(path: Path, configuration: Mapping[str, Any]) -> None:
    """Raise UsageProblem for a key or type that a configuration file has none of."""
    accounts = configuration.get("accounts", {})
    if not isinstance(accounts, dict) or not all(isinstance(a, dict) for a in accounts.values()):
        raise unusable_file(path, "accounts")
    top = {key: value for key, value in configuration.items() if key not in _TOP_TABLES}
    for section, known in (
        (top, _TOP_KEYS | NUMBERS.keys()),
        *((account, _ACCOUNT_KEYS) for account in accounts.values()),
    ):
        _check_keys(path, {key: section[key] for key in section if key != "pages"}, known)
        _check_pages(path, section.get("pages", {}))
    _check_display(path, configuration.get("display", {}))


def _check_keys(path: Path, table: Mapping[str, Any], known: frozenset[str]) -> None:
    for key, value in table.items():
        if key == "password":
            raise UsageProblem(
                _("{path} holds a password; passwords are not read from there.").format(path=path),
                hint=_("Use password_command or password_file, or run: massar login"),
            )
        if key == "children":
            _check_children(path, value)
            continue
        if key not in known:
            raise unusable_file(path, _("unknown setting {key}").format(key=key))
        if key in NUMBERS:
            _check_number(path, key, value)
            continue
        if not isinstance(value, str) or not value or "\0" in value:
            raise unusable_file(path, _("{key} must be text").format(key=key))


def _check_number(path: Path, key: str, value: object) -> None:
    least, most = NUMBERS[key]
    is_count = key.endswith("_per_day")
    is_number = isinstance(value, int if is_count else int | float) and not isinstance(value, bool)
    if not is_number or not least <= value <= most:  # type: ignore[operator]
        raise unusable_file(
            path,
            _("{key} must be a number from {least} to {most}").format(
                key=key, least=least, most=most
            ),
        )


def _check_children(path: Path, children: object) -> None:
    """Demand that nicknames stand under the Massar codes of the children."""
    if not isinstance(children, dict):
        raise unusable_file(path, _("children must be a table of Massar codes and nicknames"))
    for code, nickname in children.items():
        if not _is_code(code):
            raise unusable_file(
                path, _("children: {code} is no Massar code").format(code=code[:60])
            )
        if not isinstance(nickname, str) or not nickname.strip():
            raise unusable_file(path, _("{key} must be text").format(key=f"children.{code}"))


def _is_code(text: str) -> bool:
    try:
        normal_code(text)
    except UsageProblem:
        return False
    return "@" not in text


def _check_pages(path: Path, pages: object) -> None:
    if not isinstance(pages, dict):
        raise unusable_file(path, "pages")
    if not pages:
        return
    from massar_cli.portal_menu import PageKind

    kinds = [kind.value for kind in PageKind if kind is not PageKind.OTHER]
    for kind, chosen in pages.items():
        name = f"pages.{kind}"
        if kind not in kinds:
            raise unusable_file(
                path,
                _("unknown setting {key} (there is {choices})").format(
                    key=name, choices=listed(kinds)
                ),
            )
        if not isinstance(chosen, str) or not chosen.strip():
            raise unusable_file(path, _("{key} must be text").format(key=name))


def _check_display(path: Path, display: object) -> None:
    if not isinstance(display, dict):
        raise unusable_file(path, "display")
    _check_keys(path, display, frozenset(DISPLAY_CHOICES))
    for key, chosen in display.items():
        choices = DISPLAY_CHOICES[key]
        if chosen not in choices:
            raise not_one_of(path, f"display.{key}", choices)


def not_one_of(path: Path, key: str, choices: Sequence[str]) -> UsageProblem:
    """Return the error of a setting that has none of its values."""
    return unusable_file(
        path, _("{key} must be one of: {choices}").format(key=key, choices=listed(choices))
    )


def unusable_file(path: Path, reason: str) -> UsageProblem:
    """Return the error of a configuration file that cannot be used as a whole."""
    return UsageProblem(
        _("The configuration file {path} cannot be used: {reason}").format(
            path=path, reason=reason
        ),
        hint=_("Correct the file, or move it away to go on without it."),
    )
