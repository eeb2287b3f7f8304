"""One run of the program against a practice portal, and what is known of it afterwards."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from massar_cli.practice.journal import Exchange
from massar_cli.practice.server import PracticeServer
from massar_cli.practice.students import DEMO
from tests.conftest import NO_KEYRING
from tests.portal_secrets import RememberingPortal

ROOT = Path(__file__).parents[2]
Command = tuple[str, ...]
COMMANDS: dict[Command, int] = {
    ("grades", "--year", "2023", "--semester", "1"): 1,
    ("grades", "--year", "2023"): 2,
    ("grades", "--year", "all"): 2 * len(DEMO.years),
    ("journey",): len(DEMO.path),
    ("profile",): 1,
}
"""Each command that prints records, and how many of them there are."""
LOGIN = ("login",)
SETTINGS = """retry_wait = 0.01
request_spacing = 0
sign_ins_per_day = 1000
failed_sign_ins_per_day = 1000
"""
"""A run hardly waits; the limits of sign-ins have tests of their own."""
TIMEOUT = 5


class Asked(NamedTuple):
    """A request as the portal saw it, with the fields that are no secret."""

    exchange: Exchange
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def fault(self) -> str | None:
        """The fault that was played in place of an answer."""
        return self.exchange.fault

    @property
    def has_password(self) -> bool:
        """Whether the password was sent."""
        return "Password" in self.exchange.form_fields

    @property
    def target(self) -> tuple[object, ...]:
        """What was asked for; the same for each try of one request."""
        return self.exchange.method, self.exchange.path, self.fields


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a run ended.

    `asked` is what the portal saw of it, and `refused_all` whether it refused connections in the
    end; `file` is what --output left, `spilt` where a secret was found.
    """

    command: Command
    code: int
    out: str
    err: str
    asked: tuple[Asked, ...] = ()
    port: int = 0
    refused_all: bool = False
    file: bytes | None = None
    spilt: Sequence[str] = ()
    seconds: float = 0.0

    @property
    def answer(self) -> Any:
        """The JSON that was printed or written, None where there is none."""
        text = self.file if self.file is not None else self.out
        return json.loads(text) if text else None

    @property
    def series(self) -> list[list[Asked]]:
        """The requests, each with its tries."""
        return [list(tries) for _target, tries in groupby(self.asked, key=lambda one: one.target)]

    @property
    def given_up(self) -> list[list[Asked]]:
        """The requests whose last try was struck by a fault too."""
        return [tries for tries in self.series if tries[-1].fault]

    @property
    def was_refused(self) -> bool:
        """Whether the portal refused the password."""
        return any(one.fault == "wrong-password" for one in self.asked)


def make_home(folder: Path) -> Path:
    """Return a new home in which a run hardly waits."""
    folder.mkdir(mode=0o700)
    (folder / "config.toml").write_text(SETTINGS, "utf-8")
    return folder


def environment(home: Path, url: str, language: str = "en") -> dict[str, str]:
    """Return what a run is given, and nothing else."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": NO_KEYRING,
        "MASSAR_HOME": str(home),
        "MASSAR_LANG": language,
        "MASSAR_URL": url,
        "MASSAR_CODE": DEMO.code,
        "MASSAR_PASSWORD": DEMO.password,
    }


def arguments(command: Command, *more: str, timeout: float = TIMEOUT) -> list[str]:
    """Return a command line that no earlier run holds back, with a short time limit."""
    form = ("--json",) if command in COMMANDS else ()
    return [
        *(sys.executable, "-m", "massar_cli"),
        *("--now", "--quiet", "--timeout", str(timeout), *command, *form, *more),
    ]


def run(
    command: Command,
    home: Path,
    faults: Sequence[str],
    *,
    port: int = 0,
    file: Path | None = None,
    chance: random.Random | None = None,
) -> Ended:
    """Run a command against a portal of its own that plays `faults`.

    At the `port` of an earlier one it is the same portal, which has forgotten its sessions.
    """
    portal = RememberingPortal(faults=faults)
    language = chance.choice(("ar", "fr", "en")) if chance else "en"
    with PracticeServer(portal, port) as server:
        started = time.monotonic()
        ended = subprocess.run(
            arguments(command, *(() if file is None else ("-o", str(file)))),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=300,
            cwd=home,
            env=environment(home, server.url, language),
        )
        seconds = time.monotonic() - started
    out, err = ended.stdout.decode(), ended.stderr.decode()
    return Ended(
        command=command,
        code=ended.returncode,
        out=out,
        err=err,
        asked=tuple(map(Asked, portal.journal, portal.sent)),
        port=urlsplit(server.url).port or 0,
        refused_all=portal.refuses_connections,
        file=file.read_bytes() if file is not None and file.exists() else None,
        spilt=portal.spilt([home], out, err),
        seconds=seconds,
    )


def broken_files(folder: Path) -> list[str]:
    """Return what is wrong with the files that runs left behind."""
    wrong = []
    for file in folder.rglob("*"):
        if not file.is_file():
            continue
        if file.suffix == ".json":
            try:
                json.loads(file.read_bytes())
            except ValueError as error:
                wrong.append(f"{file.name}: {error}")
        if file.suffix != ".toml" and file.stat().st_mode & 0o077:
            wrong.append(f"{file.name}: mode {file.stat().st_mode:o}")
    return wrong


def unfinished_files(folder: Path) -> list[Path]:
    """Return the temporary files that lie about."""
    return list(folder.rglob("*.part"))
