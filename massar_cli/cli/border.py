"""Where the program meets its streams: errors on standard error, records on standard output."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from massar_cli.cells import printable
from massar_cli.errors import MassarError, UsageProblem
from massar_cli.formats import json_text
from massar_cli.language import translate as _

_STANDARD_OUTPUT = 1


class ReaderGone(Exception):
    """Whoever read standard output has closed it."""


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Give standard output for writing bytes.

    Raises ReaderGone where nobody reads any more, UsageProblem where it cannot be written.
    """
    if sys.stdout is None:  # closed before the program began
        yield BytesIO()
        return
    try:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        leave_standard_output()
        raise ReaderGone from error
    except OSError as error:
        leave_standard_output()
        raise UsageProblem(
            _("Standard output cannot be written: {reason}").format(reason=error.strerror),
            hint=_("Look at where the output is sent to."),
        ) from error


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
