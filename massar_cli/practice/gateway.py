"""Between a request as the standard library's server reads it and a WSGI application."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote

from massar_cli.practice.wire import ENVIRON_KEY

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]


@contextmanager
def call_application(
    application: "WSGIApplication", environ: "WSGIEnvironment"
) -> Iterator[tuple[str, Headers, Iterator[bytes]]]:
    """Give the status line, the headers and the body of an application's answer, piece by piece."""
    answer: list[tuple[str, Headers]] = []
    written: list[bytes] = []

    def start_response(
        status: str, headers: Headers, _error: object = None, /
    ) -> Callable[[bytes], object]:
        answer.append((status, headers))
        return written.append

    chunks = application(environ, start_response)
    try:
        pieces = iter(chunks)
        # An application may say its status as late as with the first piece.
        first = next(pieces, b"")
        status, headers = answer[-1]
        yield status, headers, chain(written, (first,), pieces)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()


def environ_of(request: BaseHTTPRequestHandler, scheme: str) -> "WSGIEnvironment":
    """Return a request in WSGI's form, its body read; a body without a length is taken for none.

    Raises ConnectionResetError where the client hangs up in the middle of it.
    """
    path, _, query = request.path.partition("?")
    length = request.headers.get("Content-Length", "")
    size = int(length) if length.isdecimal() else 0
    body = request.rfile.read(size)
    if len(body) < size:
        raise ConnectionResetError
    host, port = request.connection.getsockname()
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": request.command,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path, "latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": request.request_version,
        "REMOTE_ADDR": request.client_address[0],
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        ENVIRON_KEY: None,
    }
    for name, value in request.headers.items():
        key = f"HTTP_{name.upper().replace('-', '_')}"
        if key not in ("HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH"):
            separator = "; " if key == "HTTP_COOKIE" else ","
            environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
    return environ
