"""What holds for every target: an end within a bounded time, and errors of the program's own."""

import atexit
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from massar_cli.errors import MassarError

LONGEST_INPUT = 64 * 1024
_MOST_SECONDS = 2.0
"""Of the processor's time, so that a busy machine is no failure."""

Value = TypeVar("Value")


@contextmanager
def bounded(data: bytes) -> Iterator[None]:
    """Fail where the work inside takes too long for its input."""
    started = time.process_time()
    yield
    spent = time.process_time() - started
    assert spent < _MOST_SECONDS or len(data) > LONGEST_INPUT, f"{spent:.1f} s, {len(data)} bytes"


def value_or_error(read: Callable[[], Value]) -> Value | MassarError:
    """Return what `read` returns, or its error where that is one that a person is told."""
    try:
        return read()
    except MassarError as error:
        if type(error) is MassarError:  # a fault of the program
            raise
        error.as_json()
        return error


def same(one: object, other: object) -> bool:
    """Whether two outcomes are the same: equal values, or errors that say the same."""
    if isinstance(one, MassarError) and isinstance(other, MassarError):
        return (type(one), one.message, one.hint) == (type(other), other.message, other.hint)
    return type(one) is type(other) and one == other


def new_folder() -> Path:
    """Return a new folder for the files of this process; it goes when the process ends."""
    folder = Path(mkdtemp(prefix="massar-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
