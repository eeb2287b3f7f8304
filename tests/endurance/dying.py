"""Ends this process as `kill -9` does, so many steps after it has touched its nth file of a folder.

A step is a call of C: nothing else changes a disk.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_TOUCHING = ("os.rename", "os.remove", "os.chmod", "os.mkdir")
_AT_ITS_START = """
from tests.endurance.dying import die

die({folder!r}, {files}, {steps})
"""


def let_die(where: Path, *, folder: Path, files: int, steps: int) -> None:
    """Write to `where` what lets each process die so that finds it in its PYTHONPATH."""
    code = _AT_ITS_START.format(folder=str(folder), files=files, steps=steps)
    (where / "sitecustomize.py").write_text(code, "utf-8")


def die(folder: str, files: int, steps: int) -> None:
    """Let this process die, `steps` after it has touched so many files of the folder."""
    left = {"files": files, "steps": steps}

    def step(_frame: object, event: str, _argument: object) -> None:
        left["steps"] -= event == "c_call"
        if left["steps"] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        is_touched = event in _TOUCHING or (event == "open" and arguments[2] & _WRITING)
        if not is_touched or not isinstance(arguments[0], str | os.PathLike):
            return
        if os.fspath(arguments[0]).startswith(folder):
            left["files"] -= 1
            if left["files"] == 0:
                sys.setprofile(step)

    sys.addaudithook(note)
