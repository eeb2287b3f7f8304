"""The practice portal over real connections."""

import socket
from http.client import HTTPConnection
from urllib.parse import urlsplit

import httpx
import pytest

from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.server import PracticeServer


def test_one_connection_serves_many_requests(capfd: pytest.CaptureFixture[str]) -> None:
    portal = PracticePortal()
    with PracticeServer(portal) as server:
        connection = HTTPConnection(urlsplit(server.url).netloc, timeout=5)
        sockets = set()
        for path in ("/moutamadris/Account", "/moutamadris/Nowhere", "/"):
            connection.request("GET", path)
            connection.getresponse().read()
            sockets.add(connection.sock)
        connection.request("POST", "/moutamadris/Account", body="UserName=x")
        connection.getresponse().read()
        assert len(sockets) == 1
        connection.close()
    assert [one.status for one in portal.journal] == [200, 404, 404, 500]
    assert capfd.readouterr() == ("", "")


def test_a_client_that_hangs_up_in_the_middle_of_a_form_is_no_news(
    capfd: pytest.CaptureFixture[str],
) -> None:
    portal = PracticePortal()
    with PracticeServer(portal) as server:
        parts = urlsplit(server.url)
        head = b"POST /moutamadris/Account HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
        kind = b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        with socket.create_connection((parts.hostname, parts.port), 5) as client:
            client.sendall(head + kind + b"UserName=x")
            client.shutdown(socket.SHUT_WR)
            assert client.recv(100) == b""
        assert httpx.get(f"{server.url}/Account", trust_env=False).status_code == 200
    assert [one.method for one in portal.journal] == ["GET"]
    assert capfd.readouterr() == ("", "")


def test_address_is_loopback_and_free() -> None:
    with PracticeServer(PracticePortal()) as one, PracticeServer(PracticePortal()) as two:
        assert one.url != two.url
        assert one.url.startswith("http://127.0.0.1:")
        assert one.url.endswith("/moutamadris")
        assert httpx.get(f"{one.url}/Account", trust_env=False).status_code == 200


def test_taken_port_is_an_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            PracticeServer(PracticePortal(), port=taken.getsockname()[1])


def test_stop_hangs_up() -> None:
    server = PracticeServer(PracticePortal())
    server.start()
    with httpx.Client(trust_env=False) as client:
        assert client.get(f"{server.url}/Account").status_code == 200
        server.stop()
        with pytest.raises(httpx.TransportError):
            client.get(f"{server.url}/Account")


def test_head_and_unknown_methods() -> None:
    with PracticeServer(PracticePortal()) as server, httpx.Client(trust_env=False) as client:
        head = client.head(f"{server.url}/Account")
        assert (head.status_code, head.content) == (200, b"")
        refused = client.request("PROPFIND", f"{server.url}/Account")
        assert refused.status_code == 405
        assert refused.headers["Allow"] == "GET, POST"
