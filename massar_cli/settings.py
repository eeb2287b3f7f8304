"""Settings and where each came from: command line, environment, file, defaults, in that order."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from massar_cli.account_state import SignInLimits
from massar_cli.codes import normal_code, student_code
from massar_cli.errors import UsageProblem
from massar_cli.hosts import DEFAULT_URL, base_url
from massar_cli.kept_password import is_kept, password_path
from massar_cli.language import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    language_named,
    language_of_locale,
    listed,
)
from massar_cli.language import translate as _
from massar_cli.pace import Pace
from massar_cli.reader import DIGITS, SUBJECT_NAMES
from massar_cli.school_calendar import SemesterEnd
from massar_cli.system_errors import reason_of
from massar_cli.terminals import AUTO, RTL_CHOICES

DEFAULT_ACCOUNT = "default"
CODE_VARIABLE = "MASSAR_CODE"
DEFAULT = "default"
"""The origin of a setting that nobody set."""
_LOCALE = "locale"
REMEMBERED = "massar login"
DOWNLOAD_LIMIT = 50.0
_ACCOUNT_KEYS = frozenset({"code", "password_command", "password_file", "url", "nickname", "child"})
_TOP_KEYS = _ACCOUNT_KEYS - {"nickname"} | {
    *("language", "default_account", "accounts", "first_semester_until"),
}
_TOP_TABLES = frozenset({"accounts", "display"})
_DISPLAY_CHOICES = {"rtl": RTL_CHOICES, "subject_names": SUBJECT_NAMES, "digits": DIGITS}
"""How tables look: what each setting may be, the usual one first."""
_MOST_BYTES, _MOST_DOTS = 64 * 1024, 2000
"""Of a file that is read within moments: the time grows with the square of the dots in one key."""
_NUMBERS = {
    "timeout": (1, 86_400),
    "request_spacing": (0, 3600),
    "retry_wait": (0, 3600),
    "sign_ins_per_day": (1, 1000),
    "failed_sign_ins_per_day": (1, 1000),
    "download_limit_mb": (0.1, 1_000_000),
}
"""Settings that are numbers, with the least and the most that they may be."""
_PLACE = re.compile(r"at line (?P<line>\d+), column (?P<column>\d+)")
_MONTH_AND_DAY = re.compile(r"(?P<month>\d\d)-(?P<day>0[1-9]|[12]\d|3[01])", re.ASCII)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSource:
    """Where a password comes from, short of the keyring and a prompt; a command may hold one."""

    command: str | None = field(default=None, repr=False)
    file: str | None = None
    value: str | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.command or self.file or self.value)


class Display(NamedTuple):
    """How tables look: each is a name of its choices.

    `rtl` is what terminals do with right-to-left text; `subject_names` says whose names subjects
    and levels have; `digits` are those of tables in Arabic.
    """

    rtl: str = AUTO
    subject_names: str = SUBJECT_NAMES[0]
    digits: str = DIGITS[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a run was told, and for each setting where it came from.

    `pages` are pages of the portal's menu that a person chose, by kind: a label or an address.
    `download_limit` is the most megabytes of one file.
    """

    account: str
    url: str
    code: str | None
    password_source: PasswordSource
    language: str
    folders: Folders
    origins: Mapping[str, str]
    other_accounts: tuple[str, ...] = ()
    pace: Pace = field(default_factory=Pace)
    sign_in_limits: SignInLimits = field(default_factory=SignInLimits)
    child: str | None = None
    """Which child of the account is meant where no option says so: a code or a name."""
    nicknames: Mapping[str, str] = field(default_factory=dict)
    """What the person calls the children: Massar code to name."""
    semester_end: SemesterEnd = field(default_factory=SemesterEnd)
    pages: Mapping[str, str] = field(default_factory=dict)
    download_limit: float = DOWNLOAD_LIMIT
    display: Display = Display()  # noqa: RUF009  (it cannot be changed)

    def with_code(self, code: str) -> "Settings":
        """Return the same settings for another code."""
        return replace(self, code=code)


class ShownSetting(NamedTuple):
    """A setting as people may see it: no secret. `origin` is None where it has only one."""

    name: str
    value: str
    origin: str | None


