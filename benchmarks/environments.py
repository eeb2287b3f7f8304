"""Throw-away environments, the commands in them, and one process measured."""

import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).resolve().parent.parent
PEER = "moutamadris-api==1.0"
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
_MIB = 1024 * 1024


class Failure(Exception):
    """Something that is to be measured does not run."""


class Sample(NamedTuple):
    """What one process cost, and what it printed; `peak` is in MiB, None where unknown."""

    milliseconds: float
    peak: float | None
    output: str


def plain_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which no setting of this machine changes what is measured."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "HOME": tempfile.gettempdir(), **extra}


def make_environment(folder: Path, requirement: str) -> Path:
    """Create a virtual environment with one requirement in it; return its interpreter."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    arguments = [*("-m", "pip", "install", "-qq", "--disable-pip-version-check"), requirement]
    if subprocess.run([python, *arguments], check=False).returncode:
        raise Failure(f"pip could not install {requirement}")
    return python


class OurProgram:
    """The program in one environment: its console script, or the checkout where there is none."""

    def __init__(self, python: Path) -> None:
        script = python.parent / ("massar.exe" if os.name == "nt" else "massar")
        is_installed = script.exists()
        self.python = str(python)
        self.command = [str(script)] if is_installed else [self.python, "-m", "massar_cli"]
        self.environment = {} if is_installed else {"PYTHONPATH": str(CHECKOUT)}

    def has_click(self) -> bool:
        """Whether click is installed, which would double the time to import httpx."""
        code = "import importlib.util as u; print(u.find_spec('click') is not None)"
        return run([self.python, "-c", code], {}).output.strip() == "True"

    def loaded_modules(self, argument: str) -> set[str]:
        """Return the names of all modules that the program loads with one argument."""
        command = [self.python, "-X", "importtime", "-m", "massar_cli", argument]
        done = subprocess.run(
            command,
            env=plain_environment(self.environment),
            cwd=tempfile.gettempdir(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise Failure(f"massar {argument}: {done.stderr[-2000:]}")
        lines = done.stderr.splitlines()
        return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time")}


def run(command: Sequence[str], environment: Mapping[str, str]) -> Sample:
    """Run one process, its output going to a pipe, and measure it as a whole."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        with subprocess.Popen(
            command,
            env=plain_environment(environment),
            cwd=tempfile.gettempdir(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as process:
            output = process.stdout.read() if process.stdout else b""
            peak = _wait(process)
        milliseconds = (time.perf_counter() - start) * 1000
        if process.returncode:
            errors.seek(0)
            reason = errors.read().decode(errors="replace")[-2000:]
            raise Failure(f"{' '.join(command)} ended with {process.returncode}:\n{reason}")
    return Sample(milliseconds, peak, output.decode())


def _wait(process: subprocess.Popen[bytes]) -> float | None:
    """Wait for the end; return the peak memory in MiB, None on Windows.

    Linux counts what this process held when it started the other, so that this is an upper bound.
    """
    if sys.platform == "win32":
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / _MIB


@contextmanager
def practice_portal(program: OurProgram) -> Iterator[dict[str, str]]:
    """Serve the practice portal; yields `URL`, `Code` and `Password` as it prints them."""
    with subprocess.Popen(
        [*program.command, "demo", "--port", "0"],
        env=plain_environment(program.environment),
        cwd=tempfile.gettempdir(),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            lines = [process.stdout.readline() if process.stdout else "" for _ in range(3)]
            told = dict(line.strip().split(": ", 1) for line in lines if ": " in line)
            if set(told) != {"URL", "Code", "Password"}:
                raise Failure(f"massar demo printed {lines}")
            yield told
        finally:
            process.terminate()
