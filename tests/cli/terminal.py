"""The program at a terminal of a given width, with somebody typing."""

import errno
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from types import TracebackType
from typing import IO, NamedTuple, Self

# Makes the terminal the process's own, as a shell does, so that getpass finds /dev/tty.
_BOOT = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execv(sys.executable, [sys.executable, '-m', 'massar_cli', *sys.argv[1:]])"
)
_MOST_SECONDS = 30
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Seen(NamedTuple):
    """How a run at a terminal ended, and all that the terminal showed."""

    code: int
    text: str

    @property
    def lines(self) -> list[str]:
        """The lines without their colours."""
        return _COLOURS.sub("", self.text).splitlines()


class Terminal:
    """A run of the program at a terminal."""

    def __init__(
        self,
        *arguments: str,
        environment: dict[str, str],
        columns: int = 80,
        stdout: IO[bytes] | None = None,
    ) -> None:
        self._screen, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BOOT, *arguments],
            stdin=inside,
            stdout=stdout or inside,
            stderr=inside,
            env={"TERM": "xterm", **environment},
            start_new_session=True,
        )
        os.close(inside)
        self._shown = b""

    def wait_for(self, text: str) -> None:
        """Read until the terminal has shown `text`."""
        while text.encode() not in self._shown:
            assert self._read(), f"{text!r} never came: {self._shown!r}"

    def press(self, text: str) -> None:
        """Type a line, or keys; the program is given time to switch the echo off."""
        time.sleep(0.1)
        os.write(self._screen, text.encode())

    def end(self) -> Seen:
        """Read all that is left and wait for the end."""
        while self._read():
            pass
        return Seen(self._process.wait(_MOST_SECONDS), self._shown.decode())

    def _read(self) -> bool:
        ready, _, _ = select.select([self._screen], [], [], _MOST_SECONDS)
        assert ready, f"nothing more came: {self._shown!r}"
        try:
            data = os.read(self._screen, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            data = b""
        self._shown += data
        return bool(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._screen)


def width_of(line: str) -> int:
    """Return how many columns a line of narrow characters takes; marks take none."""
    return sum(not unicodedata.combining(one) and unicodedata.category(one) != "Cf" for one in line)
