"""The part of a file that has arrived: private, and safe from a thread that was left behind."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import BinaryIO, Self

from massar_cli.files import PRIVATE_FILE
from massar_cli.portal.file_headers import Version

Note = Callable[[Version, Mapping[str, str]], None]


class PartFile:
    """What has arrived of one file; kept at its end only where it can be taken up again.

    `note` is told of which version it is, and how the file is named, before any of it arrives; no
    version says that there is no part any more.
    """

    def __init__(self, path: Path, version: Version, naming: Mapping[str, str], note: Note) -> None:
        self.path = path
        self.version = version
        self.naming = naming
        self._note = note
        # A thread that was left behind must not write into what another one has taken up.
        self._lock = Lock()
        self._stream: BinaryIO | None = _open_private(self.path)
        self.size = self._stream.seek(0, os.SEEK_END)
        if self.size and not version:
            self.restart(Version(), {})

    def restart(self, version: Version, naming: Mapping[str, str]) -> None:
        """Forget what has arrived; the file of this version follows."""
        with self._lock:
            stream = self._open_stream()
            stream.seek(0)
            stream.truncate()
            self.size = 0
            self.version, self.naming = version, naming
            self._note(version, naming)

    def append(self, data: bytes) -> None:
        """Add what comes next."""
        with self._lock:
            self._open_stream().write(data)
            self.size += len(data)

    def finish(self) -> None:
        """See to it that all of it is on the disk, and close it."""
        with self._lock:
            stream = self._open_stream()
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            self._stream = None

    def _open_stream(self) -> BinaryIO:
        if self._stream is None:
            raise ValueError("the part is closed")
        return self._stream

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            if self._stream is None:
                return
            stream, self._stream = self._stream, None
            with suppress(OSError):  # a full disk was told of already
                stream.close()
        if not (self.size and self.version.strong):
            self.path.unlink(missing_ok=True)
            self._note(Version(), {})


def _open_private(path: Path) -> BinaryIO:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, PRIVATE_FILE), "r+b")
