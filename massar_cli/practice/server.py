"""Serves the practice portal on this machine alone."""

import os
import socket
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from socketserver import TCPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING
from urllib.parse import unquote

from massar_cli.practice.editions import MOUNT

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

_LOOPBACK = "127.0.0.1"
_POLL_SECONDS = 0.05

_Request = socket.socket | tuple[bytes, socket.socket]
_Headers = list[tuple[str, str]]


class PracticeServer:
    """A silent threaded server for a WSGI application, bound to loopback.

    The standard library's server is used rather than Werkzeug's: it keeps connections open, as
    the portal does, and says that a port is taken with an `OSError`.
    """

    def __init__(self, portal: "WSGIApplication", port: int = 0) -> None:
        self._server = _Server(portal, port)
        self._thread: Thread | None = None

    @property
    def url(self) -> str:
        """The application's own address."""
        return f"http://{_LOOPBACK}:{self._server.server_address[1]}{MOUNT}"

    def start(self) -> None:
        """Serve in the background."""
        self._thread = Thread(target=self._server.serve_forever, args=(_POLL_SECONDS,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop serving and hang up."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.close()

    def serve_forever(self) -> None:
        """Serve until interrupted."""
        try:
            self._server.serve_forever(_POLL_SECONDS)
        finally:
            self._server.close()

    def __enter__(self) -> "Self":
        self.start()
        return self

    def __exit__(
        self,
        kind: "type[BaseException] | None",
        error: BaseException | None,
        traceback: "TracebackType | None",
    ) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    # On Windows the same option would let two servers share one port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, application: "WSGIApplication", port: int) -> None:
        self.application = application
        self._connections: set[_Request] = set()
        self._connections_lock = Lock()
        super().__init__((_LOOPBACK, port), _Handler)

    def server_bind(self) -> None:
        # HTTPServer's own asks the name service for this machine's name, which may take seconds.
        TCPServer.server_bind(self)

    def process_request(self, request: _Request, client_address: object) -> None:
        with self._connections_lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: _Request) -> None:
        with self._connections_lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def close(self) -> None:
        """Close the listening socket and hang up on whoever is still connected."""
        self.server_close()
        with self._connections_lock:
            for connection in self._connections:
                if not isinstance(connection, socket.socket):
                    continue
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue

    def handle_error(self, request: _Request, client_address: object) -> None:
        # A client that hangs up is no news; anything else is a fault of the portal's.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Hands each request of a kept-open connection to the application."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def handle_one(self) -> None:
        status, headers, body = self._call_application()
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        if "content-length" not in {name.lower() for name, _ in headers}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def __getattr__(self, name: str) -> Callable[[], None]:
        # The application answers every method, if only to refuse it.
        if name.startswith("do_"):
            return self.handle_one
        raise AttributeError(name)

    def version_string(self) -> str:
        # Invented: which server answers for the portal is unknown.
        return "Practice"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""

    def _call_application(self) -> tuple[str, _Headers, bytes]:
        answer: list[tuple[str, _Headers]] = []
        written: list[bytes] = []

        def start_response(
            status: str, headers: _Headers, _error: object = None, /
        ) -> Callable[[bytes], object]:
            answer.append((status, headers))
            return written.append

        chunks = self.server.application(self._environ(), start_response)
        try:
            body = b"".join(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        status, headers = answer[-1]
        return status, headers, b"".join(written) + body

    def _environ(self) -> "WSGIEnvironment":
        path, _, query = self.path.partition("?")
        length = self.headers.get("Content-Length", "")
        size = int(length) if length.isdecimal() else 0
        if "Transfer-Encoding" in self.headers:
            # Bodies without a length are not read, so what follows cannot be told apart.
            self.close_connection = True
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": _LOOPBACK,
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(size),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(self.rfile.read(size)),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            key = f"HTTP_{name.upper().replace('-', '_')}"
            if key not in ("HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH"):
                separator = "; " if key == "HTTP_COOKIE" else ","
                environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
        return environ
