"""Where the program meets its streams: errors on standard error, records on standard output."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from massar_cli.errors import MassarError
from massar_cli.formats import json_text, printable

_STANDARD_OUTPUT = 1


class ReaderGone(Exception):
    """Whoever read standard output has closed it."""


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Give standard output for writing bytes; raises ReaderGone where nobody reads any more."""
    try:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        leave_standard_output()
        raise ReaderGone from error


def leave_standard_output() -> None:
    """Send what is left in standard output's buffer nowhere.

    The interpreter flushes it once more at its end, and must not fail there.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), _STANDARD_OUTPUT)


def report_error(error: MassarError, *, for_machines: bool) -> None:
    """Print an error on standard error: a JSON line, or what happened and what to do."""
    if for_machines:
        print(json_text({"error": error.as_json()}), file=sys.stderr)
        return
    print(printable(f"massar: {error.message}"), file=sys.stderr)
    if error.hint:
        print(printable(error.hint), file=sys.stderr)
