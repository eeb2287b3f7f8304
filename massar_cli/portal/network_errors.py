"""What a failure of the network means, and what to do about it."""

import socket
import ssl

import httpx

from massar_cli.errors import PortalUnavailable
from massar_cli.hosts import is_loopback
from massar_cli.language import translate as _
from massar_cli.portal.body import cut_off, damaged, too_late

_NOT_YET_VALID, _EXPIRED = 9, 10
_OTHER_NAME, _OTHER_ADDRESS = 62, 64


def unavailable(error: Exception, address: httpx.URL) -> PortalUnavailable:
    """Return the error for a request to `address` that brought no answer."""
    if (explained := _explained_by_cause(error)) is not None:
        return explained
    if isinstance(error, httpx.ProxyError):
        return proxy_refused()
    if isinstance(error, httpx.TimeoutException):
        return too_late()
    if isinstance(error, httpx.ConnectError):
        return no_connection(address.host, address.port)
    # Such as a cookie that no header can carry, or an answer that ends before its end.
    return damaged() if isinstance(error, UnicodeError) else cut_off()


def _explained_by_cause(error: Exception) -> PortalUnavailable | None:
    """Return the error for a failure whose cause says more than itself, None for any other."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return bad_certificate(cause)
        if isinstance(cause, socket.gaierror):
            return no_such_name(cause)
        if isinstance(cause, ssl.SSLError) and isinstance(error, httpx.ConnectError):
            return no_secure_connection()
    return None


def proxy_refused() -> PortalUnavailable:
    """Return the error for a proxy that does not let a connection through."""
    return PortalUnavailable(
        _("The proxy refused the connection to the portal."),
        hint=_("Check HTTPS_PROXY, or unset it where no proxy is needed."),
        is_outage=True,
    )


def no_secure_connection() -> PortalUnavailable:
    """Return the error for a TLS handshake that failed for no fault of the certificate."""
    return PortalUnavailable(
        _("A secure connection to the portal could not be set up."),
        hint=_("Something on this network may be in between. Try from another network."),
        may_pass=True,
    )


def unusable_address() -> PortalUnavailable:
    """Return the error for a redirect or a form that points to no address."""
    return PortalUnavailable(_("The portal points to an address that cannot be used."))


def _causes(error: BaseException | None) -> list[BaseException]:
    causes = []
    while error is not None and error not in causes:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes


def bad_certificate(error: ssl.SSLCertVerificationError) -> PortalUnavailable:
    """Return the error for a certificate that does not prove the portal."""
    code = getattr(error, "verify_code", None)
    if code in (_NOT_YET_VALID, _EXPIRED):
        reason = _("it has expired, or is not valid yet")
        hint = _("Check the date of this computer; if it is right, the portal has to renew it.")
    elif code in (_OTHER_NAME, _OTHER_ADDRESS):
        reason = _("it belongs to another host")
        hint = _("Something on this network may be in between. Try from another network.")
    else:
        reason = _("its authority is not known here")
        hint = _(
            "A filter on this network may be in between; if you trust it, SSL_CERT_FILE can name "
            "its authority."
        )
    return PortalUnavailable(
        _("The portal's certificate cannot be trusted: {reason}. Nothing was sent.").format(
            reason=reason
        ),
        hint=hint,
        is_outage=True,
    )


def no_such_name(error: socket.gaierror) -> PortalUnavailable:
    """Return the error for a name that the name service does not know, or cannot look up."""
    return PortalUnavailable(
        _("The portal's name could not be found."),
        hint=_("Check the connection to the internet, and MASSAR_URL if it is set."),
        may_pass=error.errno == socket.EAI_AGAIN,
        is_outage=True,
    )


def no_connection(host: str, port: int | None) -> PortalUnavailable:
    """Return the error for a host that does not take a connection."""
    hint = _("The portal may be down, or answer only from Morocco. Try again later.")
    if is_loopback(host):
        hint = _("That is this machine. Is the practice portal running? Check MASSAR_URL.")
    place = f"{host}:{port}" if port else host
    return PortalUnavailable(
        _("Could not connect to {host}.").format(host=place), hint=hint, may_pass=True
    )
