"""How long runs with a time limit really last, where the portal is slow in every way it knows.

`python -m tests.endurance.deadlines [--timeout SECONDS]` prints the worst of each fault: seconds
beyond the time limit and the time that a run takes to start.
"""

import argparse
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.server import PracticeServer
from tests.endurance.one_run import Command, arguments, environment, make_home

SLOW = (
    *("silent", "drip", "drip-head", "endless", "bomb"),
    *("redirect-loop", "too-many-wait", "busy-wait"),
)
_COMMANDS: tuple[Command, ...] = (
    ("grades", "--year", "2023", "--semester", "1"),
    ("journey",),
    ("login",),
)
_ANSWERS_BEFORE = range(4)


def seconds(command: Command, timeout: float, faults: list[str], folder: Path) -> float:
    """Return how long a run in a new home lasts."""
    home = make_home(Path(tempfile.mkdtemp(dir=folder)) / "home")
    with PracticeServer(PracticePortal(faults=faults)) as server:
        started = time.monotonic()
        subprocess.run(
            arguments(command, timeout=timeout),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=environment(home, server.url),
        )
        return time.monotonic() - started


def overrun(fault: str, timeout: float, folder: Path) -> tuple[float, str]:
    """Return the worst of the seconds beyond the limit, without start-up, and where it was."""
    found = []
    for command in _COMMANDS:
        for after in _ANSWERS_BEFORE:
            start_up = median(seconds(("config", "path"), timeout, [], folder) for _ in range(3))
            lasted = seconds(command, timeout, [f"{fault}@{after}"], folder)
            found.append((lasted - timeout - start_up, f"{command[0]}, after {after} answers"))
    return max(found)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--timeout", type=float, default=2)
    timeout = parser.parse_args().timeout
    with tempfile.TemporaryDirectory() as folder:
        for fault in SLOW:
            worst, where = overrun(fault, timeout, Path(folder))
            print(f"{fault:14}{worst:+7.2f} s  {where}", flush=True)


if __name__ == "__main__":
    main()
