"""How far the network carries: the name, a connection and TLS, each tried by itself.

Nothing is asked of the portal here.
"""

import os
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPException, HTTPSConnection
from typing import Any, NamedTuple, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from massar_cli.errors import PortalUnavailable, UsageProblem
from massar_cli.hosts import is_loopback
from massar_cli.language import translate as _
from massar_cli.portal.body import too_late
from massar_cli.portal.network_errors import (
    bad_certificate,
    no_connection,
    no_secure_connection,
    no_such_name,
    proxy_refused,
)
from massar_cli.portal.time_limit import Errand, TimeLimit
from massar_cli.portal.tls import client_context

_LONGEST_TRY = 10.0
_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}

Value = TypeVar("Value")


class Proxy(NamedTuple):
    """A proxy without its name and password; `setting` is the variable that names it.

    `setting` is None where the system's own settings do.
    """

    scheme: str
    host: str
    port: int
    setting: str | None
    authorization: str | None


class Place(NamedTuple):
    """Where a connection goes to first: the portal, or the proxy before it."""

    host: str
    port: int
    proxy: Proxy | None = None


class Secured(NamedTuple):
    """A connection that TLS has secured; None where the system's own check does not tell."""

    version: str | None
    issuer: str | None
    ends_at: datetime | None


def first_place(base: str) -> Place:
    """Return where a connection to the portal goes to first.

    Raises UsageProblem for a proxy whose address cannot be used.
    """
    parts = urlsplit(base)
    host = parts.hostname or ""
    proxy = None if is_loopback(host) else _find_proxy(parts.scheme, host)
    if proxy is not None:
        return Place(proxy.host, proxy.port, proxy)
    return Place(host, parts.port or _PORTS[parts.scheme])


def _find_proxy(scheme: str, host: str) -> Proxy | None:
    proxies = getproxies()
    address = proxies.get(scheme) or proxies.get("all")
    if not address or proxy_bypass(host):
        return None
    names = [f"{scheme}_proxy", "all_proxy"]
    setting = next(
        (one for name in names for one in (name, name.upper()) if os.environ.get(one) == address),
        None,
    )
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        raise _unusable_proxy() from None
    if port is None or parts.scheme not in _PORTS or not parts.hostname:
        raise _unusable_proxy()
    return Proxy(parts.scheme, parts.hostname, port, setting, _authorization(parts))


def _unusable_proxy() -> UsageProblem:
    return UsageProblem(
        _("The proxy's address cannot be used."),
        hint=_("Check the proxy variables (such as HTTPS_PROXY)."),
    )


def _authorization(parts: SplitResult) -> str | None:
    if parts.username is None:
        return None
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return f"Basic {b64encode(pair.encode()).decode()}"


def look_up(place: Place, limit: TimeLimit) -> tuple[str, ...]:
    """Return the addresses behind a name; raises PortalUnavailable where there are none."""
    try:
        found = _in_time(
            lambda: socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM), limit
        )
    except TimeoutError:
        raise PortalUnavailable(
            _("The name service did not answer in time."),
            hint=_("Check the connection to the internet."),
            is_outage=True,
        ) from None
    except (OSError, UnicodeError) as error:
        if place.proxy is not None:
            raise _about_proxy(_("The proxy's name could not be found.")) from error
        not_found = error if isinstance(error, socket.gaierror) else socket.gaierror()
        raise no_such_name(not_found) from error
    return tuple(dict.fromkeys(str(address[0]) for *_kind, address in found))


def connect(place: Place, limit: TimeLimit) -> None:
    """Connect and hang up; raises PortalUnavailable where nobody takes the connection."""
    try:
        _in_time(partial(_connect, (place.host, place.port), _seconds(limit)), limit)
    except OSError as error:
        if place.proxy is not None:
            raise _about_proxy(
                _("Could not connect to {host}.").format(host=f"{place.host}:{place.port}")
            ) from error
        raise no_connection(place.host, place.port) from error


def _connect(address: tuple[str, int], seconds: float) -> None:
    socket.create_connection(address, timeout=seconds).close()


def can_be_secured_alone(place: Place) -> bool:
    """Whether TLS can be tried by itself: not behind a proxy that is no plain one."""
    return place.proxy is None or place.proxy.scheme == "http"


def secure(base: str, place: Place, limit: TimeLimit) -> Secured:
    """Secure a connection to the portal and hang up; raises PortalUnavailable where that fails."""
    context = client_context()
    try:
        return _in_time(partial(_shake_hands, base, place, context, _seconds(limit)), limit)
    except ssl.SSLCertVerificationError as error:
        raise bad_certificate(error) from error
    except TimeoutError as error:
        raise too_late() from error
    except (OSError, HTTPException) as error:
        # The library names a proxy's refusal in nothing but a bare OSError.
        is_refusal = type(error) is OSError or isinstance(error, HTTPException)
        if place.proxy is not None and is_refusal:
            raise proxy_refused() from error
        raise no_secure_connection() from error


def _shake_hands(base: str, place: Place, context: ssl.SSLContext, seconds: float) -> Secured:
    connection = HTTPSConnection(place.host, place.port, timeout=seconds, context=context)
    if place.proxy is not None:
        parts = urlsplit(base)
        authorization = place.proxy.authorization
        connection.set_tunnel(
            parts.hostname or "",
            parts.port or _PORTS["https"],
            {"Proxy-Authorization": authorization} if authorization else {},
        )
    with closing(connection):
        connection.connect()
        secured = connection.sock
        # What the system's own store has verified is not shown in this form.
        certificate = secured.getpeercert() or {}
        return Secured(secured.version(), _issuer(certificate), _end(certificate))


def _issuer(certificate: Mapping[str, Any]) -> str | None:
    """Return the authority's organisation, or its common name where it has none."""
    parts = dict(pair for part in certificate.get("issuer", ()) for pair in part)
    return parts.get("organizationName") or parts.get("commonName")


def _end(certificate: Mapping[str, Any]) -> datetime | None:
    text = certificate.get("notAfter")
    if text is None:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)


def _in_time(work: Callable[[], Value], limit: TimeLimit) -> Value:
    return Errand(work, lambda: None).run(limit)


def _seconds(limit: TimeLimit) -> float:
    return max(0.1, min(_LONGEST_TRY, limit.left))


def _about_proxy(message: str) -> PortalUnavailable:
    return PortalUnavailable(
        message, hint=_("Check HTTPS_PROXY, or unset it where no proxy is needed."), may_pass=True
    )
