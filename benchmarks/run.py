"""Measures massar beside moutamadris-api against the practice portal: `python benchmarks/run.py`.

Needs Python 3.11 and pip alone: the environments are made in a temporary folder and removed.
"""

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from environments import (
    CHECKOUT,
    PEER,
    Failure,
    OurProgram,
    Sample,
    make_environment,
    practice_portal,
    run,
)
from report import Comparison, markdown_table, plain_table

_HERE = Path(__file__).resolve().parent
_GRADES = ("grades", "--year", "2023", "--semester", "1")
_IMPORTS = "import httpx, rich.table, typer"
_UNUSED_BY_HELP = ("httpx", "selectolax", "rich.table", "keyring")
_PEER_NAME = "moutamadris-api"


class Job(NamedTuple):
    """A command, and what its environment holds beside the plain one."""

    command: Sequence[str]
    environment: Mapping[str, str]

    def run(self) -> Sample:
        """Run it once."""
        return run(self.command, self.environment)


def main() -> int:
    """Measure, print, and return the exit code."""
    arguments = _arguments()
    try:
        with tempfile.TemporaryDirectory(prefix="massar-benchmark-") as name:
            comparisons = _measure(arguments, Path(name))
    except Failure as failure:
        print(f"benchmark: {failure}", file=sys.stderr)
        return 1
    _tell("")
    print((markdown_table if arguments.markdown else plain_table)(comparisons))
    if arguments.json:
        document = {
            "python": platform.python_version(),
            "system": platform.system(),
            "runs": arguments.runs,
            "comparisons": [comparison.as_json() for comparison in comparisons],
        }
        arguments.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    is_missed = any(comparison.is_met is False for comparison in comparisons)
    return 1 if arguments.check and is_missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure massar beside moutamadris-api.")
    parser.add_argument("--ours", type=Path, metavar="PYTHON", help="a ready environment of ours")
    parser.add_argument("--peer", type=Path, metavar="PYTHON", help="a ready one of the peer's")
    parser.add_argument("--runs", type=int, default=15, metavar="N", help="runs each (default 15)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value there too")
    parser.add_argument("--markdown", action="store_true", help="print a Markdown table")
    parser.add_argument("--check", action="store_true", help="exit 1 when a target is missed")
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    return arguments


