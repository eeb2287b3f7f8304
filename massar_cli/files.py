"""Files that are written whole or not at all, readable by their owner alone, and their locks."""

import os
import re
import stat
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from massar_cli.language import translate as _
from massar_cli.system_errors import reason_of

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_LONGEST_NAME = 40
_LONGEST_WRITING = 3600.0
"""Seconds after which an unfinished file is taken for one that a killed run left behind."""


def make_private_folder(folder: Path) -> None:
    """Create `folder` and its parents; the folder itself is for its owner alone."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)


def write_whole(
    path: Path, write: Callable[[IO[bytes]], object], *, mode: int | None = None
) -> None:
    """Replace the file at `path` by what `write` puts into the stream that it is given.

    The old content stays until the new is complete. A new file gets mode 0600, an existing one
    keeps its own unless `mode` is given; a link is followed. What is no regular file, such as a
    pipe, is written to. Raises OSError, and then leaves nothing behind. What a killed run left
    behind long ago is removed.
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
    remove_unfinished(target, older_than=_LONGEST_WRITING)
    import tempfile  # most runs write nothing

    descriptor, name = tempfile.mkstemp(prefix=_prefix(target), suffix=".part", dir=target.parent)
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


def remove_unfinished(path: Path, *, older_than: float = 0.0) -> None:
    """Remove what killed runs left behind of a file, if it is older than so many seconds.

    Whoever asks for all of it has to know that nobody writes the file at this moment.
    """
    # The name is made by `mkstemp`, and so like no file that a person has made.
    name = re.compile(re.escape(_prefix(path)) + r"[a-z0-9_]{8}\.part")
    with suppress(OSError):
        for part in [one for one in path.parent.iterdir() if name.fullmatch(one.name)]:
            with suppress(OSError):  # another run may be faster
                if not older_than or time.time() - part.lstat().st_mtime > older_than:
                    part.unlink()


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock whose file is `path`, so that two runs never do the same at once.

    A lock whose process has died is free. Raises filelock's Timeout, an OSError, where another
    run holds it for longer than `seconds`, and OSError where there can be no lock.
    """
    from filelock import FileLock

    lock = FileLock(path, timeout=max(0.0, seconds), mode=PRIVATE_FILE)
    with warnings.catch_warnings():
        # That the disk knows no locks, so that the file itself has to be one, is no news.
        warnings.simplefilter("ignore")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def cannot_be_kept(folder: Path, error: OSError) -> str:
    """Return what to tell a person where nothing can be remembered in `folder`."""
    return _(
        "The sign-in cannot be kept in {folder}: {reason}. Until that is mended, every run signs "
        "in anew."
    ).format(folder=folder, reason=reason_of(error))


def _prefix(path: Path) -> str:
    return f".{path.name[:_LONGEST_NAME]}.massar-"


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
        return reason_of(error)
    if target is not None and stat.S_ISDIR(target.st_mode):
        return _("it is a folder")
    try:
        folder = Path(os.path.realpath(path)).parent
    except OSError as error:  # the folder that the program was started in is gone
        return reason_of(error)
    if target is None and not folder.is_dir():
        return _("there is no such folder")
    is_replaced = target is None or stat.S_ISREG(target.st_mode)
    may_write = (target is None or os.access(path, os.W_OK)) and (
        not is_replaced or os.access(folder, os.W_OK)
    )
    return None if may_write else _("permission denied")
