"""The same list again as cron would run it: in a child process with next to no environment."""

import getpass
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from massar_cli.checks.checklist import CRON, Check, Finding, Status, ok, warning
from massar_cli.errors import MassarError
from massar_cli.language import listed
from massar_cli.language import translate as _

_PATH = "/usr/bin:/bin"
_WINDOWS = (
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "PROGRAMDATA", "TEMP", "TMP"),
    *("USERPROFILE", "USERNAME", "USERDOMAIN", "APPDATA", "LOCALAPPDATA", "HOMEDRIVE", "HOMEPATH"),
)
_PREFIX = "MASSAR_"
_ASSIGNMENT = re.compile(r"\s*(?P<name>[A-Za-z_]\w*)\s*=(?P<value>.*)", re.ASCII)
_CRONTAB_SECONDS = 10
_NETWORK = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
_PASSWORD = "MASSAR_PASSWORD"  # noqa: S105  (a variable's name)


def crontab_variables() -> dict[str, str]:
    """Return the variables that the person's crontab sets, none where there is no crontab."""
    program = shutil.which("crontab")
    if program is None:
        return {}
    try:
        ended = subprocess.run(  # noqa: S603  (the system's own program)
            [program, "-l"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_CRONTAB_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return {}
    lines = ended.stdout.decode(errors="surrogateescape").splitlines()
    matches = filter(None, map(_ASSIGNMENT.fullmatch, lines))
    return {one["name"]: _unquoted(one["value"]) for one in matches}


def _unquoted(value: str) -> str:
    value = value.strip()
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if is_quoted else value


def crons_environment(shell: Mapping[str, str], crontab: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that a command of the crontab sees."""
    return {**_bare_environment(shell), **crontab}


def _bare_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that cron gives a command; on Windows those of a scheduled task."""
    if os.name == "nt":
        kept = {name: environment[name] for name in _WINDOWS if name in environment}
        root = environment.get("SYSTEMROOT", "C:\\Windows")
        return {**kept, "PATH": f"{root}\\System32;{root}"}
    try:
        user = {"LOGNAME": getpass.getuser()}
    except (OSError, KeyError):  # nobody in the system's list
        user = {}
    return {
        **user,
        "HOME": environment.get("HOME") or str(Path.home()),
        "SHELL": "/bin/sh",
        "PATH": _PATH,
    }


def find_variables(shell: Mapping[str, str], crontab: Mapping[str, str]) -> Finding:
    """Say which variables of this shell cron will not see."""
    alone = sorted(name for name, value in shell.items() if value and name not in crontab)
    own = [name for name in alone if name.startswith(_PREFIX)]
    missing = own + [name for name in alone if name.upper() in _NETWORK]
    if not missing:
        names = [name for name in sorted(crontab) if name.startswith(_PREFIX)]
        if names:
            return ok(_("set in the crontab: {names}").format(names=listed(names)))
        return ok(_("nothing that massar reads is set in this shell alone"))
    hint = _("Write them as lines at the top of the crontab, or the settings into config.toml.")
    if _PASSWORD in own:
        hint = _(
            "Write them as lines at the top of the crontab, or the settings into config.toml; "
            "in the place of the password name a file: MASSAR_PASSWORD_FILE."
        )
    return warning(
        _("set in this shell, and not seen by cron: {names}").format(names=listed(missing)), hint
    )


def find_home(crons: Mapping[str, str], crontab: Mapping[str, str]) -> Finding:
    """Say whether the home folder here is the one that cron takes."""
    own, systems = crons.get("HOME"), crontab.get("HOME") or _home_in_the_users_list()
    if own and systems and os.path.realpath(own) != os.path.realpath(systems):
        return warning(
            _("HOME is another folder here than in the system's list of users, which cron takes"),
            _("Write HOME as a line at the top of the crontab."),
        )
    return ok(_("the same as here"))


def _home_in_the_users_list() -> str | None:
    try:
        import pwd
    except ImportError:  # Windows
        return None
    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return None


def find_command(program: str, crons: Mapping[str, str]) -> Finding:
    """Say how to write the command in a crontab. `program` is how this run was started."""
    name = Path(program).name
    if name != "massar" or os.name == "nt":
        return ok(f"{sys.executable} -m massar_cli")
    if shutil.which(name, path=crons.get("PATH", _PATH)):
        return ok(_("cron finds massar by its name"))
    return ok(
        _("not on cron's PATH, so write it in full: {path}").format(
            path=shutil.which(program) or Path(program).absolute()
        )
    )


def run_under_cron(
    arguments: Sequence[str], crons: Mapping[str, str], seconds: float
) -> list[Check]:
    """Return the lines of a `massar doctor --json` run with cron's environment and no terminal.

    Raises MassarError where that run brings no list.
    """
    try:
        ended = subprocess.run(  # noqa: S603  (this very program)
            [sys.executable, "-m", "massar_cli", *arguments],
            env=dict(crons),
            cwd=crons.get("HOME"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _no_list(type(error).__name__) from error
    try:
        return [_check(data) for data in json.loads(ended.stdout)["data"]]
    except (ValueError, KeyError, TypeError) as error:
        raise _no_list(_("exit code {code}").format(code=ended.returncode)) from error


def _no_list(reason: str) -> MassarError:
    return MassarError(
        _("The run under cron's environment brought no list: {reason}.").format(reason=reason),
        hint=_("Look whether Python finds massar without the variables of this shell."),
    )


def _check(data: Mapping[str, Any]) -> Check:
    return Check(
        check=str(data["check"]),
        status=Status(data["status"]),
        message=str(data["message"]),
        hint=data["hint"],
        exit_code=int(data["exit_code"]),
        where=CRON,
    )


def compared(here: Iterable[Check], there: Iterable[Check]) -> list[Check]:
    """Return cron's lines; what works here and not there says so."""
    works = {one.check for one in here if one.status is Status.OK}
    return [
        replace(
            one,
            hint=" ".join(filter(None, (one.hint, _("In this shell, outside cron, it works.")))),
        )
        if one.check in works and one.status in (Status.WARNING, Status.FAILED)
        else one
        for one in there
    ]
