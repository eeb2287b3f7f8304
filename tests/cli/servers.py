"""Servers that misbehave on purpose: altered answers of the practice portal, and silence."""

import socket
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import parse_qsl

from massar_cli.practice.portal import PracticePortal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

REPORT_CARD = "/moutamadris/TuteurEleves/GetBulletins"
NOT_A_REPORT_CARD = b"<html><body><p>Something else altogether</p></body></html>"


class Replacement(NamedTuple):
    """An answer in place of the portal's own."""

    body: bytes = NOT_A_REPORT_CARD
    status: str = "200 OK"


class AlteredPortal:
    """The practice portal, some of whose answers are replaced."""

    def __init__(self, replace: Callable[[str, Mapping[str, str]], Replacement | None]) -> None:
        self.portal = PracticePortal()
        self._replace = replace

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        environ["wsgi.input"] = BytesIO(body)
        replacement = self._replace(environ["PATH_INFO"], dict(parse_qsl(body.decode())))
        if replacement is None:
            return self.portal(environ, start_response)
        start_response(replacement.status, [("Content-Type", "text/html; charset=utf-8")])
        return [replacement.body]


class SilentServer:
    """Takes every connection and request, and never answers."""

    def __init__(self) -> None:
        self.was_asked = Event()
        self._must_end = Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self._taken: list[socket.socket] = []
        self._thread = Thread(target=self._take, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/moutamadris"

    def _take(self) -> None:
        while not self._must_end.is_set():
            try:
                connection, _address = self._listener.accept()
            except TimeoutError:
                continue
            self._taken.append(connection)
            if connection.recv(1):
                self.was_asked.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._must_end.set()
        self._thread.join()
        for one in (*self._taken, self._listener):
            one.close()


def closed_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
