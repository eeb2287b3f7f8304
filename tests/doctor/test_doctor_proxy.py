"""The way to the portal through a proxy: whose name and connection it is, and what is not shown."""

import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Self
from urllib.parse import urlsplit

import pytest

from tests.doctor.lists import DOCTOR, SIGNING_IN, failed_in, lines_of
from tests.failures.conftest import ACCOUNT
from tests.failures.networks import NOWHERE, before_the_portal, certified, proxy
from tests.session.hostile import Run

SECRET = "canary-of-the-proxy"
_HOST = urlsplit(NOWHERE).hostname or ""


class Tunnel:
    """A proxy that takes every CONNECT to the server at `url`, and notes what was asked."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.requests: list[str] = []
        self._target = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._taken = [self._listener]
        self._threads: list[Thread] = []

    def __enter__(self) -> Self:
        self._start(self._take_all)
        return self

    def __exit__(self, *_error: object) -> None:
        for one in self._taken:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for one in self._taken:
            one.close()

    def _start(self, work: Callable[[], None]) -> None:
        self._threads.append(Thread(target=work, daemon=True))
        self._threads[-1].start()

    def _take_all(self) -> None:
        with suppress(OSError):
            while True:
                self._take(self._listener.accept()[0])

    def _take(self, client: socket.socket) -> None:
        self._taken.append(client)
        head = b""
        while b"\r\n\r\n" not in head and (part := client.recv(4096)):
            head += part
        if not head:  # only connected
            return
        self.requests.append(head.decode())
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        server = socket.create_connection(self._target)
        self._taken.append(server)
        self._start(partial(_pass_on, client, server))
        self._start(partial(_pass_on, server, client))


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def test_all_is_well_through_a_proxy(process: Run, tmp_path: Path) -> None:
    with (
        certified(tmp_path, _HOST) as environment,
        Tunnel(environment["MASSAR_URL"]) as tunnel,
    ):
        done = process(
            *SIGNING_IN,
            **ACCOUNT,
            **{**environment, "MASSAR_URL": NOWHERE},
            HTTPS_PROXY=f"http://somebody:{SECRET}@{tunnel.address}",
        )
    lines = lines_of(done)
    assert (done.code, failed_in(lines)) == (0, {})
    assert lines["proxy"].message == f"http://{tunnel.address} (HTTPS_PROXY)"
    assert lines["connection"].message.startswith("the proxy 127.0.0.1, port ")
    assert "vouched for by trustme" in lines["tls"].message
    assert lines["page-profile"].status == "ok"
    assert all(request.startswith(f"CONNECT {_HOST}:443 ") for request in tunnel.requests)
    assert all("proxy-authorization: basic " in request.lower() for request in tunnel.requests)
    assert SECRET not in done.out
    assert "somebody" not in done.out


def test_the_steps_of_a_proxy_are_about_the_proxy(process: Run) -> None:
    with proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n") as url:
        port = url.rpartition(":")[2]
        secret = url.replace("//", f"//somebody:{SECRET}@")
        done = process(*DOCTOR, **ACCOUNT, MASSAR_URL=NOWHERE, https_proxy=secret)
    lines = lines_of(done)
    assert lines["proxy"].message == f"http://127.0.0.1:{port} (https_proxy)"
    assert lines["connection"].message.startswith(f"the proxy 127.0.0.1, port {port}")
    assert failed_in(lines) == {"tls": 4}
    assert SECRET not in done.out
    assert "somebody" not in done.out


@pytest.mark.parametrize("address", ["http://[", "ftp://127.0.0.1:1", "http://127.0.0.1:x"])
def test_a_proxy_that_cannot_be_used_fails_at_the_proxy(process: Run, address: str) -> None:
    done = process(*DOCTOR, **ACCOUNT, MASSAR_URL=NOWHERE, HTTPS_PROXY=address)
    assert failed_in(lines_of(done)) == {"proxy": 2}
    assert done.code == 2


def test_a_name_that_needs_no_proxy_goes_round_it(process: Run, tmp_path: Path) -> None:
    with before_the_portal("name-not-found", tmp_path) as environment:
        done = process(
            *DOCTOR,
            **ACCOUNT,
            **environment,
            HTTPS_PROXY="http://127.0.0.1:1",
            NO_PROXY="men.gov.ma",
        )
    lines = lines_of(done)
    assert lines["proxy"].message == "no proxy"
    assert failed_in(lines) == {"name": 4}
