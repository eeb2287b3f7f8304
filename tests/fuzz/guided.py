"""Coverage-guided fuzzing of one target, or of all in turn: `python -m tests.fuzz.guided all`.

Needs the dependency group `fuzz`. An input that breaks what a target promises is told with its
traceback and left in the folder of what was found; the exit code is then 1.
"""

import argparse
import hashlib
import importlib
import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
_TOOL = "atheris"
_INSTRUMENTED = ("massar_cli", "email", "httpx", "tomllib")
_INNER = "--inner"
_MEMORY = Path("/dev/shm")
_LONGEST, _LONGEST_SEED = 64 * 1024, 4 * 1024
_MOST_MEGABYTES = 1024
_SECONDS_AN_INPUT = 20
_LONGEST_WORD, _MOST_WORDS = 60, 1500
_PIECE = re.compile(rb"<[^>]*>|(?<=>)[^<>]+(?=<)|[^<>\s\"'=]+")
_PROGRESS = re.compile(r"^#(\d+)\t.* cov: (\d+) ft: (\d+) corp: (\d+)/", re.MULTILINE)
_MOST_TOLD = 6000
_REPEATED, _LEFT_TO_TOOL = 0.002, 0.5
"""How many of the changes repeat a part, and of the others how many are the fuzzer's own."""
# No fixture may hold what looks like somebody's; invented codes begin with X13.
_PERSONAL = re.compile(
    rb"[A-Za-z]\d{9}|[^\s@]@[\w-]+\.\w|(?:\+?212|0)[ .-]?[5-8](?:[ .-]?\d){8}", re.ASCII
)
_INVENTED = re.compile(rb"X13\d{7}(?:@taalim\.ma)?|060000000\d|personne@example\.org", re.ASCII)


def main(arguments: Sequence[str]) -> int:
    """Fuzz what the command line names; return 0 where nothing broke."""
    if arguments[:1] == [_INNER]:
        _fuzz(arguments[1], arguments[2:])
    if importlib.util.find_spec(_TOOL) is None:
        print("Not installed: pip install -r requirements-fuzz.txt", file=sys.stderr)
        return 2
    from tests.fuzz.beginnings import SEEDS
    from tests.fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided", description=__doc__)
    parser.add_argument("target", metavar="TARGET", choices=(*TARGETS, "all"))
    parser.add_argument("--seconds", type=int, default=60, help="how long, for each target")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="more beginnings, by target")
    parser.add_argument(
        "--found", type=Path, default=ROOT / "build" / "fuzz", help="for what is found, by target"
    )
    parser.add_argument("--jobs", type=int, default=1, help="how many targets at once")
    parser.add_argument("--keep", action="store_true", help="make seeds of what is found")
    options = parser.parse_args(arguments)
    names = list(TARGETS) if options.target == "all" else [options.target]

    def run(name: str) -> bool:
        seeds, found = options.seeds / name, options.found.resolve() / name
        is_whole = _run(name, options.seconds, seeds, found)
        if is_whole and options.keep:
            _keep(name, seeds, found)
        return is_whole

    with ThreadPoolExecutor(options.jobs) as pool:
        broken = [
            name for name, is_whole in zip(names, pool.map(run, names), strict=True) if not is_whole
        ]
    print(f"Broken: {', '.join(broken)}" if broken else "Nothing broke.")
    return 1 if broken else 0


def _run(name: str, seconds: int, seeds: Path, found: Path) -> bool:
    """Fuzz one target, and say how far that went; whether nothing broke."""
    from tests.fuzz.beginnings import beginnings

    (found / "corpus").mkdir(parents=True, exist_ok=True)
    words = found / "words.txt"
    words.write_bytes(_dictionary(beginnings(name)))
    with tempfile.TemporaryDirectory() as begins:
        _write_all(beginnings(name), Path(begins))
        code, output = _libfuzzer(
            name,
            f"-max_total_time={seconds}",
            f"-artifact_prefix={found}/",
            f"-dict={words}",
            *(str(found / "corpus"), begins, *([str(seeds)] if seeds.is_dir() else [])),
        )
    (found / "log.txt").write_text(output, encoding="utf-8")
    runs, edges, features, kept = (*_PROGRESS.findall(output), ("0", "0", "0", "0"))[-2]
    told = [f"{name}: {runs} runs, {edges} edges, {features} features, {kept} inputs"]
    if code:
        told.append(output[-_MOST_TOLD:])
    print("\n".join(told), flush=True)
    return code == 0


