"""One request and its answer: the only module that talks through the HTTP library.

Every failure of the network becomes PortalUnavailable. What only reads is tried again where that
may help, all within one time limit. No redirect is followed unseen, so that each one can be read
as evidence, and no address outside the allowed hosts is ever asked.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from http import HTTPStatus
from http.cookiejar import Cookie
from itertools import chain
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self
from urllib.parse import urljoin, urlsplit

import httpx

from massar_cli import __version__
from massar_cli.errors import PageChanged, PortalUnavailable, UsageProblem
from massar_cli.hosts import is_loopback, may_receive_secrets
from massar_cli.language import translate as _
from massar_cli.pace import Pace
from massar_cli.portal.body import file_pieces, page_body, read_body, too_late
from massar_cli.portal.harmless import harmless_path
from massar_cli.portal.line import Line
from massar_cli.portal.network_errors import unavailable, unusable_address
from massar_cli.portal.time_limit import Errand, TimeLimit
from massar_cli.portal.tries import moment_of, seconds_to_wait, with_more_tries

USER_AGENT = f"massar/{__version__} (terminal client; read-only)"
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 30.0
"""Without a byte; longer where the whole may take longer, as there are three tries."""
_MOST_REDIRECTS = 5
_START_BYTES = 512
_OF_FILES = (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)


class Answer(NamedTuple):
    """What the portal answered: `url` is the address asked, `location` where it points to.

    `retry_after` is the number of seconds that the portal asks to be left alone for, `date` the
    portal's own clock. `is_taken` says that the body is a file's and went elsewhere.
    """

    url: str
    status: int
    location: str | None
    content_type: str
    body: bytes
    retry_after: float | None = None
    date: datetime | None = None
    is_taken: bool = False

    def __repr__(self) -> str:
        """Leave out the body and the address's query, which may hold tokens and names."""
        return f"Answer({self.status}, {self.content_type!r}, {len(self.body)} bytes)"

    @property
    def may_pass(self) -> bool:
        """Whether the portal may well answer better a moment later."""
        is_overloaded = (
            self.status == HTTPStatus.TOO_MANY_REQUESTS
            or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        )
        is_empty = not self.is_taken and not self.body.strip()
        return is_overloaded or (self.status == HTTPStatus.OK and is_empty)

    @property
    def html(self) -> str:
        """The body as text: UTF-8 whatever the header says; PageChanged for anything else."""
        kind = self.content_type.partition(";")[0].strip().lower()
        if kind not in ("", "text/html", "application/xhtml+xml", "text/plain"):
            raise PageChanged(
                _("The portal answered {kind} in place of a page.").format(kind=kind[:60])
            )
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError:  # which holds the whole page
            raise PageChanged(_("The portal's page is not written in UTF-8.")) from None


class Sink(Protocol):
    """Where a file goes, piece by piece, over several tries if need be.

    It is called in another thread, one call at a time.
    """

    def request_headers(self) -> Mapping[str, str]:
        """Return what the next try asks beside the address, such as where to go on."""

    def begin(self, status: int, headers: Mapping[str, str], start: bytes) -> bool:
        """Whether an answer, of which `start` is the beginning, brings the file or its rest."""

    def write(self, data: bytes) -> None:
        """Take the next piece."""

    def end(self) -> None:
        """Know that the file is whole."""