def shown_settings(settings: Settings) -> list[ShownSetting]:
    """Return every setting and where it came from; passwords and commands are not shown."""
    source = settings.password_source
    # A command line may hold a secret, so it is not shown either.
    password = _("keyring, or asked for")
    if source:
        password = str(source.file) if source.file and not source.command else "***"
    pace, limits = settings.pace, settings.sign_in_limits
    values = {
        "account": settings.account,
        "url": settings.url,
        "code": settings.code or "-",
        "password": password,
        "language": settings.language,
        "state": str(settings.folders.state),
        "timeout": f"{pace.timeout:g}",
        "request_spacing": f"{pace.spacing:g}",
        "retry_wait": f"{pace.retry_wait:g}",
        "sign_ins_per_day": str(limits.accepted),
        "failed_sign_ins_per_day": str(limits.failed),
        "download_limit_mb": f"{settings.download_limit:g}",
        "first_semester_until": "{:02}-{:02}".format(*settings.semester_end),
        "child": settings.child or "-",
        **{f"children.{code}": name for code, name in settings.nicknames.items()},
        **{f"display.{key}": chosen for key, chosen in settings.display._asdict().items()},
        **{f"pages.{kind}": chosen for kind, chosen in settings.pages.items()},
    }
    return [ShownSetting(key, value, settings.origins.get(key)) for key, value in values.items()]


def told_origin(origin: str) -> str:
    """Return where a setting came from, as people are told it."""
    return {DEFAULT: _("by default"), _LOCALE: _("from the locale")}.get(origin, origin)


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


