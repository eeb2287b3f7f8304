"""Where the program meets its streams: errors on standard error, records on standard output."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from massar_cli.cells import printable
from massar_cli.cli.direction import told_lines
from massar_cli.errors import MassarError, UsageProblem
from massar_cli.formats import json_text
from massar_cli.language import translate as _
from massar_cli.system_errors import reason_of

_STANDARD_OUTPUT = 1
_STANDARD_ERROR = 2


class ReaderGone(Exception):
    """Whoever read standard output has closed it."""


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Give standard output for writing bytes.

    Raises ReaderGone where nobody reads any more, UsageProblem where it cannot be written.
    """
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
            _("Standard output cannot be written: {reason}").format(reason=reason_of(error)),
            hint=_("Look at where the output is sent to."),
        ) from error


def provide_streams() -> None:
    """Put an empty stream in the place of each that was closed before the program began.

    Without that, `print` to a closed standard error would write to standard output.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  (open to the end)
            setattr(sys, name, stream)


def leave_no_core() -> None:
    """Let no crash write the program's memory, and the password in it, to a file."""
    try:
        import resource
    except ImportError:  # there are no such files here
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def leave_standard_output() -> None:
    """Send what is left in standard output's buffer nowhere.

    The interpreter flushes it once more at its end, and must not fail there.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), _STANDARD_OUTPUT)


def say_on_standard_error(line: str) -> None:
    """Print a line for a person; where it cannot be printed, the exit code has to do."""
    _print_on_standard_error("\n".join(told_lines(line, is_terminal=sys.stderr.isatty())))


def _print_on_standard_error(line: str) -> None:
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), _STANDARD_ERROR)


def report_errors(errors: Sequence[MassarError], *, for_machines: bool) -> None:
    """Print errors on standard error: as one line of JSON, or one line each for a person."""
    if for_machines:
        first, *others = (error.as_json() for error in errors)
        more = {"others": others} if others else {}
        _print_on_standard_error(json_text({"error": {**first, **more}}))
        return
    for error in errors:
        # What happened may end with the portal's own words, which end as they like.
        stop = "" if error.message.endswith((".", "!", "?", "؟")) else "."
        say_on_standard_error(printable(f"massar: {error.message}{stop} {error.hint}".rstrip()))


def report_fault(error: BaseException) -> None:
    """Print where a fault of this program arose: lines of code, and never a value of a variable."""
    import traceback

    parts = []
    one: BaseException | None = error
    while one is not None:
        frames = "".join(traceback.format_tb(one.__traceback__))
        parts.append(f"Traceback (most recent call last):\n{frames}{_named(one)}")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    _print_on_standard_error("\n\nwhich led to:\n\n".join(reversed(parts)))


def _named(error: BaseException) -> str:
    """Return an error's name and words; a library's words may hold what it sent or was sent."""
    kind = type(error)
    if kind.__module__ not in ("builtins", MassarError.__module__):
        return f"{kind.__module__}.{kind.__qualname__}"
    words = printable(str(error))
    return f"{kind.__qualname__}: {words}" if words else kind.__qualname__
