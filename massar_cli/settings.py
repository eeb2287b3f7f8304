"""Settings and where each came from: command line, environment, file, defaults, in that order."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from massar_cli.account_state import SignInLimits
from massar_cli.codes import normal_code, student_code
from massar_cli.configuration import (
    DEFAULT_ACCOUNT,
    DISPLAY_CHOICES,
    NOWHERE,
    NUMBERS,
    Folders,
    account_section,
    check_configuration,
    find_folders,
    not_one_of,
    unchecked_configuration,
    unusable_file,
)
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
from massar_cli.terminals import AUTO

CODE_VARIABLE = "MASSAR_CODE"
DEFAULT = "default"
"""The origin of a setting that nobody set."""
_LOCALE = "locale"
REMEMBERED = "massar login"
DOWNLOAD_LIMIT = 50.0
_MONTH_AND_DAY = re.compile(r"(?P<month>\d\d)-(?P<day>0[1-9]|[12]\d|3[01])", re.ASCII)


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


def _named_language(option: str | None, environment: Mapping[str, str]) -> tuple[str, str] | None:
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
    configuration = unchecked_configuration(folders)
    file_name = str(folders.configuration_file)
    chosen, language_origin = _checked(configuration, folders, language, environment, speak)
    accounts = tuple(configuration.get("accounts", {}))
    has_own = bool(configuration.get("code") or environment.get(CODE_VARIABLE))
    only = accounts[0] if len(accounts) == 1 and not has_own else DEFAULT_ACCOUNT
    usual = configuration.get("default_account") or only
    name = usual if account is None else account
    kept = (remembered or {}).get(name, {})
    section = account_section(configuration, name, is_known=may_be_new or bool(kept))
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
    configuration = unchecked_configuration(folders)
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
        written = unchecked_configuration(find_folders(environment)).get("language")
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
    check_configuration(file, configuration)
    return chosen, origin


def _language(
    option: str | None,
    environment: Mapping[str, str],
    configuration: Mapping[str, Any],
    file_name: str,
) -> tuple[str, str]:
    """Return the interface language and its origin."""
    if named := _named_language(option, environment):
        return named
    written = configuration.get("language")
    if written and isinstance(written, str):
        if (name := language_named(written)) is None:
            raise not_one_of(Path(file_name), "language", LANGUAGES)
        return name, file_name
    if (of_locale := language_of_locale(environment)) is not None:
        return of_locale, _LOCALE
    return DEFAULT_LANGUAGE, DEFAULT


def _display(configuration: Mapping[str, Any], origins: dict[str, str], file_name: str) -> Display:
    written = configuration.get("display", {})
    for key in DISPLAY_CHOICES:
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
    origins |= {key: file_name if key in configuration else DEFAULT for key in NUMBERS}
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
        raise unusable_file(
            path,
            _("{key} must be a month and a day, like {example}").format(
                key="first_semester_until", example="01-31"
            ),
        )
    return SemesterEnd(int(match["month"]), int(match["day"]))


def usable_timeout(seconds: float) -> float:
    """Return a time limit that can be kept; raises UsageProblem for any other."""
    least, most = NUMBERS["timeout"]
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