class Connection:
    """A connection to one portal, with its cookies; requests go one at a time.

    `base` is the portal's base. `application` is a WSGI application to talk to in process. `log`
    is told each request, without anything secret or personal.
    """

    def __init__(
        self,
        base: str,
        *,
        application: Any = None,
        pace: Pace | None = None,
        log: Callable[[str], None] | None = None,
    ) -> None:
        self.base = base
        self.pace = pace or Pace()
        self.answers = 0
        self._log = log or (lambda _line: None)
        self._limit: TimeLimit | None = None
        self._carried: TimeLimit | None = None
        self._application = application
        # What stands in for the portal on this machine is one port, not the machine; read as every
        # later address is, which says no port for the usual one.
        own = httpx.URL(base)
        self._loopback = (own.host, own.port) if is_loopback(own.host) else None
        # Where somebody has switched logging on, the library would log addresses and cookies.
        for library in ("httpx", "httpcore"):
            logging.getLogger(library).setLevel(logging.WARNING)
        self._client = self._new_client()
        self._line = Line()

    def _new_client(self) -> httpx.Client:
        transport: httpx.BaseTransport | None = None
        context = None
        if self._application is not None:
            transport = httpx.WSGITransport(app=self._application)
        elif self.base.startswith("http://"):
            # No context: only loopback is plain http, and building one takes longer than the run.
            transport = httpx.HTTPTransport(verify=None)  # type: ignore[arg-type]
        else:
            from massar_cli.portal.tls import client_context

            context = client_context()
        try:
            return httpx.Client(
                headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"},
                timeout=httpx.Timeout(
                    max(_READ_SECONDS, self.pace.timeout / 3), connect=_CONNECT_SECONDS
                ),
                transport=transport,
                verify=context or True,  # never off; without a meaning beside a transport
                trust_env=self._loopback is None,
                follow_redirects=False,
            )
        except (ImportError, ValueError, OSError, httpx.InvalidURL) as error:
            # The library's own words may hold a part of the proxy's password.
            is_socks = isinstance(error, ImportError)
            raise UsageProblem(
                _("A SOCKS proxy cannot be used.")
                if is_socks
                else _("The address of the proxy cannot be used."),
                hint=_("Check the proxy variables (such as HTTPS_PROXY)."),
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def address(self, path: str) -> str:
        """Return the full address of a page below the base."""
        return f"{self.base}/{path}"

    @contextmanager
    def time_limit(self) -> Iterator[TimeLimit]:
        """Let everything asked for inside take no longer than the pace allows, all together."""
        if self._limit is not None:
            yield self._limit
            return
        self._limit = self._carried or TimeLimit(self.pace.timeout)
        self._carried = None
        try:
            yield self._limit
        finally:
            self._limit = None

    def carry_over(self, limit: TimeLimit) -> None:
        """Let what is asked for next have no more than the time that is left of a limit.

        For a sign-in that is ahead of its page: both together are to take no longer than one page.
        """
        self._carried = limit

    def wait(self, seconds: float) -> None:
        """Let time pass; raises PortalUnavailable where that would pass the limit."""
        if self._limit is not None and seconds > self._limit.left:
            raise too_late()
        time.sleep(max(0.0, seconds))

    def get(self, url: str, *, query: Mapping[str, str] | None = None) -> Answer:
        """Ask for a page, up to three times where that may help.

        `query` comes beside what the address has already, and in place of what is named alike.
        """
        if query:
            url = str(self._checked(url).copy_merge_params(query))
        return self._read("GET", url)

    def ask(self, url: str, fields: Mapping[str, str], *, referer: str) -> Answer:
        """Ask for a page by POST, as the pages' own scripts do, up to three times."""
        headers = {
            "Referer": str(self._checked(referer)),
            "X-Requested-With": "XMLHttpRequest",
        }
        return self._read("POST", url, data=fields, headers=headers)

    def post(self, url: str, fields: Mapping[str, str], *, referer: str) -> Answer:
        """Send a form of the sign-in, once whatever happens."""
        return self._send(
            "POST", url, data=fields, headers={"Referer": str(self._checked(referer))}
        )

    def receive(self, url: str, sink: Sink) -> Answer:
        """Ask for a file, up to three times; its bytes go to `sink`, anything else is returned."""
        return self._read("GET", url, sink=sink)

    def follow(
        self,
        answer: Answer,
        check: Callable[[str], None] | None = None,
        sink: Sink | None = None,
    ) -> Answer:
        """Follow redirects by GET and return the first answer that is none.

        `check` may raise for an address before it is asked for; a file goes to `sink`. Raises
        PortalUnavailable for a foreign host, or where the redirects do not end.
        """
        for _turn in range(_MOST_REDIRECTS):
            if answer.location is None:
                return answer
            self._checked(answer.location)
            if check is not None:
                check(answer.location)
            target = answer.location
            answer = self.get(target) if sink is None else self.receive(target, sink)
        raise PortalUnavailable(_("The portal keeps redirecting."))

    def _read(self, method: str, url: str, **arguments: Any) -> Answer:
        def log(seconds: float) -> None:
            self._log(_("trying again in {seconds:.1f} s").format(seconds=seconds))

        with self.time_limit() as limit:
            return with_more_tries(
                lambda: self._send(method, url, **arguments), limit, self.pace, log
            )

    def _send(self, method: str, url: str, *, sink: Sink | None = None, **arguments: Any) -> Answer:
        address = self._checked(url)
        exchange = partial(_exchange, method, address, arguments)
        if sink is not None:
            exchange = partial(_exchange_file, address, sink)
        started = time.monotonic()
        with self.time_limit() as limit:
            outcome = _("failed")
            try:
                answer = self._within(limit, exchange)
                outcome = f"{answer.status}, {len(answer.body)} bytes"
                if answer.is_taken:
                    outcome = f"{answer.status}, a file"
            finally:
                seconds = time.monotonic() - started
                path = harmless_path(address.path, urlsplit(self.base).path)
                self._log(f"{method} {path}: {outcome}, {seconds:.3f} s")
        self.answers += 1
        return answer._replace(url=url)

    def _within(self, limit: TimeLimit, exchange: Callable[[httpx.Client, Line], Answer]) -> Answer:
        client, line = self._client, self._line
        if self._application is not None:
            return exchange(client, line)
        if limit.left <= 0:
            raise too_late()
        try:
            return Errand(lambda: exchange(client, line), client.close).run(limit)
        except TimeoutError:
            # The portal is asked for one thing at a time: what is left behind must come to its end.
            line.hang_up()
            self._client, self._line = self._new_client(), Line()
            self._client.cookies = client.cookies
            raise too_late() from None

    def _checked(self, url: str) -> httpx.URL:
        """Return the address as the library reads it; PortalUnavailable for a foreign host."""
        try:
            address = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise unusable_address() from error
        is_own = may_receive_secrets(address.scheme, address.host) and not address.userinfo
        loopback = (address.host, address.port) if is_loopback(address.host) else None
        if not is_own or loopback != self._loopback:
            raise PortalUnavailable(
                _("The portal points to another host, {host}; nothing was sent there.").format(
                    host=f"{address.scheme}://{address.host}"[:80]
                ),
                hint=_(
                    "Fake sign-in pages that look like Massar's exist. Check the address in use."
                ),
            )
        return address

    def cookies(self) -> list[dict[str, Any]]:
        """Return the cookies as plain values, to be kept; they are secrets."""
        return [
            {
                "name": cookie.name,
                "value": cookie.value,
                "domain": cookie.domain,
                "path": cookie.path,
                "secure": cookie.secure,
                "expires": cookie.expires,
            }
            for cookie in self._client.cookies.jar
        ]

    def use_cookies(self, cookies: list[dict[str, Any]]) -> None:
        """Replace the cookies by kept ones."""
        jar = self._client.cookies.jar
        jar.clear()
        for kept in cookies:
            domain = kept["domain"]
            jar.set_cookie(
                Cookie(
                    version=0,
                    name=kept["name"],
                    value=kept["value"],
                    port=None,
                    port_specified=False,
                    domain=domain,
                    domain_specified=domain.startswith("."),
                    domain_initial_dot=domain.startswith("."),
                    path=kept["path"],
                    path_specified=True,
                    secure=kept["secure"],
                    expires=kept["expires"],
                    discard=kept["expires"] is None,
                    comment=None,
                    comment_url=None,
                    rest={},
                )
            )


def _exchange(
    method: str, address: httpx.URL, arguments: dict[str, Any], client: httpx.Client, line: Line
) -> Answer:
    try:
        with client.stream(
            method, address, extensions={"trace": line.trace}, **arguments
        ) as response:
            body = read_body(response.iter_raw(), response.headers)
    except (httpx.HTTPError, UnicodeError) as error:
        raise unavailable(error, address) from error
    except (httpx.InvalidURL, ValueError) as error:  # of a redirect, which the library reads too
        raise unusable_address() from error
    return _answer(response, address, body)


def _exchange_file(address: httpx.URL, sink: Sink, client: httpx.Client, line: Line) -> Answer:
    # What is packed on the way cannot be taken up again in its middle.
    headers = {"Accept-Encoding": "identity", **sink.request_headers()}
    is_taken, body = False, b""
    try:
        with client.stream(
            "GET", address, headers=headers, extensions={"trace": line.trace}
        ) as response:
            if response.status_code in _OF_FILES:
                pieces = file_pieces(response.iter_raw(), response.headers)
                start, pieces = _with_start(pieces)
                is_taken = sink.begin(response.status_code, response.headers, start)
                if is_taken:
                    for piece in pieces:
                        sink.write(piece)
                    sink.end()
                else:
                    body = page_body(pieces)
            else:
                body = read_body(response.iter_raw(), response.headers)
    except (httpx.HTTPError, UnicodeError) as error:
        raise unavailable(error, address) from error
    except (httpx.InvalidURL, ValueError) as error:  # of a redirect, which the library reads too
        raise unusable_address() from error
    return _answer(response, address, body)._replace(is_taken=is_taken)


def _with_start(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Return the first bytes of pieces, and all the pieces."""
    start = b""
    for piece in pieces:
        start += piece
        if len(start) >= _START_BYTES:
            break
    return start, chain((start,) if start else (), pieces)


def _answer(response: httpx.Response, address: httpx.URL, body: bytes) -> Answer:
    location = response.headers.get("location") if response.is_redirect else None
    return Answer(
        url=str(address),
        status=response.status_code,
        location=joined(str(address), location) if location else None,
        content_type=response.headers.get("content-type", ""),
        body=body,
        retry_after=seconds_to_wait(response.headers.get("retry-after", "")),
        date=moment_of(response.headers.get("date", "")),
    )


def joined(url: str, target: str) -> str:
    """Return an address that a page at `url` points to; PortalUnavailable for what is none."""
    try:
        return urljoin(url, target.strip())
    except ValueError as error:
        raise unusable_address() from error
