"""Whole conversations with a portal that answers anything: sign-in, recognition, redirects."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from massar_cli.errors import MassarError
from massar_cli.hosts import DEFAULT_URL
from massar_cli.portal.cookies import KeptSession, SessionFile, keepable
from massar_cli.portal.page import Page
from massar_cli.portal.pages.report_card import ReportCardPage
from massar_cli.portal.pages.school_path import SchoolPathPage
from massar_cli.portal.session import Account, PortalSession
from tests.fuzz.addresses import ScriptedPortal, assert_own, connect
from tests.fuzz.bounds import new_folder, same, value_or_error

ANSWERS_END = b"\x1e"
_PASSWORD = "canary-37c1"
_SAYS_HOW_LONG = frozenset({b"connection", b"content-length", b"transfer-encoding"})
_MOST_POSTS = 2
_MOST_REQUESTS = 3 * 6 * 6
"""Tries, redirects, and pages of a sign-in with its second form and of two data pages."""


def check_conversation(data: bytes) -> None:
    """Check that a run ends in a page or error, its password sent to sign-in alone, twice at most.

    The bytes are answers as a server sends them, each ended by a byte 30.
    """
    portal = ScriptedPortal(*map(_answer, data.split(ANSWERS_END)))
    pages: tuple[type[Page[Any]], ...] = (ReportCardPage, SchoolPathPage)
    if len(data) % 2:
        pages = pages[::-1]
    file = SessionFile(_folder() / "session.json")
    file.delete()
    with connect(DEFAULT_URL, portal) as connection, mock.patch("time.sleep"):
        account = Account("X130000000@taalim.ma", "X130000000", lambda: _PASSWORD, lambda: "1234")
        with PortalSession(connection, account, file, None, _no_warning) as session:
            outcomes = [value_or_error(_opened(session, page)) for page in pages]
        cookies = keepable(connection.cookies())
    for outcome in outcomes:
        assert isinstance(outcome, Page | MassarError)
    _check_requests(portal)
    # Were it not there for the next run, that would send the password again.
    kept = KeptSession(cookies=cookies, student=session.student) if session.student else None
    loaded = file.load()
    assert same(loaded and replace(loaded, landing=None), kept)


@cache
def _folder() -> Path:
    """Return the one folder of this process for sessions."""
    return new_folder()


def _opened(session: PortalSession, page: type[Page[Any]]) -> Callable[[], Page[Any]]:
    return lambda: session.open(page)


def _no_warning(message: str) -> None:
    raise AssertionError(message)


def _answer(sent: bytes) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Return the answer that bytes are, as well as they can be one."""
    head, _end, body = sent.replace(b"\r\n", b"\n", 40).partition(b"\n\n")
    first, *lines = head.split(b"\n")
    digits = first.partition(b" ")[2][:3]
    status = int(digits) if len(digits) == 3 and digits.isdigit() else 200
    headers = [
        (name, value.strip())
        for name, mark, value in (line.partition(b":") for line in lines)
        if mark and name.replace(b"-", b"").isalnum()
    ]
    # Whether an answer is whole shows from its length, unless it says that its end will show.
    if not _SAYS_HOW_LONG.intersection(name.lower() for name, _value in headers):
        headers.append((b"Content-Length", str(len(body)).encode()))
    return max(status, 200), headers, body


def _check_requests(portal: ScriptedPortal) -> None:
    assert len(portal.asked) <= _MOST_REQUESTS
    posts = [request for request in portal.asked if _PASSWORD.encode() in request.content]
    assert len(posts) <= _MOST_POSTS
    for request in posts:
        assert request.method == "POST"
        path = request.url.path.lower()  # a server of this kind knows no capitals
        assert path.startswith("/moutamadris"), request.url
        assert "tuteureleves" not in path, request.url
    for request in portal.asked:
        assert_own(request, DEFAULT_URL)
        assert _PASSWORD not in str(request.url)
        assert not any(_PASSWORD in value for value in request.headers.values())
