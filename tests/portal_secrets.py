"""A practice portal that remembers every secret it hands out, and the search for them.

Nothing that a run writes may hold one, but for the cookies in the session's own private file.
"""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from massar_cli.practice.portal import PracticePortal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_SHORTEST = 12
_HIDDEN = re.compile(rb'type="hidden" value="([^"]+)"')
_SECRET_FIELDS = ("Password", "__RequestVerificationToken")
_MAY_HOLD_COOKIES = ("session-*.json", ".session-*.part")


class RememberingPortal(PracticePortal):
    """Remembers cookies, hidden fields and passwords, and what else it was sent.

    `sent` holds one element a request, as the journal does: its fields without the secret ones.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.cookies: set[bytes] = set()
        self.hidden: set[bytes] = set()
        self.passwords: set[bytes] = set()
        self.sent: list[tuple[tuple[str, str], ...]] = []

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        environ["wsgi.input"] = BytesIO(body)
        fields = dict(parse_qsl(body.decode()))
        if "Password" in fields:
            self.passwords.add(fields["Password"].encode())
        kept = sorted((k, v) for k, v in fields.items() if k not in _SECRET_FIELDS)
        self.sent.append(tuple(kept))

        def start(
            status: str, headers: list[tuple[str, str]], *error: Any
        ) -> Callable[[bytes], object]:
            self._remember_cookies(headers)
            return start_response(status, headers, *error)

        chunks = list(super().__call__(environ, start))
        self.hidden |= {one for one in _HIDDEN.findall(b"".join(chunks)) if len(one) >= _SHORTEST}
        return chunks

    def _remember_cookies(self, headers: list[tuple[str, str]]) -> None:
        for name, value in headers:
            if name.lower() == "set-cookie":
                cookie = value.partition(";")[0].partition("=")[2].strip('"').encode()
                if len(cookie) >= _SHORTEST:
                    self.cookies.add(cookie)

    def spilt(self, folders: Iterable[Path], *texts: str) -> list[str]:
        """Return where a secret stands that has no business there."""
        never = self.passwords | self.hidden
        found = [
            f"a secret was written: ...{text[max(0, text.find(one) - 40) : text.find(one)]}"
            for text in texts
            for one in (secret.decode() for secret in never | self.cookies)
            if one in text
        ]
        for file in _files(folders):
            content = file.read_bytes()
            if any(one in content for one in never):
                found.append(f"{file.name} holds a secret")
            has_cookie = any(one in content for one in self.cookies)
            if has_cookie and not any(file.match(name) for name in _MAY_HOLD_COOKIES):
                found.append(f"{file.name} holds a cookie")
            if has_cookie and stat.S_IMODE(file.stat().st_mode) != 0o600:
                found.append(f"{file.name} holds a cookie, and others may read it")
        return found


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file() and os.access(file, os.R_OK):
                yield file
