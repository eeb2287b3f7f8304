"""Steps that look at this computer: the program, its settings, the clock and the terminal."""

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from massar_cli.checks.checklist import Finding, Step, ok, skipped, warning
from massar_cli.codes import has_usual_shape
from massar_cli.configuration import DEFAULT_ACCOUNT
from massar_cli.errors import CredentialsProblem, MassarError
from massar_cli.files import why_unwritable
from massar_cli.language import listed, plural
from massar_cli.language import translate as _
from massar_cli.settings import DEFAULT, Settings, shown_settings, told_origin

_LIBRARIES = ("httpx", "selectolax", "keyring")
_MOMENT = "%Y-%m-%d %H:%M %z"
_TOLERATED_MINUTES = 5
_NOT_SHOWN = ("password", "child")
"""Nor the children's nicknames: they are nobody's business. The password has steps of its own."""
_SHOWN_ALWAYS = ("account", "url", "code", "language", "state", "timeout")


def find_version() -> Finding:
    """Say which program runs on what."""
    from importlib.metadata import PackageNotFoundError, version

    from massar_cli import __version__

    parts = [f"massar {__version__}", f"Python {platform.python_version()}"]
    parts.append(
        " ".join(filter(None, (platform.system(), platform.release(), platform.machine())))
    )
    for name in _LIBRARIES:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"{name} -")
    return ok(listed(parts))


def find_settings_file(settings: Settings, *, is_demo: bool) -> Finding:
    """Say where the settings are, which have just been read."""
    if is_demo:
        return ok(_("none: the practice portal brings its own settings"))
    file = settings.folders.configuration_file
    if not file.exists():
        return ok(_("{path}: there is none, and none is needed").format(path=file))
    return ok(_("{path}: read").format(path=file))


def settings_steps(settings: Settings, *, is_demo: bool) -> Iterator[tuple[str, Step]]:
    """Yield the name of each setting, and the step that says what it is and where it came from.

    Those that few people set come only where somebody did.
    """
    for name, value, origin in shown_settings(settings):
        if name in _NOT_SHOWN or name.startswith("children."):
            continue
        if name not in _SHOWN_ALWAYS and origin in (None, DEFAULT):
            continue
        came_from = _("the practice portal") if is_demo else _origin(origin)
        if name == "code":
            yield name, partial(_code, settings, came_from)
        elif name == "state":
            yield name, partial(_state_folder, settings.folders.state, is_demo=is_demo)
        else:
            yield name, partial(ok, f"{_shown(name, value)} ({came_from})")


def _origin(origin: str | None) -> str:
    return "-" if origin is None else told_origin(origin)


def _shown(name: str, value: str) -> str:
    """Return a setting's value as it may be pasted anywhere."""
    if name == "account" and value not in (DEFAULT_ACCOUNT, "demo"):
        return _("one that has a name")  # a family names its accounts after its children
    return _("{seconds} s").format(seconds=value) if name == "timeout" else value


def _code(settings: Settings, came_from: str) -> Finding:
    code = settings.code
    if code is None:
        hint = _("Run massar login at a terminal, or set MASSAR_CODE.")
        if settings.other_accounts:
            hint = _("Choose an account of the configuration file with --account.")
        raise CredentialsProblem(_("There is no Massar code to sign in with."), hint=hint)
    if "@" in code:
        return ok(_("set, written as an address ({origin})").format(origin=came_from))
    if not has_usual_shape(code):
        return warning(
            _("set, but not one letter and nine digits ({origin})").format(origin=came_from),
            _("Look at it again; it is tried as it is."),
        )
    return ok(_("set, one letter and nine digits ({origin})").format(origin=came_from))


def _state_folder(folder: Path, *, is_demo: bool) -> Finding:
    if is_demo:
        return skipped(_("nothing is kept of the practice portal"))
    existing = folder
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    reason = why_unwritable(existing / ".massar") if existing.is_dir() else _("it is no folder")
    if reason:
        return warning(
            _("{path} cannot be written: {reason}").format(path=folder, reason=reason),
            _("Sessions and counts cannot be kept. Look at its owner, or set MASSAR_HOME."),
        )
    if existing != folder:
        return ok(_("{path}: made when it is first needed").format(path=folder))
    return ok(_("{path}: can be written").format(path=folder))


def find_clock() -> Finding:
    """Say what time it is here and in Casablanca."""
    from zoneinfo import ZoneInfoNotFoundError

    from massar_cli.school_calendar import now_in_casablanca

    try:
        there = now_in_casablanca()
    except ZoneInfoNotFoundError as error:
        raise MassarError(
            _("The time zone of Casablanca is not known here."),
            hint=_("Install the Python package tzdata."),
        ) from error
    here = there.astimezone()
    return ok(
        _("{here} here, {there} in Casablanca").format(
            here=here.strftime(_MOMENT), there=there.strftime(_MOMENT)
        )
    )


def compare_clocks(portals: datetime | None, own: datetime) -> Finding:
    """Say how far this computer's clock is from the portal's."""
    if portals is None:
        return skipped(_("the portal did not say what time it is"))
    minutes = round((own - portals).total_seconds() / 60)
    if abs(minutes) <= _TOLERATED_MINUTES:
        return ok(_("this computer's clock agrees with it"))
    if minutes > 0:
        text = plural(
            "this computer's clock is ahead of it by {count} minute",
            "this computer's clock is ahead of it by {count} minutes",
            minutes,
        )
    else:
        text = plural(
            "this computer's clock is behind it by {count} minute",
            "this computer's clock is behind it by {count} minutes",
            -minutes,
        )
    return warning(
        text,
        _("Set the clock: certificates, sessions and counts of sign-ins depend on it."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """What standard output is. `name` is None for a kind that is not known."""

    is_terminal: bool
    columns: int
    has_colour: bool
    encoding: str
    kind: str
    name: str | None
    rtl: str


def find_terminal(terminal: Terminal) -> Finding:
    """Say what the terminal can do, and what is done with right-to-left text there."""
    if not terminal.is_terminal:
        return ok(_("the output is no terminal: plain text in UTF-8, nothing cut"))
    text = _(
        "{columns} columns, {colour}, {encoding}, {kind}, {name}; Arabic as with --rtl {mode}"
    ).format(
        columns=terminal.columns,
        colour=_("colours") if terminal.has_colour else _("no colours"),
        encoding=terminal.encoding,
        kind=f"TERM={terminal.kind or '-'}",
        name=terminal.name or _("of no known kind"),
        mode=terminal.rtl,
    )
    if terminal.encoding.lower().replace("-", "") != "utf8":
        return warning(text, _("Choose a locale in UTF-8, such as LANG=C.UTF-8."))
    return ok(text)
