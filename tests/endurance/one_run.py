"""One run of the program against a practice portal, and what is known of it afterwards."""

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from massar_cli.practice.journal import Exchange
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.server import PracticeServer
from massar_cli.practice.students import DEMO
from tests.conftest import NO_KEYRING

ROOT = Path(__file__).parents[2]
COMMANDS = (
    ("grades", "--year", "2023", "--semester", "1"),
    ("grades", "--year", "2023"),
    ("grades", "--year", "all"),
    ("journey",),
    ("profile",),
)
SETTINGS = """retry_wait = 0.01
request_spacing = 0
sign_ins_per_day = 1000
failed_sign_ins_per_day = 1000
"""
"""A run hardly waits; the limits of sign-ins have tests of their own."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a run ended; `asked` is what the portal saw of it."""

    command: tuple[str, ...]
    code: int
    out: str
    err: str
    asked: tuple[Exchange, ...]
    port: int

    @property
    def data(self) -> Any:
        """The records that were printed, None where there are none."""
        return json.loads(self.out)["data"] if self.out else None

    @property
    def struck(self) -> list[str]:
        """The faults that were played, in order."""
        return [one.fault for one in self.asked if one.fault]

    @property
    def passwords(self) -> int:
        """How many requests carried the password."""
        return sum("Password" in one.form_fields for one in self.asked)


def make_home(folder: Path) -> Path:
    """Return a new home in which a run hardly waits."""
    folder.mkdir(mode=0o700)
    (folder / "config.toml").write_text(SETTINGS, "utf-8")
    return folder


def environment(home: Path, url: str) -> dict[str, str]:
    """Return what a run is given, and nothing else."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": NO_KEYRING,
        "MASSAR_HOME": str(home),
        "MASSAR_LANG": random.choice(("ar", "fr", "en")),
        "MASSAR_URL": url,
        "MASSAR_CODE": DEMO.code,
        "MASSAR_PASSWORD": DEMO.password,
    }


def arguments(command: tuple[str, ...], *more: str) -> list[str]:
    """Return a command line that no earlier run holds back, with a short time limit."""
    return [
        *(sys.executable, "-m", "massar_cli"),
        *("--now", "--quiet", "--timeout", "3", *command, "--json", *more),
    ]


def run(command: tuple[str, ...], home: Path, faults: list[str], port: int = 0) -> Ended:
    """Run a command against a portal of its own that plays `faults`.

    At the `port` of an earlier one it is the same portal, which has forgotten its sessions.
    """
    portal = PracticePortal(faults=faults)
    with PracticeServer(portal, port) as server:
        ended = subprocess.run(
            arguments(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=300,
            env=environment(home, server.url),
        )
    return Ended(
        command=command,
        code=ended.returncode,
        out=ended.stdout.decode(),
        err=ended.stderr.decode(),
        asked=tuple(portal.journal),
        port=urlsplit(server.url).port or 0,
    )


def broken_files(folder: Path) -> list[str]:
    """Return what is wrong with the files that runs left behind."""
    wrong = []
    for file in folder.rglob("*.json"):
        try:
            json.loads(file.read_bytes())
        except ValueError as error:
            wrong.append(f"{file.name}: {error}")
    for file in folder.rglob("*"):
        is_private = file.stat().st_mode & 0o077 == 0
        if file.is_file() and file.suffix != ".toml" and not is_private:
            wrong.append(f"{file.name}: mode {file.stat().st_mode:o}")
    return wrong