def _measure(arguments: argparse.Namespace, folder: Path) -> list[Comparison]:
    # `absolute`, not `resolve`: the link in a virtual environment is what makes it one.
    if arguments.ours is None or arguments.peer is None:
        _tell("making the environments")
    ours = OurProgram(
        arguments.ours.absolute()
        if arguments.ours
        else make_environment(folder / "ours", str(CHECKOUT))
    )
    peer = str(
        arguments.peer.absolute() if arguments.peer else make_environment(folder / "peer", PEER)
    )
    with practice_portal(ours) as portal:
        return [
            *_whole_processes(ours, peer, portal, folder, arguments.runs),
            *_parsers(ours, peer, portal, folder, max(3, arguments.runs // 3)),
            *_what_is_loaded(ours),
        ]


def _whole_processes(
    ours: OurProgram, peer: str, portal: Mapping[str, str], folder: Path, runs: int
) -> list[Comparison]:
    account = {
        **ours.environment,
        "MASSAR_URL": portal["URL"],
        "MASSAR_CODE": portal["Code"],
        "MASSAR_PASSWORD": portal["Password"],
        "MASSAR_HOME": str(folder / "home"),
        "MASSAR_LANG": "en",
    }
    table = Job([*ours.command, *_GRADES], account)
    as_json = Job([*ours.command, *_GRADES, "--json"], account)
    signing_in = Job([peer, str(_HERE / "peer_marks.py")], _for_script(portal))
    token = run([*signing_in.command, "token"], signing_in.environment).output.strip()
    with_token = Job(signing_in.command, {**_for_script(portal), "BENCH_TOKEN": token})
    jobs = {
        "table": table,
        "json": as_json,
        "signing in": signing_in,
        "with token": with_token,
        "imports": Job([ours.python, "-c", _IMPORTS], ours.environment),
        "version": Job([*ours.command, "--version"], ours.environment),
        "nothing": Job([ours.python, "-c", "pass"], ours.environment),
    }
    cold = as_json.run()  # signs in, and keeps the session for the runs that are measured
    _check_same_job(cold, signing_in.run(), with_token.run())
    samples = _interleaved(jobs, runs)
    times = {name: [s.milliseconds for s in taken] for name, taken in samples.items()}
    peaks = {n: [s.peak for s in t if s.peak is not None] for n, t in samples.items()}

    def compare(
        what: str, name: str, against: str, other: str, target: float | None = None
    ) -> Comparison:
        return Comparison(
            what=what,
            unit="ms",
            ours=times[name],
            against=against,
            other=times[other],
            target=target,
        )

    normal, kept = f"{_PEER_NAME}, signing in", f"{_PEER_NAME}, kept idToken"
    comparisons = [
        compare("warm grades --json", "json", normal, "signing in", 0.5),
        compare("warm grades --json", "json", kept, "with token"),
        compare("warm grades, table", "table", normal, "signing in", 0.6),
        compare("warm grades, table", "table", kept, "with token"),
        compare("warm grades, table", "table", _IMPORTS, "imports", 1.5),
        compare("--version", "version", _IMPORTS, "imports", 0.8),
        compare("--version", "version", "python -c pass", "nothing"),
    ]
    comparisons.extend(
        Comparison(what=f"peak memory, {what}", unit="MiB", ours=peaks[name], target=60)
        for what, name in (("table", "table"), ("JSON", "json"))
        if peaks[name]
    )
    return comparisons


def _interleaved(jobs: Mapping[str, Job], runs: int) -> dict[str, list[Sample]]:
    """Run every job in turn, the order turned round each time, so that noise meets all alike."""
    samples: dict[str, list[Sample]] = {name: [] for name in jobs}
    order = list(jobs)
    for number in range(runs):
        _tell(f"processes, round {number + 1} of {runs}")
        for name in order:
            samples[name].append(jobs[name].run())
        order.reverse()
    return samples


def _check_same_job(ours: Sample, *peers: Sample) -> None:
    """Make sure that all of them read the same subjects, or the comparison says nothing."""
    subjects = {row["subject"] for row in json.loads(ours.output)["data"][0]["subjects"]}
    for sample in peers:
        marks = json.loads(sample.output)["continuousAssessmentMarks"]
        read = set(marks)
        if not read or not read <= subjects:
            raise Failure(f"the peer read other subjects: {sorted(read ^ subjects)}")


def _parsers(
    ours: OurProgram, peer: str, portal: Mapping[str, str], folder: Path, runs: int
) -> list[Comparison]:
    file = str(folder / "bulletin.html")
    run(
        [ours.python, str(_HERE / "bulletin.py"), file], {**ours.environment, **_for_script(portal)}
    )
    script = str(_HERE / "parse.py")
    jobs = {
        "ours": Job([ours.python, script, "ours", file], ours.environment),
        "bare": Job([ours.python, script, "bare", file], ours.environment),
        "peer": Job([peer, script, "peer", file], {}),
    }
    samples = _interleaved(jobs, runs)
    taken = {n: [json.loads(sample.output) for sample in s] for n, s in samples.items()}
    best = {name: [values["best"] for values in t] for name, t in taken.items()}
    first = {name: [values["first"] for values in t] for name, t in taken.items()}
    size = Path(file).stat().st_size / 1024
    what, what_first = f"parse one bulletin ({size:.0f} KiB)", "first parse in a process"
    parser = f"{_PEER_NAME}'s parser"

    def faster(what: str, values: dict[str, list[float]], target: float | None) -> Comparison:
        return Comparison(
            what=what,
            unit="µs",
            ours=values["ours"],
            against=parser,
            other=values["peer"],
            target=target,
            is_speed_up=True,
        )

    return [
        faster(what, best, 10),
        Comparison(
            what=what,
            unit="µs",
            ours=best["ours"],
            against="bare Lexbor",
            other=best["bare"],
            target=6,
        ),
        faster(what_first, first, None),
    ]


def _what_is_loaded(ours: OurProgram) -> list[Comparison]:
    """Return how many libraries are loaded, or installed, that must not be."""
    comparisons = []
    for argument in ("--version", "--help"):
        loaded = ours.loaded_modules(argument)
        needless = [name for name in _UNUSED_BY_HELP if name in loaded]
        comparisons.append(
            Comparison(
                what=f"{argument} loads {' '.join(needless) or 'no needless library'}",
                unit="libraries",
                ours=[len(needless)],
                target=0,
            )
        )
    has_click = ours.has_click()
    comparisons.append(
        Comparison(
            what=f"click is {'' if has_click else 'not '}installed",
            unit="libraries",
            ours=[int(has_click)],
            target=0,
        )
    )
    return comparisons


def _for_script(portal: Mapping[str, str]) -> dict[str, str]:
    return {
        "BENCH_URL": portal["URL"],
        "BENCH_CODE": portal["Code"],
        "BENCH_PASSWORD": portal["Password"],
    }


def _tell(message: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{message}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
