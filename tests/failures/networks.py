"""Networks on which a run fails before the portal is asked: names, proxies, certificates."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import trustme

from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.server import PracticeServer

NOWHERE = "https://nowhere.men.gov.ma/moutamadris"
# The error of a machine that cannot find a name; asking the real name service would be slow
# without a network, and an answer with one is not sure.
_NO_NAMES = """
import socket

def fail(host, *rest, **named):
    raise socket.gaierror(socket.{kind}, {message!r})

socket.getaddrinfo = fail
"""
NAME_ERRORS = {
    "EAI_NONAME": "Name or service not known",
    "EAI_AGAIN": "Temporary failure in name resolution",
}
_ROOT = Path(__file__).parents[2]
LONG_AGO: dict[str, Any] = {
    "not_before": datetime(2020, 1, 1, tzinfo=UTC),
    "not_after": datetime(2020, 12, 31, tzinfo=UTC),
}


@contextmanager
def before_the_portal(name: str, folder: Path) -> Iterator[dict[str, str]]:
    """Give the environment of a run that fails so; `folder` takes files."""
    with _NETWORKS[name](folder) as environment:
        yield environment


@contextmanager
def no_name(folder: Path, kind: str = "EAI_NONAME") -> Iterator[dict[str, str]]:
    """Let every look-up of a name fail in the process that is run."""
    code = _NO_NAMES.format(kind=kind, message=NAME_ERRORS[kind])
    (folder / "sitecustomize.py").write_text(code)
    yield {"MASSAR_URL": NOWHERE, "PYTHONPATH": f"{folder}:{_ROOT}"}


@contextmanager
def proxy(answer: bytes) -> Iterator[str]:
    """Run a proxy that answers every CONNECT so; gives its address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        Thread(target=_answer_all, args=(listener, answer), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def _answer_all(listener: socket.socket, answer: bytes) -> None:
    while True:
        try:
            connection, _address = listener.accept()
        except OSError:
            return
        with connection:
            request = b""
            while b"\r\n\r\n" not in request and (part := connection.recv(4096)):
                request += part
            connection.sendall(answer)


@contextmanager
def _refusing_proxy(_folder: Path) -> Iterator[dict[str, str]]:
    answer = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    with proxy(answer) as address:
        yield {"MASSAR_URL": NOWHERE, "HTTPS_PROXY": address}


@contextmanager
def certified(
    folder: Path,
    host: str = "127.0.0.1",
    *,
    is_trusted: bool = True,
    portal: PracticePortal | None = None,
    **validity: Any,
) -> Iterator[dict[str, str]]:
    """Serve the practice portal with a certificate for `host`, of an authority made for it."""
    authority = trustme.CA()
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host, **validity).configure_cert(context)
    with PracticeServer(portal or PracticePortal(), context=context) as server:
        yield {"MASSAR_URL": server.url, **({"SSL_CERT_FILE": str(file)} if is_trusted else {})}


_NETWORKS: dict[str, Callable[[Path], Any]] = {
    "certificate-unknown": lambda folder: certified(folder, is_trusted=False),
    "certificate-expired": lambda folder: certified(folder, **LONG_AGO),
    "certificate-wrong-host": lambda folder: certified(folder, "massar.example"),
    "name-not-found": no_name,
    "proxy-refuses": _refusing_proxy,
}
