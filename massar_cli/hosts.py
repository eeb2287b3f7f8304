"""Which addresses may ever receive a code, a password or a cookie."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from massar_cli.errors import UsageProblem
from massar_cli.language import translate as _

DEFAULT_URL = "https://massarservice.men.gov.ma/moutamadris"
_MINISTRY = "men.gov.ma"
_APPLICATION = "/moutamadris"
_PARENTS_APPLICATION = "/waliye"
# Narrow on purpose: two parsers never disagree about the host of an address of this shape.
_HOST = r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*"
_LONGEST = 1000
_NAME = re.compile(_HOST, re.ASCII)
_BASE = re.compile(
    rf"https?://(?:{_HOST}|\[[0-9a-f:]+\])(?::\d{{1,5}})?(?:/[\w.~-]+)*/*",
    re.ASCII | re.IGNORECASE,
)


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost.men.gov.ma")
    (True, True, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def may_receive_secrets(scheme: str, host: str) -> bool:
    """Whether a host may be sent a secret: the ministry's over https, or this machine.

    >>> may_receive_secrets("https", "waliye.men.gov.ma"), may_receive_secrets("http", "127.0.0.1")
    (True, True)
    >>> may_receive_secrets("http", "men.gov.ma"), may_receive_secrets("https", "amen.gov.ma")
    (False, False)
    """
    if scheme in ("http", "https") and is_loopback(host):
        return True
    host = host.lower()
    if not _NAME.fullmatch(host):  # what follows a \ or %2f is no part of a name
        return False
    return scheme == "https" and (host == _MINISTRY or host.endswith("." + _MINISTRY))


def application_of(base: str) -> str:
    """Return what tells a base's accounts apart: the ministry's hosts lead to the same ones.

    >>> application_of("https://waliye.men.gov.ma/Moutamadris")
    '/moutamadris'
    >>> application_of("http://127.0.0.1:8000/moutamadris")
    'http://127.0.0.1:8000/moutamadris'
    """
    parts = urlsplit(base)
    return base if is_loopback(parts.hostname or "") else parts.path.lower()


def base_url(text: str) -> str:
    """Return the portal's base from a setting, without a last slash or the sign-in page's name.

    Raises UsageProblem for an address that must not receive a code or a password.

    >>> base_url("https://massarservice.men.gov.ma/moutamadris/Account")
    'https://massarservice.men.gov.ma/moutamadris'
    >>> base_url("http://127.0.0.1:8000")
    'http://127.0.0.1:8000/moutamadris'
    """
    parts = _parts(text)
    if parts is None:
        raise UsageProblem(
            _("The portal's address cannot be used: {url}").format(url=_without_secrets(text)),
            hint=_("Write it like this: {url}").format(url=DEFAULT_URL),
        )
    host = parts.hostname or ""
    if not may_receive_secrets(parts.scheme.lower(), host):
        raise UsageProblem(
            _("{url} is not the ministry's portal; no code or password is sent there.").format(
                url=text
            ),
            hint=_(
                "Only https addresses under {domain}, or this machine's own, are accepted."
            ).format(domain=_MINISTRY),
        )
    path = parts.path.rstrip("/")
    path = re.sub(r"/Account(/Login)?$", "", path, flags=re.IGNORECASE) or _APPLICATION
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}{path}"


def is_parents_application(base: str) -> bool:
    """Whether a base is the parents' own application, whose pages nobody has described.

    >>> is_parents_application("https://massarservice.men.gov.ma/waliye")
    True
    >>> is_parents_application("https://waliye.men.gov.ma/moutamadris")
    False
    """
    return urlsplit(base).path.lower() == _PARENTS_APPLICATION


def _without_secrets(address: str) -> str:
    """Return an address without the name and password before its host, and its query."""
    return re.sub(r"(?<=[?#]).+", "***", re.sub(r"//[^/]*@", "//***@", address))


def _parts(text: str) -> SplitResult | None:
    """Return the parts of an address that every parser reads alike, None for any other."""
    if len(text) > _LONGEST or not _BASE.fullmatch(text):
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:  # no such port, or brackets around what is no address
        return None
    return parts if port != 0 else None
