"""The connections that one client has opened, so that they can be hung up from another thread."""

import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

_OPENED = ("connection.connect_tcp.complete", "connection.start_tls.complete")
_ABOUT_TO_SEND = "http11.send_request_headers.started"


class Line:
    """Told of every step by the HTTP library (its `trace`)."""

    def __init__(self) -> None:
        self._streams: list[Any] = []
        self._is_hung_up = False

    def trace(self, step: str, details: Mapping[str, Any]) -> None:
        """Note what was opened; raises ConnectionError once hung up, before anything is sent.

        So nothing is asked for after all where, for example, the portal's name is found too late.
        """
        if step in _OPENED:
            self._streams.append(details["return_value"])
        elif step == _ABOUT_TO_SEND and self._is_hung_up:
            raise ConnectionAbortedError

    def hang_up(self) -> None:
        """End every connection; whoever reads from one finds its end."""
        self._is_hung_up = True
        for stream in self._streams:
            with suppress(OSError):  # it has ended already, or TLS has taken it over
                # Not by the stream's own method, which takes TLS apart under a thread that reads.
                socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)
