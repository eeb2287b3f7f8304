"""Anti-forgery pairs, a cookie and a form field, checked as ASP.NET checks them."""

import hmac
import secrets
from base64 import b64decode, urlsafe_b64encode

_NONCE_BYTES = 36
_MAC_BYTES = 32
# What ASP.NET Core's data protection puts before everything it protects: "CfDJ8" in base 64.
_CORE_HEADER = b"\x09\xf0\xc9\xf0"


class AntiForgery:
    """Issues and checks pairs of tokens, bound to the user and to what the form carried."""

    def __init__(self, *, core: bool) -> None:
        self._core = core
        self._key = secrets.token_bytes(32)

    def cookie(self, existing: str | None) -> str:
        """Keep the browser's own cookie when it is one of ours, else make a new one."""
        if existing is not None and self._is_genuine(existing, "cookie"):
            return existing
        return self._issue("cookie")

    def field(self, cookie: str, user: str, extra: str = "") -> str:
        """Make the form field that goes with a cookie, for a user (empty: nobody signed in)."""
        return self._issue("field", cookie, user, extra)

    def accepts(self, cookie: str | None, field: str | None, user: str, extra: str = "") -> bool:
        """Whether a posted pair belongs together, and to the user who posts it now."""
        if cookie is None or field is None:
            return False
        return self._is_genuine(cookie, "cookie") and self._is_genuine(
            field, "field", cookie, user, extra
        )

    def forget(self) -> None:
        """Make every pair issued so far stale, as a change of the server's key does."""
        self._key = secrets.token_bytes(32)

    def _issue(self, *parts: str) -> str:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return self._encode(nonce + self._mac(nonce, parts))

    def _is_genuine(self, token: str, *parts: str) -> bool:
        raw = self._decode(token)
        if raw is None or len(raw) != _NONCE_BYTES + _MAC_BYTES:
            return False
        nonce, mac = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
        return hmac.compare_digest(mac, self._mac(nonce, parts))

    def _mac(self, nonce: bytes, parts: tuple[str, ...]) -> bytes:
        message = nonce + b"\0".join(part.encode("utf-8") for part in parts)
        return hmac.digest(self._key, message, "sha256")

    def _encode(self, raw: bytes) -> str:
        if self._core:
            return urlsafe_b64encode(_CORE_HEADER + raw).decode("ascii").rstrip("=")
        text = urlsafe_b64encode(raw).decode("ascii")
        # MVC 5 writes the number of padding signs as one last digit in their place.
        return f"{text.rstrip('=')}{text.count('=')}"

    def _decode(self, token: str) -> bytes | None:
        text = token if self._core else token[:-1]
        padded = text + "=" * (-len(text) % 4)
        try:
            raw = b64decode(padded, altchars=b"-_", validate=True)
        except ValueError:
            return None
        if not self._core:
            return raw
        return raw[len(_CORE_HEADER) :] if raw.startswith(_CORE_HEADER) else None
