"""The portal session kept between runs: one private file an account, written whole, locked.

A session cookie is a bearer secret, like a password that ends by itself.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from massar_cli.codes import account_key
from massar_cli.errors import PortalUnavailable
from massar_cli.files import (
    PRIVATE_FILE,
    content_of,
    locked,
    make_private_folder,
    remove_unfinished,
    write_whole,
)
from massar_cli.language import translate as _
from massar_cli.portal_menu import Landing, MenuPage, PageKind
from massar_cli.records import Child, Student

_VERSION = 1
_LOCK_SECONDS = 60
_MOST_BYTES = 1 << 22  # a menu of the longest page with it
_HEADER_TEXT = re.compile(r"[\x20-\x3a\x3c-\x7e]*")
_LATEST = 2**40
_COOKIE_KEYS = {"name": str, "value": str, "domain": str, "path": str, "secure": bool}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSession:
    """The cookies of a signed-in conversation, whose it is, and what its landing page told."""

    cookies: list[dict[str, Any]] = field(repr=False)
    student: Student | None
    landing: Landing | None = None


class SessionFile:
    """Where one account's session is kept."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of(cls, folder: Path, base: str, user_name: str) -> Self:
        """Return an account's session file; `base` and `user_name` tell accounts apart."""
        return cls(folder / f"session-{account_key(base, user_name)}.json")

    def load(self) -> KeptSession | None:
        """Return the kept session; None where there is none, or none that can be read."""
        try:
            return _session(json.loads(content_of(self.path, most=_MOST_BYTES) or b""))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def save(self, session: KeptSession) -> None:
        """Keep a session; raises OSError where it cannot be written."""
        student = session.student
        data = {
            "version": _VERSION,
            "student": {"code": student.code, "name": student.name} if student else None,
            "landing": asdict(session.landing) if session.landing else None,
            "cookies": session.cookies,
        }
        make_private_folder(self.path.parent)
        content = json.dumps(data).encode()
        write_whole(self.path, lambda stream: stream.write(content), mode=PRIVATE_FILE)

    def delete(self) -> None:
        """Remove the kept session."""
        self.path.unlink(missing_ok=True)

    def remove_traces(self) -> None:
        """Remove the kept session, the locks' files, and what was not written to its end."""
        lock, turn = self.path.with_suffix(".lock"), self.path.with_suffix(".turn")
        if not any(path.exists() for path in (self.path, lock, turn)):
            remove_unfinished(self.path)
            return
        with self.lock():
            self.delete()
            remove_unfinished(self.path)
            for path in (lock, turn):
                with suppress(OSError):  # some systems keep an open file
                    path.unlink(missing_ok=True)

    @contextmanager
    def lock(self, seconds: float = _LOCK_SECONDS) -> Iterator[None]:
        """Hold the account's lock, so that two runs never sign in at once.

        A lock whose process has died is free. Raises PortalUnavailable when another run holds it
        for longer than `seconds`.
        """
        message = _("Another massar is still signing in to this account.")
        with self._held(".lock", seconds, message):
            yield

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Hold the choice of a child, so that no other run chooses while its pages are read.

        As `lock`, but from the choice to the last page, which takes longer than a sign-in.
        """
        message = _("Another massar is still reading the pages of a child of this account.")
        with self._held(".turn", seconds, message):
            yield

    @contextmanager
    def _held(self, suffix: str, seconds: float, message: str) -> Iterator[None]:
        from filelock import Timeout

        make_private_folder(self.path.parent)
        file = self.path.with_suffix(suffix)
        try:
            with locked(file, seconds):
                yield
        except Timeout as error:
            hint = _("Wait until it ends, then try again.")
            raise PortalUnavailable(message, hint=hint) from error


def keepable(cookies: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the cookies that a later run can send: one that it cannot would cost it the others."""
    return [cookie for cookie in map(_ending, cookies) if _is_usable(cookie)]


def _ending(cookie: dict[str, Any]) -> dict[str, Any]:
    """Return a cookie that ends some day, however late it says that it does."""
    expires = cookie["expires"]
    return cookie if expires is None else {**cookie, "expires": min(expires, _LATEST)}


def sessions_of(folder: Path, student_code: str | None) -> list[SessionFile]:
    """Return every session file of a student, whatever portal it belongs to."""
    files = map(SessionFile, sorted(folder.glob("session-*.json")))
    return [
        file
        for file in files
        if student_code
        and (kept := file.load())
        and kept.student
        and kept.student.code == student_code
    ]


def _session(data: Any) -> KeptSession:
    """Return the session that a file holds; KeyError, TypeError or ValueError for what is none."""
    if data["version"] != _VERSION:
        raise ValueError
    cookies = data["cookies"]
    if not isinstance(cookies, list) or not all(map(_is_usable, cookies)):
        raise TypeError
    kept = data["student"]
    student = Student(code=_text(kept["code"]), name=_text(kept["name"])) if kept else None
    landing = data.get("landing")
    return KeptSession(
        cookies=cookies, student=student, landing=_landing(landing) if landing else None
    )


def _landing(data: Any) -> Landing:
    pages = data["pages"]
    return Landing(
        name=_text(data["name"]),
        pages=None if pages is None else tuple(map(_menu_page, pages)),
        children=tuple(
            Child(
                code=str(_text(child["code"]) or ""),
                name=_text(child["name"]),
                other_names=tuple(str(_text(name) or "") for name in child["other_names"]),
            )
            for child in data["children"]
        ),
    )


def _menu_page(data: Any) -> MenuPage:
    return MenuPage(
        label=str(_text(data["label"]) or ""),
        address=str(_text(data["address"]) or ""),
        kind=PageKind(data["kind"]),
    )


def _is_usable(cookie: Mapping[str, Any]) -> bool:
    """Whether a cookie can be sent: what no header can carry would make every later run fail."""
    return (
        all(isinstance(cookie[key], kind) for key, kind in _COOKIE_KEYS.items())
        and all(_HEADER_TEXT.fullmatch(cookie[key]) for key in ("name", "value", "path"))
        and (cookie["expires"] is None or 0 <= cookie["expires"] <= _LATEST)
    )


def _text(value: object) -> str | None:
    if not isinstance(value, str | None):
        raise TypeError
    (value or "").encode()  # ValueError for what no output can carry
    return value
