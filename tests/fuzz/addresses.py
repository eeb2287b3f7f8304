"""Addresses: those a person sets, and those the portal points to. None leads to another host."""

import re
from typing import Any
from urllib.parse import urlsplit

import httpx

from massar_cli.errors import PortalUnavailable, UsageProblem
from massar_cli.hosts import DEFAULT_URL, base_url
from massar_cli.pace import Pace
from massar_cli.portal.connection import Answer, Connection
from massar_cli.portal.evidence import (
    is_change_password_address,
    is_sign_in_address,
    may_be_posted,
)
from tests.fuzz.bounds import value_or_error

LOOPBACK_URL = "http://127.0.0.1:8000/moutamadris"
_HEADER_VALUE = re.compile(rb"(?:[^\x00\s]+(?:[ \t]+[^\x00\s]+)*)?")
_OWN_HOST = re.compile(r"(?:[a-z0-9-]+\.)*men\.gov\.ma", re.ASCII)
_THIS_MACHINE = re.compile(r"localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?[0:]*:0*1\]?", re.ASCII)


class ScriptedPortal(httpx.BaseTransport):
    """Answers what it was told to, in turn, and keeps what it was asked."""

    def __init__(self, *answers: tuple[int, list[tuple[bytes, bytes]], bytes]) -> None:
        self.asked: list[httpx.Request] = []
        self._answers = list(answers)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request; when there are no answers left, with a page that says nothing."""
        request.read()
        turn = len(self.asked)
        self.asked.append(request)
        status, headers, body = (
            self._answers[turn]
            if turn < len(self._answers)
            else (200, [(b"Content-Length", b"1")], b"-")
        )
        if not all(_HEADER_VALUE.fullmatch(value) for _name, value in headers):
            raise httpx.RemoteProtocolError("no header, as the library's parser says")
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))


def connect(base: str, portal: ScriptedPortal) -> Connection:
    """Return a connection that talks to `portal` and never waits."""
    pace = Pace(retry_wait=0.0, spacing=0.0)
    connection = Connection(base, application=_no_application, pace=pace)
    # In place of the application: headers of an application are text, those of a network bytes.
    connection._client._transport = portal
    connection._client._mounts = {}
    return connection


def _no_application(*_arguments: object) -> Any:
    raise AssertionError("asked in place of the scripted portal")


def assert_own(request: httpx.Request, base: str) -> None:
    """Fail where a request goes to a host that neither the ministry nor this machine has."""
    url, own = request.url, httpx.URL(base)
    if _THIS_MACHINE.fullmatch(own.host):
        assert (url.host, url.port) == (own.host, own.port), url
    else:
        assert url.scheme == "https", url
        assert _OWN_HOST.fullmatch(url.host), url
    assert not url.userinfo, url
    # What is asked of the name service, and what the request says, are the same host.
    assert url.raw_host.decode("ascii").strip("[]") == url.host
    assert urlsplit(f"//{request.headers['host']}").hostname == url.host


def check_redirect(data: bytes) -> None:
    """Check that a redirect leads to an own host or to PortalUnavailable, and asks no other."""
    location = data.decode("latin-1")
    for base in (DEFAULT_URL, LOOPBACK_URL):
        is_sign_in_address(base, location)
        is_change_password_address(base, location)
        may_be_posted(base, location)
        portal = ScriptedPortal((302, [(b"Location", data)], b""))
        with connect(base, portal) as connection:
            outcome = value_or_error(lambda: _followed(connection))
        assert isinstance(outcome, Answer | PortalUnavailable)
        for request in portal.asked:
            assert_own(request, base)


def _followed(connection: Connection) -> Answer:
    return connection.follow(connection.get(connection.address("Account")))


def check_base(data: bytes) -> None:
    """Check that an accepted address has one host, whoever reads it, and that it is an own one."""
    text = data.decode(errors="surrogateescape")
    base = value_or_error(lambda: base_url(text))
    if isinstance(base, UsageProblem):
        return
    assert isinstance(base, str)
    assert base_url(base) == base
    portal = ScriptedPortal()
    with connect(base, portal) as connection:
        connection.get(connection.address("Account"))
    for request in portal.asked:
        assert_own(request, base)
        for address in (text, base, str(request.url)):
            assert (urlsplit(address).hostname or "").strip("[]") == request.url.host
            assert httpx.URL(address).host == request.url.host
            assert urlsplit(address).port in (request.url.port, 443, 80)
