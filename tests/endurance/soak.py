"""Runs against portals that fail at random, each judged by what the portal really played.

`python -m tests.endurance.soak --runs 1000 [--seed N]` prints the figures and what was wrong.
"""

import argparse
import json
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from massar_cli.practice.faults import FAULTS, REFUSED_CONNECTION
from tests.endurance.one_run import COMMANDS, Ended, broken_files, make_home, run

_SESSION = Path(__file__).parents[2] / "fixtures" / "session"
_RUNS_A_HOME = 4
_HELD_BACK, _PARTLY_DONE = 7, 8
# What another try may mend, where only reading was struck.
_PASSING = frozenset(
    {"too-many", "too-many-wait", "busy", "busy-wait", "error", "reset", "dropped"}
    | {"cut-short", "cut-unmarked", "empty"}
)
# Beside its own code: what a report card's POST makes of a redirect, and a sign-in that is asked
# for again and again.
_ALSO = {"redirect-loop": {5}, "session-lost": {4}, "sign-in-page": {4}}


def codes_of(fault: str) -> set[int]:
    """Return the exit codes that a fault may lead to."""
    kept = json.loads((_SESSION / fault / "expected.json").read_text("utf-8"))
    return {kept["exit_code"]} | _ALSO.get(fault, set())


def truths(folder: Path) -> dict[tuple[str, ...], Any]:
    """Return what each command prints where nothing fails."""
    home = make_home(folder / "truth")
    return {command: run(command, home, []).data for command in COMMANDS}


def some_faults(chance: random.Random) -> list[str]:
    """Return faults to be played, often none; slow ones seldom, for they take long."""
    names = [name for name in FAULTS if name not in ("silent", "drip", "drip-head")]
    if chance.random() < 0.03:
        names = ["silent", "drip", "drip-head"]
    chosen = []
    for name in chance.choices(names, k=chance.choice((0, 1, 1, 1, 2, 3))):
        after = f"@{chance.randrange(8)}" if chance.random() < 0.8 else ""
        is_short = name != REFUSED_CONNECTION and chance.random() < 0.6
        chosen.append(f"{name}{after}{f'x{chance.randint(1, 3)}' if is_short else ''}")
    return chosen


def complaints(ended: Ended, truth: Any, faults: list[str], *, was_refused: bool) -> list[str]:
    """Return what is wrong with a run; `was_refused` says that its password had been refused."""
    allowed = {code for fault in ended.struck for code in codes_of(fault)}
    if any(fault.startswith(REFUSED_CONNECTION) for fault in faults):
        allowed |= codes_of(REFUSED_CONNECTION)
    if was_refused:
        allowed.add(_HELD_BACK)
    if ended.code == 0:
        wrong = [] if ended.data == truth else ["exit code 0, and not the whole truth"]
    elif ended.code == _PARTLY_DONE:
        wrong = _wrong_part(ended, truth, allowed)
    else:
        wrong = _wrong_failure(ended, allowed)
    if "Traceback" in ended.err:
        wrong.append("a traceback")
    if ended.passwords > (0 if was_refused else 2):
        wrong.append(f"{ended.passwords} passwords")
    if ended.code and not was_refused and _must_recover(ended, faults):
        wrong.append("another try would have mended it")
    return wrong


def _wrong_part(ended: Ended, truth: Any, allowed: set[int]) -> list[str]:
    wrong = []
    failed = json.loads(ended.out)["errors"]
    if not failed or not {one["exit_code"] for one in failed} <= allowed:
        wrong.append(f"partly done for a wrong reason: {failed}")
    if not ended.data or not all(record in truth for record in ended.data):
        wrong.append("partly done, and something else than the truth")
    return wrong


def _wrong_failure(ended: Ended, allowed: set[int]) -> list[str]:
    wrong = [] if ended.out == "" else ["something printed beside a failure"]
    try:
        (line,) = ended.err.splitlines()
        code = json.loads(line)["error"]["exit_code"]
    except (ValueError, KeyError) as error:
        return [*wrong, f"no error line: {error}"]
    if code != ended.code or code not in allowed:
        wrong.append(f"exit code {ended.code}, line {code}, allowed {sorted(allowed)}")
    return wrong


def _must_recover(ended: Ended, faults: list[str]) -> bool:
    """Whether at most one request was struck, and by what a second try or sign-in mends."""
    if any(fault.startswith(REFUSED_CONNECTION) for fault in faults) or len(ended.struck) > 1:
        return False
    if not ended.struck:
        return True
    (struck,) = (one for one in ended.asked if one.fault)
    is_read = "Password" not in struck.form_fields
    return is_read and struck.fault in _PASSING


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
        command, faults = chance.choice(COMMANDS), some_faults(chance)
        ended = run(command, home, faults, port)
        port = ended.port
        codes[ended.code] += 1
        found = complaints(ended, truth[command], faults, was_refused=was_refused)
        found += broken_files(home)
        found += [f"left behind: {part.name}" for part in home.rglob("*.part")]
        wrong += [f"run {number}, {' '.join(command)}, {faults}: {one}" for one in found]
        was_refused = was_refused or "wrong-password" in ended.struck
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
