"""Runs against portals that fail at random, each judged by what the portal really played.

`python -m tests.endurance.soak --runs 1000 [--seed N]` prints the figures and what was wrong.
"""

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from massar_cli.practice.faults import FAULTS, REFUSED_CONNECTION
from tests.endurance.judge import complaints
from tests.endurance.one_run import (
    COMMANDS,
    LOGIN,
    Command,
    broken_files,
    make_home,
    run,
    unfinished_files,
)

_RUNS_A_HOME = 4
_SLOW = ("silent", "drip", "drip-head")
_OFTEN = ("wrong-password", "session-lost")
"""After which a run may do harm, or has to do something else than give up."""


def truths(folder: Path) -> dict[Command, Any]:
    """Return what each command prints where nothing fails."""
    home = make_home(folder / "truth")
    found: dict[Command, Any] = {}
    for command, count in COMMANDS.items():
        ended = run(command, home, [])
        if ended.code or len(ended.answer["data"]) != count:
            raise AssertionError(f"{' '.join(command)} fails where nothing does: {ended}")
        found[command] = ended.answer["data"]
    return found


def some_faults(chance: random.Random) -> list[str]:
    """Return faults to be played, often none; slow ones seldom, for they take long."""
    names = [name for name in FAULTS if name not in _SLOW] + [*_OFTEN] * 2
    if chance.random() < 0.03:
        names = list(_SLOW)
    chosen = []
    for name in chance.choices(names, k=chance.choice((0, 1, 1, 1, 2, 3))):
        after = f"@{chance.randrange(8)}" if chance.random() < 0.8 else ""
        is_short = name != REFUSED_CONNECTION and chance.random() < 0.6
        chosen.append(f"{name}{after}{f'x{chance.randint(1, 3)}' if is_short else ''}")
    return chosen


def soak(runs: int, seed: int, folder: Path) -> tuple[Counter[int], list[str]]:
    """Make so many runs; return how often each exit code came, and what was wrong."""
    chance = random.Random(seed)
    truth = truths(folder)
    codes: Counter[int] = Counter()
    wrong = []
    home, port, was_refused = folder, 0, False
    for number in range(runs):
        if number % _RUNS_A_HOME == 0:
            home, port, was_refused = make_home(folder / f"home-{number}"), 0, False
        command, faults = chance.choice([*COMMANDS, *COMMANDS, LOGIN]), some_faults(chance)
        file = None
        if command in COMMANDS and chance.random() < 0.3:
            file = home / f"{'-'.join(command)}-written.json"
        before = file.read_bytes() if file and file.exists() else None
        ended = run(command, home, faults, port=port, file=file, chance=chance)
        port = ended.port
        codes[ended.code] += 1
        found = complaints(ended, truth.get(command), was_refused=was_refused, before=before)
        found += broken_files(home)
        found += [f"left behind: {part.name}" for part in unfinished_files(home)]
        wrong += [f"run {number}, {' '.join(command)}, {faults}: {one}" for one in found]
        was_refused = was_refused or ended.was_refused
    return codes, wrong


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        codes, wrong = soak(options.runs, options.seed, Path(folder))
    print("\n".join(wrong))
    counted = ", ".join(f"{code}: {count}" for code, count in sorted(codes.items()))
    print(f"{options.runs} runs, seed {options.seed}; exit codes {counted}; {len(wrong)} wrong")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
