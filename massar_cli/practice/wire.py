"""Faults of the wire: how the bytes of an answer arrive, or fail to."""

import os
import socket
import struct
import time
from collections.abc import Callable, Iterable
from io import BufferedIOBase
from typing import NamedTuple

ENVIRON_KEY = "practice.wire"
"""Where the application finds that there is a wire, and names the fault that spoils its answer."""

_SECONDS_A_BYTE = 1.0
_FILLER = b"<!-- " + b"." * 65_000 + b" -->\n"
_NO_WAIT_THEN_RESET = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)


class Answer(NamedTuple):
    """An answer in good form: the lines of its head without any about its length, and its body."""

    head: tuple[str, ...]
    body: bytes

    def start(self, *more: str) -> bytes:
        """Return the head's bytes, with further lines."""
        lines = (*self.head, *more, "Connection: close", "", "")
        return "\r\n".join(lines).encode("latin-1")

    @property
    def length(self) -> str:
        """The line that announces the body's length."""
        return f"Content-Length: {len(self.body)}"


class Wire(NamedTuple):
    """One connection of a client."""

    reading: BufferedIOBase
    writing: BufferedIOBase
    connection: socket.socket

    def send(self, data: bytes) -> None:
        """Send bytes at once; ConnectionError where the client has gone."""
        self.writing.write(data)
        self.writing.flush()


def spoil(name: str, wire: Wire, answer: Answer) -> None:
    """Send an answer, spoilt by the fault `name`; the connection is of no use after that."""
    _SPOILERS[name](wire, answer)


def _reset(wire: Wire, _answer: Answer) -> None:
    wire.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_WAIT_THEN_RESET)
    # Closed past the server, which would say farewell first.
    socket.close(wire.connection.detach())


def _dropped(wire: Wire, answer: Answer) -> None:
    half = answer.body[: len(answer.body) // 2]
    size = b"%x\r\n" % max(1, len(answer.body))
    wire.send(answer.start("Transfer-Encoding: chunked") + size + half)


def _cut_short(wire: Wire, answer: Answer) -> None:
    half = answer.body[: len(answer.body) // 2]
    wire.send(answer.start(f"Content-Length: {max(1, len(answer.body))}") + half)


def _cut_unmarked(wire: Wire, answer: Answer) -> None:
    wire.send(answer.start() + answer.body[: len(answer.body) // 2])


def _silent(wire: Wire, _answer: Answer) -> None:
    wire.reading.read()  # until the client hangs up


def _drip(wire: Wire, answer: Answer) -> None:
    wire.send(answer.start(answer.length))
    _send_slowly(wire, answer.body)


def _drip_head(wire: Wire, answer: Answer) -> None:
    _send_slowly(wire, answer.start(answer.length))
    wire.send(answer.body)


def _send_slowly(wire: Wire, data: Iterable[int]) -> None:
    for byte in data:
        time.sleep(_SECONDS_A_BYTE)
        wire.send(bytes((byte,)))


def _endless(wire: Wire, answer: Answer) -> None:
    wire.send(answer.start() + answer.body)
    while True:
        wire.send(_FILLER)


_SPOILERS: dict[str, Callable[[Wire, Answer], None]] = {
    "reset": _reset,
    "dropped": _dropped,
    "cut-short": _cut_short,
    "cut-unmarked": _cut_unmarked,
    "silent": _silent,
    "drip": _drip,
    "drip-head": _drip_head,
    "endless": _endless,
}
