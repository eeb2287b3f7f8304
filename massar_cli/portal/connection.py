"""One request and its answer: the only module that talks through the HTTP library.

Every failure of the network becomes PortalUnavailable. No redirect is followed here, so that each
one can be read as evidence, and no address outside the allowed hosts is ever asked.
"""

import time
from collections.abc import Callable, Mapping
from http.cookiejar import Cookie
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urljoin, urlsplit

import httpx

from massar_cli import __version__
from massar_cli.errors import PageChanged, PortalUnavailable, UsageProblem
from massar_cli.hosts import is_loopback, may_receive_secrets
from massar_cli.language import translate as _
from massar_cli.portal.body import cut_off, damaged, read_body

USER_AGENT = f"massar/{__version__} (terminal client; read-only)"
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_MOST_SECONDS = 90
"""For one answer, however slowly it drips in."""
_MOST_REDIRECTS = 5


class Answer(NamedTuple):
    """What the portal answered: `url` is the address asked, `location` where it points to."""

    url: str
    status: int
    location: str | None
    content_type: str
    body: bytes

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
        except UnicodeDecodeError as error:
            raise PageChanged(_("The portal's page is not written in UTF-8.")) from error


class Connection:
    """A connection to one portal, with its cookies; requests go one at a time.

    `base` is the portal's base. `application` is a WSGI application to talk to in process.
    """

    def __init__(self, base: str, *, application: Any = None) -> None:
        self.base = base
        parts = urlsplit(base)
        # What stands in for the portal on this machine is one port, not the machine.
        self._loopback = (parts.hostname, parts.port) if is_loopback(parts.hostname or "") else None
        transport: httpx.BaseTransport | None = None
        if application is not None:
            transport = httpx.WSGITransport(app=application)
        elif base.startswith("http://"):
            # No context: only loopback is plain http, and building one takes longer than the run.
            transport = httpx.HTTPTransport(verify=None)  # type: ignore[arg-type]
        try:
            self._client = httpx.Client(
                headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"},
                timeout=_TIMEOUT,
                transport=transport,
                trust_env=self._loopback is None,
                follow_redirects=False,
            )
        except (ImportError, ValueError, OSError, httpx.InvalidURL) as error:
            raise UsageProblem(
                _("The connection cannot be set up: {reason}").format(reason=error),
                hint=_("Check the proxy variables (such as HTTPS_PROXY) and SSL_CERT_FILE."),
            ) from error

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

    def get(self, url: str, *, query: Mapping[str, str] | None = None) -> Answer:
        """Ask for a page."""
        return self._send("GET", url, params=query)

    def post(
        self, url: str, fields: Mapping[str, str], *, referer: str, is_script: bool = False
    ) -> Answer:
        """Send a form; `is_script` as the pages' own scripts do, which changes some answers.

        The caller answers for its being one of the three that change nothing.
        """
        headers = {"Referer": str(self._checked(referer))}
        if is_script:
            headers["X-Requested-With"] = "XMLHttpRequest"
        return self._send("POST", url, data=fields, headers=headers)

    def follow(self, answer: Answer, check: Callable[[str], None] | None = None) -> Answer:
        """Follow redirects by GET and return the first answer that is none.

        `check` may raise for an address before it is asked for. Raises PortalUnavailable for a
        foreign host, or where the redirects do not end.
        """
        for _turn in range(_MOST_REDIRECTS):
            if answer.location is None:
                return answer
            self._checked(answer.location)
            if check is not None:
                check(answer.location)
            answer = self.get(answer.location)
        raise PortalUnavailable(_("The portal keeps redirecting."))

    def _send(self, method: str, url: str, **arguments: Any) -> Answer:
        address = self._checked(url)
        started = time.monotonic()
        try:
            with self._client.stream(method, address, **arguments) as response:
                deadline = started + _MOST_SECONDS
                body = read_body(response.iter_raw(), response.headers, deadline)
        except httpx.TimeoutException as error:
            raise PortalUnavailable(_("The portal did not answer in time.")) from error
        except httpx.ProxyError as error:
            raise PortalUnavailable(_("The proxy refused the connection to the portal.")) from error
        except httpx.ConnectError as error:
            raise _no_connection(error, address) from error
        except httpx.InvalidURL as error:  # of a redirect, which the library reads too
            raise _unusable_address() from error
        except UnicodeError as error:  # such as a cookie that no header can carry
            raise damaged() from error
        except httpx.HTTPError as error:
            raise cut_off() from error
        location = response.headers.get("location") if response.is_redirect else None
        return Answer(
            url=url,
            status=response.status_code,
            location=joined(url, location) if location else None,
            content_type=response.headers.get("content-type", ""),
            body=body,
        )

    def _checked(self, url: str) -> httpx.URL:
        """Return the address as the library reads it; PortalUnavailable for a foreign host."""
        try:
            address = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise _unusable_address() from error
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


def joined(url: str, target: str) -> str:
    """Return an address that a page at `url` points to; PortalUnavailable for what is none."""
    try:
        return urljoin(url, target.strip())
    except ValueError as error:
        raise _unusable_address() from error


def _unusable_address() -> PortalUnavailable:
    return PortalUnavailable(_("The portal points to an address that cannot be used."))


def _no_connection(error: httpx.ConnectError, address: httpx.URL) -> PortalUnavailable:
    text = str(error).lower()
    if "certificate" in text or "ssl" in text or "tls" in text:
        return PortalUnavailable(
            _("The portal's certificate could not be verified, so nothing was sent."),
            hint=_("Check the date of this computer. A filter on this network may be the cause."),
        )
    if (
        "name or service" in text
        or "getaddrinfo" in text
        or "nodename" in text
        or "resolution" in text
    ):
        return PortalUnavailable(
            _("The portal's name could not be found."),
            hint=_("Check the connection to the internet."),
        )
    host = f"{address.host}:{address.port}" if address.port else address.host
    hint = _("The portal may be down, or answer only from Morocco. Try again later.")
    if is_loopback(address.host):
        hint = _("That is this machine. Is the practice portal running? Check MASSAR_URL.")
    return PortalUnavailable(_("Could not connect to {host}.").format(host=host), hint=hint)