def _keep(name: str, seeds: Path, found: Path) -> None:
    """Make seeds of what is found, as far as the target's beginnings and seeds do not reach."""
    from tests.fuzz.beginnings import beginnings
    from tests.fuzz.targets import TARGETS

    with tempfile.TemporaryDirectory() as scratch:
        merged = Path(scratch)
        known = _write_all(beginnings(name), merged)
        known |= _write_all((seed.read_bytes() for seed in seeds.glob("*")), merged)
        code, output = _libfuzzer(name, "-merge=1", scratch, str(found / "corpus"))
        if code:
            raise RuntimeError(f"{name} cannot be merged: {output[-_MOST_TOLD:]}")
        new = [path.read_bytes() for path in merged.iterdir() if path.name not in known]
    seeds.mkdir(parents=True, exist_ok=True)
    kept = [data for data in new if len(data) <= _LONGEST_SEED and not looks_personal(data)]
    _write_all(kept, seeds, TARGETS[name].ending)


def looks_personal(data: bytes) -> bool:
    """Whether an input holds what looks like somebody's code, address or phone number."""
    return _PERSONAL.search(_INVENTED.sub(b"_", data)) is not None


def _libfuzzer(name: str, *options: str) -> tuple[int, str]:
    """Run the fuzzer in a process of its own; return its exit code and what it says."""
    limits = (
        f"-max_len={_LONGEST}",
        f"-rss_limit_mb={_MOST_MEGABYTES}",
        f"-timeout={_SECONDS_AN_INPUT}",
    )
    # The files that some targets write go into memory, where there is such a place.
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as files:
        ended = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.guided", _INNER, name, *limits, *options],
            check=False,
            cwd=ROOT,
            env={**os.environ, "TMPDIR": files},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    return ended.returncode, ended.stdout.decode(errors="replace")


def _fuzz(name: str, options: Sequence[str]) -> None:
    """Let the fuzzer run in this process, which it ends."""
    tool = importlib.import_module(_TOOL)
    with tool.instrument_imports(include=list(_INSTRUMENTED), enable_loader_override=False):
        from tests.fuzz.targets import TARGETS
    from tests.fuzz.beginnings import beginnings
    from tests.fuzz.mutations import repeated

    target = TARGETS[name]

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < _REPEATED:
            return repeated(data, (), chance, most)
        if target.mutated is None or chance.random() < _LEFT_TO_TOOL:
            return bytes(tool.Mutate(data, most))
        return target.mutated(data, beginnings(name), chance, most)

    # To merge, it starts itself anew by this command line.
    command = f"{sys.executable} -m tests.fuzz.guided {_INNER} {name}"
    tool.Setup([command, *options], target, custom_mutator=mutate)
    tool.Fuzz()


def _dictionary(beginnings: Iterable[bytes]) -> bytes:
    """Return tags, texts and keys of what a target begins with, as the fuzzer reads them."""
    pieces = {b"--"} | {  # an empty one is refused
        piece
        for data in beginnings
        for piece in _PIECE.findall(data)
        if 1 < len(piece.strip()) <= _LONGEST_WORD
    }
    words = (b"".join(b"\\x%02x" % byte for byte in piece) for piece in sorted(pieces))
    return b"".join(b'"%s"\n' % word for word in list(words)[:_MOST_WORDS])


def _write_all(inputs: Iterable[bytes], folder: Path, ending: str = "") -> set[str]:
    """Write each input to a file whose name says what it holds; return the names."""
    names = set()
    for data in inputs:
        name = hashlib.sha256(data).hexdigest()[:16] + ending
        (folder / name).write_bytes(data)
        names.add(name)
    return names


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
