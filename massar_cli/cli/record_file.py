"""The file that records are written to: whole or not at all, or left alone where it is the same."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import IO

from massar_cli.cli.options import cannot_be_written
from massar_cli.files import content_of, write_whole
from massar_cli.formats import hold_the_same
from massar_cli.system_errors import reason_of

_MOST_TIMES_LARGER = 10
"""So much larger may the same document be where another program has laid it out."""


def write_records(
    file: Path, write: Callable[[IO[bytes]], object], *, unless_same: bool = False
) -> bool:
    """Write the file of --output; False where it was left alone, as it held the same already.

    It is compared only where `unless_same` asks for it. Raises UsageProblem where it cannot be
    written.
    """
    try:
        if not unless_same:
            write_whole(file, write)
            return True
        stream = BytesIO()
        write(stream)
        new = stream.getvalue()
        old = content_of(file, most=len(new) * _MOST_TIMES_LARGER)
        if old is not None and hold_the_same(old, new):
            return False
        write_whole(file, lambda stream: stream.write(new))
    except OSError as error:
        raise cannot_be_written(file, reason_of(error)) from error
    return True
