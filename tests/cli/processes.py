"""The program as a process that a test can stop, starve or cut off."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

from tests.conftest import NO_KEYRING, Done

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "massar_cli")


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """Return an almost empty environment."""
    return {
        "PATH": os.environ["PATH"],
        "MASSAR_HOME": str(home),
        "MASSAR_LANG": "en",
        "PYTHON_KEYRING_BACKEND": NO_KEYRING,
        "PYTHONPATH": str(ROOT),
        **more,
    }


def run_to_end(*arguments: str, environment: dict[str, str], cwd: Path) -> Done:
    """Run the program with an empty standard input."""
    ended = subprocess.run(
        [*PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        cwd=cwd,
        env=environment,
        timeout=60,
    )
    return Done(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def start(
    *arguments: str, environment: dict[str, str], stdout: int | IO[bytes] = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    """Start the program; its standard error is kept apart."""
    return subprocess.Popen(
        [*PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment,
    )