def find_language(option: str | None, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the interface language and its origin where the command line or environment names it.

    Raises UsageProblem for a language there is none of.
    """
    for value, origin in ((option, "--lang"), (environment.get("MASSAR_LANG"), "MASSAR_LANG")):
        if value or (value is not None and origin == "--lang"):
            return known_language(value, origin), origin
    return None


def known_language(value: str, origin: str) -> str:
    """Return a language that massar speaks; raises UsageProblem for any other."""
    name = language_named(value)
    if name is None:
        raise UsageProblem(
            _('{origin} is "{value}", which is not a language of massar.').format(
                origin=origin, value=value
            ),
            hint=_("Choose one of: {choices}").format(choices=listed(LANGUAGES)),
        )
    return name


def load_settings(
    *,
    environment: Mapping[str, str] = os.environ,
    account: str | None = None,
    url: str | None = None,
    language: str | None = None,
    timeout: float | None = None,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
    may_be_new: bool = False,
    speak: Callable[[str], object] = lambda _name: None,
) -> Settings:
    """Return the settings in force; empty environment variables count as unset.

    `account`, `url`, `language` and `timeout` are the command line's. `remembered` is what
    `massar login` kept of each account; it comes after everything a person wrote. An account that
    neither names is an error unless it `may_be_new`. `speak` is told the language as soon as it is
    known, for the errors that follow.
    Raises UsageProblem for a setting that cannot be used, naming it and where it stands.
    """
    folders = find_folders(environment)
    configuration = _configuration_of(folders)
    file_name = str(folders.configuration_file)
    chosen, language_origin = _checked(configuration, folders, language, environment, speak)
    accounts = tuple(configuration.get("accounts", {}))
    has_own = bool(configuration.get("code") or environment.get(CODE_VARIABLE))
    only = accounts[0] if len(accounts) == 1 and not has_own else DEFAULT_ACCOUNT
    usual = configuration.get("default_account") or only
    name = usual if account is None else account
    kept = (remembered or {}).get(name, {})
    section = _section(configuration, name, is_known=may_be_new or bool(kept))
    origins = {
        "account": "--account" if account else file_name if name != DEFAULT_ACCOUNT else DEFAULT,
        "language": language_origin,
    }
    # A named account must never get the password or code of another from the environment.
    own = environment if account is None else {}

    def first(key: str, *candidates: tuple[str | None, str]) -> str | None:
        for value, origin in candidates:
            # What was typed is meant, even when it is empty.
            if value or (value is not None and origin.startswith("--")):
                origins[key] = origin
                return value
        return None

    code = first(
        "code",
        (own.get(CODE_VARIABLE), CODE_VARIABLE),
        (section.get("code"), file_name),
        (kept.get("code"), REMEMBERED),
    )
    # Remembered as a pair: the address of one sign-in is never for the code of another.
    is_kept_code = code is not None and kept.get("code") == normal_code(code)
    address = first(
        "url",
        (url, "--url"),
        (environment.get("MASSAR_URL"), "MASSAR_URL"),
        (section.get("url"), file_name),
        (kept.get("url") if is_kept_code and not may_be_new else None, REMEMBERED),
        (DEFAULT_URL, DEFAULT),
    )
    base = base_url(address if address is not None else DEFAULT_URL)
    code = normal_code(code) if code else None
    source = _password_source(own, section, origins, file_name)
    nicknames = _nicknames(configuration, section, code)
    origins |= dict.fromkeys((f"children.{one}" for one in nicknames), file_name)
    if "child" in section:
        origins["child"] = file_name
    has_end = "first_semester_until" in configuration
    origins["first_semester_until"] = file_name if has_end else DEFAULT
    # Whoever signs in anew does so to replace what is kept.
    if code and not source and not may_be_new:
        source = _kept_password(folders, base, code, origins)
    return Settings(
        account=name,
        url=base,
        code=code,
        password_source=source,
        language=chosen,
        folders=folders,
        origins=origins,
        other_accounts=tuple(one for one in accounts if one != name),
        pace=_pace(configuration, timeout, origins, file_name),
        sign_in_limits=_sign_in_limits(configuration),
        child=section.get("child"),
        nicknames=nicknames,
        semester_end=_semester_end(configuration, folders.configuration_file),
        pages=_pages(configuration, name, origins, file_name),
        download_limit=configuration.get("download_limit_mb", DOWNLOAD_LIMIT),
        display=_display(configuration, origins, file_name),
    )


def readers_settings(
    language: str | None,
    *,
    environment: Mapping[str, str] = os.environ,
    speak: Callable[[str], object] = lambda _name: None,
) -> tuple[str, Display]:
    """Return what counts for every command: the interface language, and how tables look.

    That is about who reads and with what, and nothing of an account. `language` is the command
    line's. Raises UsageProblem as `load_settings` does, but for a home: without one there is no
    configuration file.
    """
    try:
        folders = find_folders(environment)
    except UsageProblem:
        folders = NOWHERE
    configuration = _configuration_of(folders)
    chosen, _origin = _checked(configuration, folders, language, environment, speak)
    return chosen, display_of(configuration)


def language_to_begin_with(option: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """Return the language for what is told before the settings are read.

    A source that names no language is passed over; it is told of where the settings are read.
    """
    for name in (option, environment.get("MASSAR_LANG")):
        if name and (named := language_named(name)):
            return named
    try:
        written = _configuration_of(find_folders(environment)).get("language")
    except UsageProblem:
        written = None
    named = language_named(written) if isinstance(written, str) else None
    return named or language_of_locale(environment) or DEFAULT_LANGUAGE


def _checked(
    configuration: Mapping[str, Any],
    folders: Folders,
    option: str | None,
    environment: Mapping[str, str],
    speak: Callable[[str], object],
) -> tuple[str, str]:
    """Return the interface language and its origin, of a configuration that can be used."""
    file = folders.configuration_file
    chosen, origin = _language(option, environment, configuration, str(file))
    speak(chosen)
    _check_configuration(file, configuration)
    return chosen, origin


def _language(
    option: str | None,
    environment: Mapping[str, str],
    configuration: Mapping[str, Any],
    file_name: str,
) -> tuple[str, str]:
    """Return the interface language and its origin."""
    if named := find_language(option, environment):
        return named
    written = configuration.get("language")
    if written and isinstance(written, str):
        if (name := language_named(written)) is None:
            raise _none_of_these(Path(file_name), "language", LANGUAGES)
        return name, file_name
    if (of_locale := language_of_locale(environment)) is not None:
        return of_locale, _LOCALE
    return DEFAULT_LANGUAGE, DEFAULT


def _display(configuration: Mapping[str, Any], origins: dict[str, str], file_name: str) -> Display:
    written = configuration.get("display", {})
    for key in _DISPLAY_CHOICES:
        origins[f"display.{key}"] = file_name if key in written else DEFAULT
    return display_of(configuration)


def display_of(configuration: Mapping[str, Any]) -> Display:
    """Return what a configuration says of how tables look."""
    return Display(**configuration.get("display", {}))


def _pages(
    configuration: Mapping[str, Any], account: str, origins: dict[str, str], file_name: str
) -> dict[str, str]:
    """Return the chosen pages: those of the account, else those of every account."""
    own = configuration.get("accounts", {}).get(account, {})
    pages = {**configuration.get("pages", {}), **own.get("pages", {})}
    origins.update(dict.fromkeys((f"pages.{kind}" for kind in pages), file_name))
    return pages


def _nicknames(
    configuration: Mapping[str, Any], section: Mapping[str, Any], code: str | None
) -> dict[str, str]:
    """Return code to nickname; the account's own go before those at the top of the file."""
    own = section.get("nickname")
    student = student_code(code) if code else None
    return {
        **({student: own} if own and student else {}),
        **_by_code(configuration.get("children", {})),
        **_by_code(section.get("children", {})),
    }


def _by_code(nicknames: Mapping[str, str]) -> dict[str, str]:
    return {normal_code(code): nickname for code, nickname in nicknames.items()}


def _pace(
    configuration: Mapping[str, Any],
    timeout: float | None,
    origins: dict[str, str],
    file_name: str,
) -> Pace:
    usual = Pace()
    origins |= {key: file_name if key in configuration else DEFAULT for key in _NUMBERS}
    if timeout is not None:
        origins["timeout"] = "--timeout"
    return Pace(
        timeout=configuration.get("timeout", usual.timeout) if timeout is None else timeout,
        retry_wait=configuration.get("retry_wait", usual.retry_wait),
        spacing=configuration.get("request_spacing", usual.spacing),
    )


def _sign_in_limits(configuration: Mapping[str, Any]) -> SignInLimits:
    usual = SignInLimits()
    return SignInLimits(
        accepted=configuration.get("sign_ins_per_day", usual.accepted),
        failed=configuration.get("failed_sign_ins_per_day", usual.failed),
    )


def _semester_end(configuration: Mapping[str, Any], path: Path) -> SemesterEnd:
    text = configuration.get("first_semester_until")
    if text is None:
        return SemesterEnd()
    match = _MONTH_AND_DAY.fullmatch(text)
    # December to June: a semester that ends elsewhere is a slip of the pen.
    if match is None or match["month"] not in ("12", "01", "02", "03", "04", "05", "06"):
        raise _unusable(
            path,
            _("{key} must be a month and a day, like {example}").format(
                key="first_semester_until", example="01-31"
            ),
        )
    return SemesterEnd(int(match["month"]), int(match["day"]))


def usable_timeout(seconds: float) -> float:
    """Return a time limit that can be kept; raises UsageProblem for any other."""
    least, most = _NUMBERS["timeout"]
    if not least <= seconds <= most:
        raise UsageProblem(
            _("--timeout must be from {least} to {most} seconds.").format(least=least, most=most)
        )
    return seconds


def _password_source(
    environment: Mapping[str, str],
    section: Mapping[str, Any],
    origins: dict[str, str],
    file_name: str,
) -> PasswordSource:
    source = PasswordSource(
        command=environment.get("MASSAR_PASSWORD_COMMAND") or None,
        file=environment.get("MASSAR_PASSWORD_FILE") or None,
        value=environment.get("MASSAR_PASSWORD") or None,
    )
    if source:
        origins["password"] = (
            "MASSAR_PASSWORD_COMMAND"
            if source.command
            else "MASSAR_PASSWORD_FILE"
            if source.file
            else "MASSAR_PASSWORD"
        )
        return source
    code = environment.get(CODE_VARIABLE)
    if code and section.get("code") and normal_code(code) != normal_code(section["code"]):
        return source  # the file's password belongs to another code
    file = section.get("password_file")
    if file:  # beside the configuration file, wherever the program is started
        file = str(Path(file_name).parent / os.path.expanduser(file))  # noqa: PTH111
    source = PasswordSource(command=section.get("password_command"), file=file)
    if source:
        origins["password"] = file_name
    return source


def _kept_password(
    folders: Folders, base: str, code: str, origins: dict[str, str]
) -> PasswordSource:
    """Return the file that `massar login` kept the password in, an empty source for none."""
    path = password_path(folders.state, base, code)
    if not is_kept(path):
        return PasswordSource()
    origins["password"] = REMEMBERED
    return PasswordSource(file=str(path))


def _configuration_of(folders: Folders) -> dict[str, Any]:
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
    _check_configuration(path, configuration)
    return configuration


def _parsed(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):  # such as below a home that is /dev/null
        return {}
    except OSError as error:
        raise _unusable(path, reason_of(error)) from error
    if len(data) > _MOST_BYTES or data.count(b".") > _MOST_DOTS:
        raise _unusable(path, _("it is too large"))
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, or too deep to be one
        raise _unusable(path, _no_toml(error)) from error


def _check_configuration(path: Path, configuration: Mapping[str, Any]) -> None:
    accounts = configuration.get("accounts", {})
    if not isinstance(accounts, dict) or not all(isinstance(a, dict) for a in accounts.values()):
        raise _unusable(path, "accounts")
    top = {key: value for key, value in configuration.items() if key not in _TOP_TABLES}
    for section, known in (
        (top, _TOP_KEYS | _NUMBERS.keys()),
        *((account, _ACCOUNT_KEYS) for account in accounts.values()),
    ):
        _check_keys(path, {key: section[key] for key in section if key != "pages"}, known)
        _check_pages(path, section.get("pages", {}))
    _check_display(path, configuration.get("display", {}))


def _no_toml(error: Exception) -> str:
    """Return where a file is no TOML; the library says it in English."""
    if isinstance(error, UnicodeDecodeError):
        return _("it is no text in UTF-8")
    if place := _PLACE.search(str(error)):
        return _("it is no TOML at line {line}, column {column}").format(**place.groupdict())
    return _("it is no TOML")


def _check_children(path: Path, children: object) -> None:
    """Demand that nicknames stand under the Massar codes of the children."""
    if not isinstance(children, dict):
        raise _unusable(path, _("children must be a table of Massar codes and nicknames"))
    for code, nickname in children.items():
        if not _is_code(code):
            raise _unusable(path, _("children: {code} is no Massar code").format(code=code[:60]))
        if not isinstance(nickname, str) or not nickname.strip():
            raise _unusable(path, _("{key} must be text").format(key=f"children.{code}"))


def _is_code(text: str) -> bool:
    try:
        normal_code(text)
    except UsageProblem:
        return False
    return "@" not in text


def _check_display(path: Path, display: object) -> None:
    if not isinstance(display, dict):
        raise _unusable(path, "display")
    _check_keys(path, display, frozenset(_DISPLAY_CHOICES))
    for key, chosen in display.items():
        choices = _DISPLAY_CHOICES[key]
        if chosen not in choices:
            raise _none_of_these(path, f"display.{key}", choices)


def _check_pages(path: Path, pages: object) -> None:
    if not isinstance(pages, dict):
        raise _unusable(path, "pages")
    if not pages:
        return
    from massar_cli.portal_menu import PageKind

    kinds = [kind.value for kind in PageKind if kind is not PageKind.OTHER]
    for kind, chosen in pages.items():
        name = f"pages.{kind}"
        if kind not in kinds:
            raise _unusable(
                path,
                _("unknown setting {key} (there is {choices})").format(
                    key=name, choices=listed(kinds)
                ),
            )
        if not isinstance(chosen, str) or not chosen.strip():
            raise _unusable(path, _("{key} must be text").format(key=name))


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
            raise _unusable(path, _("unknown setting {key}").format(key=key))
        if key in _NUMBERS:
            _check_number(path, key, value)
            continue
        if not isinstance(value, str) or not value or "\0" in value:
            raise _unusable(path, _("{key} must be text").format(key=key))


def _check_number(path: Path, key: str, value: object) -> None:
    least, most = _NUMBERS[key]
    is_count = key.endswith("_per_day")
    is_number = isinstance(value, int if is_count else int | float) and not isinstance(value, bool)
    if not is_number or not least <= value <= most:  # type: ignore[operator]
        raise _unusable(
            path,
            _("{key} must be a number from {least} to {most}").format(
                key=key, least=least, most=most
            ),
        )


def _none_of_these(path: Path, key: str, choices: Sequence[str]) -> UsageProblem:
    return _unusable(
        path, _("{key} must be one of: {choices}").format(key=key, choices=listed(choices))
    )


def _unusable(path: Path, reason: str) -> UsageProblem:
    return UsageProblem(
        _("The configuration file {path} cannot be used: {reason}").format(
            path=path, reason=reason
        ),
        hint=_("Correct the file, or move it away to go on without it."),
    )


def _section(configuration: Mapping[str, Any], name: str, *, is_known: bool) -> Mapping[str, Any]:
    """Return an account's settings; the default account's may stand at the top of the file."""
    accounts = configuration.get("accounts", {})
    if name in accounts:
        return {**{k: configuration[k] for k in ("url",) if k in configuration}, **accounts[name]}
    if name == DEFAULT_ACCOUNT:
        return {k: v for k, v in configuration.items() if k in _ACCOUNT_KEYS}
    if is_known:
        return {k: configuration[k] for k in ("url",) if k in configuration}
    raise UsageProblem(
        _('There is no account named "{name}".').format(name=name),
        hint=_("Accounts in the configuration file: {names}").format(
            names=listed(accounts) or _("none")
        ),
        private=[name, *accounts],
    )
