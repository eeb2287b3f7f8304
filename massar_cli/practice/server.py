"""Serves the practice portal on this machine alone."""

import os
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from threading import Event, Lock, Thread
from time import sleep
from typing import TYPE_CHECKING

from massar_cli.practice.editions import MOUNT
from massar_cli.practice.gateway import Headers, call_application, environ_of
from massar_cli.practice.wire import ENVIRON_KEY, Answer, Wire, spoil

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from _typeshed.wsgi import WSGIApplication

_LOOPBACK = "127.0.0.1"
_POLL_SECONDS = 0.05

_Request = socket.socket | tuple[bytes, socket.socket]


def context_of(certificate: Path) -> ssl.SSLContext:
    """Read a PEM file of a certificate's chain and its key; OSError for one that is none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


class PracticeServer:
    """A silent threaded server for a WSGI application, bound to loopback.

    The standard library's server is used rather than Werkzeug's: it keeps connections open, as
    the portal does, and says that a port is taken with an `OSError`. With `context` it speaks
    https.
    """

    def __init__(
        self, portal: "WSGIApplication", port: int = 0, context: ssl.SSLContext | None = None
    ) -> None:
        self._server = _Server(portal, port, context)
        self._thread: Thread | None = None

    @property
    def url(self) -> str:
        """The application's own address."""
        scheme = "http" if self._server.context is None else "https"
        return f"{scheme}://{_LOOPBACK}:{self._server.server_address[1]}{MOUNT}"

    def start(self) -> None:
        """Serve in the background."""
        if self._server.is_deaf.is_set():
            return
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
            if not self._server.is_deaf.is_set():
                self._server.serve_forever(_POLL_SECONDS)
            # A fault may have ended that; the port is kept, and refuses everybody.
            while self._server.is_deaf.is_set():
                sleep(_POLL_SECONDS)
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

    def __init__(
        self, application: "WSGIApplication", port: int, context: ssl.SSLContext | None
    ) -> None:
        self.application = application
        self.context = context
        self.is_deaf = Event()
        self._turning_deaf = Lock()
        self._connections: set[_Request] = set()
        self._connections_lock = Lock()
        super().__init__((_LOOPBACK, port), _Handler)
        if self.wants_to_be_deaf:
            self.is_deaf.set()
            self._stop_listening()

    @property
    def wants_to_be_deaf(self) -> bool:
        """Whether a fault of the practice portal bars new connections; no other one does."""
        return bool(getattr(self.application, "refuses_connections", False))

    def turn_deaf(self) -> None:
        """Refuse connections from now on; called by a handler, while the server runs."""
        with self._turning_deaf:
            if not self.is_deaf.is_set():
                self.is_deaf.set()
                self.shutdown()
                self._stop_listening()

    def _stop_listening(self) -> None:
        """Take a socket that does not listen for the same port, which nobody else shall get."""
        address = self.server_address
        self.server_close()
        self.socket = socket.socket(self.address_family, self.socket_type)
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(address)

    def get_request(self) -> tuple[socket.socket, object]:
        """Take a connection; the handshake waits for its own thread."""
        connection, address = super().get_request()
        if self.context is not None:
            connection = self.context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        return connection, address

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
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Hands each request of a kept-open connection to the application."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def handle_one(self) -> None:
        if "Transfer-Encoding" in self.headers:
            # Bodies without a length are not read, so what follows cannot be told apart.
            self.close_connection = True
        scheme = "http" if self.server.context is None else "https"
        environ = environ_of(self, scheme)
        with call_application(self.server.application, environ) as (status, headers, pieces):
            if self.server.wants_to_be_deaf:
                self.close_connection = True
                headers.append(("Connection", "close"))
                self.server.turn_deaf()
            fault = environ[ENVIRON_KEY]
            if fault is not None:
                self.close_connection = True
                self._spoil(fault, status, headers, b"".join(pieces))
                return
            self._send(status, headers, pieces)

    def _send(self, status: str, headers: Headers, pieces: Iterator[bytes]) -> None:
        announced = next(
            (int(value) for name, value in headers if name.lower() == "content-length"), None
        )
        if announced is None:
            body = b"".join(pieces)
            announced, pieces = len(body), iter((body,))
            headers.append(("Content-Length", str(announced)))
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        sent = 0
        for piece in pieces:
            self.wfile.write(piece)
            sent += len(piece)
        if sent != announced:
            # The application lied about the length; what follows could not be told apart.
            self.close_connection = True

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

    def _spoil(self, fault: str, status: str, headers: Headers, body: bytes) -> None:
        head = [f"HTTP/1.1 {status}", f"Server: {self.version_string()}"]
        head += [
            f"{name}: {value}"
            for name, value in headers
            if name.lower() not in ("content-length", "connection")
        ]
        spoil(fault, Wire(self.rfile, self.wfile, self.connection), Answer(tuple(head), body))
