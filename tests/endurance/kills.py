"""Runs killed at a random moment: whatever they were writing has to be readable afterwards.

`python -m tests.endurance.kills --runs 200 [--seed N]` prints the figures and what was wrong.
"""

import argparse
import json
import random
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.server import PracticeServer
from tests.endurance.one_run import COMMANDS, arguments, broken_files, environment, make_home

_SHORTEST_LIFE, _LONGEST_LIFE = 0.1, 0.9


def kill_runs(runs: int, seed: int, folder: Path) -> tuple[int, list[str]]:
    """Start so many runs that write a file; return how many were killed, and what was wrong."""
    chance = random.Random(seed)
    home = make_home(folder / "home")
    portal = PracticePortal()
    killed, wrong = 0, []
    with PracticeServer(portal) as server:
        surroundings = environment(home, server.url)
        truth = {command: _printed(command, surroundings) for command in COMMANDS}
        for number in range(runs):
            command = chance.choice(COMMANDS)
            file = folder / f"{'-'.join(command)}.json"
            if chance.random() < 0.7:  # else the kept session saves the sign-in
                portal.expire_sessions()
            before = len(portal.journal)
            life = chance.uniform(_SHORTEST_LIFE, _LONGEST_LIFE)
            killed += _is_killed(arguments(command, "-o", str(file)), surroundings, life)
            posted = sum("Password" in one.form_fields for one in portal.journal[before:])
            found = broken_files(folder)
            if posted > 1:
                found.append(f"{posted} passwords")
            if file.exists() and _data(file.read_bytes()) != truth[command]:
                found.append("another content")
            wrong += [f"run {number}, {' '.join(command)}: {one}" for one in found]
        for command in COMMANDS:
            if _printed(command, surroundings) != truth[command]:
                wrong.append(f"{' '.join(command)} no longer works")
    return killed, wrong


def _printed(command: tuple[str, ...], surroundings: dict[str, str]) -> Any:
    ended = subprocess.run(
        arguments(command), capture_output=True, check=True, env=surroundings, timeout=60
    )
    return _data(ended.stdout)


def _is_killed(command: list[str], surroundings: dict[str, str], life: float) -> bool:
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=surroundings,
    ) as process:
        time.sleep(life)
        process.kill()
        return process.wait() < 0


def _data(content: bytes) -> Any:
    try:
        return json.loads(content)["data"]
    except ValueError:
        return None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        killed, wrong = kill_runs(options.runs, options.seed, Path(folder))
    print("\n".join(wrong))
    print(f"{options.runs} runs, seed {options.seed}; {killed} killed; {len(wrong)} wrong")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
