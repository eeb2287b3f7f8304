"""Which certificates are trusted: those of SSL_CERT_FILE, else the system's. Never switched off."""

import os
import ssl
import sys
from pathlib import Path

from massar_cli.errors import UsageProblem
from massar_cli.language import translate as _


def client_context() -> ssl.SSLContext:
    """Return the context that verifies the portal's certificate and name.

    The system's own store may know the authority of a school's or a family's filter. Raises
    UsageProblem for an SSL_CERT_FILE or SSL_CERT_DIR that cannot be used.
    """
    file, folder = (os.environ.get(name) or None for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))
    if file or folder:
        try:
            return ssl.create_default_context(cafile=file, capath=folder)
        except (OSError, ValueError) as error:
            raise UsageProblem(
                _("The certificates in {path} cannot be used: {reason}").format(
                    path=file or folder, reason=error
                ),
                hint=_("Check SSL_CERT_FILE and SSL_CERT_DIR."),
            ) from error
    if sys.platform in ("win32", "darwin"):  # whose stores the TLS library cannot read itself
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if _has_system_store():
        return ssl.create_default_context()
    import certifi

    return ssl.create_default_context(cafile=certifi.where())


def _has_system_store() -> bool:
    """Whether the TLS library finds certificates where this system would keep them."""
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile or (paths.capath and any(Path(paths.capath).glob("*.0"))))
