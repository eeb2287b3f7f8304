"""Files that are written whole or not at all, and readable by their owner alone."""

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from massar_cli.language import translate as _

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_LONGEST_NAME = 40
"""Of a file's name in that of its unfinished copy."""


def make_private_folder(folder: Path) -> None:
    """Create `folder` and its parents; the folder itself is for its owner alone."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)


def write_whole(
    path: Path, write: Callable[[IO[bytes]], object], *, mode: int | None = None
) -> None:
    """Replace the file at `path` by what `write` puts into the stream that it is given.

    The old content stays until the new is complete. A new file gets mode 0600, an existing one
    keeps its own unless `mode` is given; a link is followed. What is no regular file, such as a
    pipe, is written to. Raises OSError, and then leaves nothing behind.
    """
    kept_mode = PRIVATE_FILE
    if path.exists():
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            with path.open("wb") as stream:
                write(stream)
            return
        kept_mode = stat.S_IMODE(status.st_mode)
    target = Path(os.path.realpath(path))
    descriptor, name = tempfile.mkstemp(
        prefix=f".{target.name[:_LONGEST_NAME]}.", suffix=".part", dir=target.parent
    )
    try:
        with os.fdopen(descriptor, "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(kept_mode if mode is None else mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def remove_unfinished(path: Path) -> None:
    """Remove what runs that were killed left behind of writing the file at `path`."""
    for part in path.parent.glob(f".{path.name[:_LONGEST_NAME]}.*.part"):
        part.unlink(missing_ok=True)


def not_kept(path: Path, reason: str | None) -> str:
    """Return the warning that a file for later runs could not be written."""
    return _("What later runs need cannot be kept in {folder}: {reason}").format(
        folder=path.parent, reason=reason
    )


def content_of(path: Path, *, most: int) -> bytes | None:
    """Return what a file holds; None for one that cannot be read, is no regular file, or larger.

    `most` is in bytes. What is no regular file, such as a pipe, is not opened.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError:
        return None
    return content if len(content) <= most else None


def why_unwritable(path: Path) -> str | None:
    """Return why a file could not be written at `path`, None when nothing speaks against it."""
    try:
        target = path.stat()
    except FileNotFoundError:
        target = None
    except (OSError, ValueError) as error:  # a loop of links, a name that no file can have
        return getattr(error, "strerror", None) or str(error)
    if target is not None and stat.S_ISDIR(target.st_mode):
        return _("it is a folder")
    folder = Path(os.path.realpath(path)).parent
    if target is None and not folder.is_dir():
        return _("there is no such folder")
    is_replaced = target is None or stat.S_ISREG(target.st_mode)
    may_write = (target is None or os.access(path, os.W_OK)) and (
        not is_replaced or os.access(folder, os.W_OK)
    )
    return None if may_write else _("permission denied")
