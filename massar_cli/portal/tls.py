"""Which certificates are trusted: those of SSL_CERT_FILE, else the system's. Never switched off."""

import os
import ssl
import sys
from enum import Enum, auto
from pathlib import Path

from massar_cli.errors import UsageProblem
from massar_cli.language import translate as _


class Store(Enum):
    """Where the trusted certificates come from."""

    NAMED = auto()
    """SSL_CERT_FILE or SSL_CERT_DIR."""
    OF_THE_DESKTOP = auto()
    """That of Windows or macOS, which the TLS library cannot read itself."""
    OF_THE_SYSTEM = auto()
    BUNDLED = auto()
    """The ones that come with certifi."""


def find_store() -> Store:
    """Return the store whose certificates are trusted here."""
    if os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR"):
        return Store.NAMED
    if sys.platform in ("win32", "darwin"):
        return Store.OF_THE_DESKTOP
    return Store.OF_THE_SYSTEM if _has_system_store() else Store.BUNDLED


def client_context() -> ssl.SSLContext:
    """Return the context that verifies the portal's certificate and name.

    The system's own store may know the authority of a school's or a family's filter. Raises
    UsageProblem for an SSL_CERT_FILE or SSL_CERT_DIR that cannot be used.
    """
    match find_store():
        case Store.NAMED:
            return _named_context()
        case Store.OF_THE_DESKTOP:
            import truststore

            return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        case Store.OF_THE_SYSTEM:
            return ssl.create_default_context()
        case Store.BUNDLED:
            import certifi

            return ssl.create_default_context(cafile=certifi.where())


def _named_context() -> ssl.SSLContext:
    file, folder = (os.environ.get(name) or None for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))
    try:
        return ssl.create_default_context(cafile=file, capath=folder)
    except (OSError, ValueError) as error:
        raise UsageProblem(
            _("The certificates in {path} cannot be used: {reason}").format(
                path=file or folder, reason=error
            ),
            hint=_("Check SSL_CERT_FILE and SSL_CERT_DIR."),
        ) from error


def _has_system_store() -> bool:
    """Whether the TLS library finds certificates where this system would keep them."""
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile or (paths.capath and any(Path(paths.capath).glob("*.0"))))
