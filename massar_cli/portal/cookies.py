"""The portal session kept between runs: one private file an account, written whole, locked.

A session cookie is a bearer secret, like a password that ends by itself.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from massar_cli.codes import account_key
from massar_cli.errors import PortalUnavailable
from massar_cli.files import (
    PRIVATE_FILE,
    locked,
    make_private_folder,
    remove_unfinished,
    write_whole,
)
from massar_cli.language import translate as _
from massar_cli.records import Student

_VERSION = 1
_LOCK_SECONDS = 60
_HEADER_TEXT = re.compile(r"[\x20-\x3a\x3c-\x7e]*")
_LATEST = 2**40
_COOKIE_KEYS = {"name": str, "value": str, "domain": str, "path": str, "secure": bool}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSession:
    """The cookies of a signed-in conversation, and whose it is."""

    cookies: list[dict[str, Any]] = field(repr=False)
    student: Student | None


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
            return _session(json.loads(self.path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def save(self, session: KeptSession) -> None:
        """Keep a session; raises OSError where it cannot be written."""
        student = session.student
        data = {
            "version": _VERSION,
            "student": {"code": student.code, "name": student.name} if student else None,
            "cookies": session.cookies,
        }
        make_private_folder(self.path.parent)
        content = json.dumps(data).encode()
        write_whole(self.path, lambda stream: stream.write(content), mode=PRIVATE_FILE)

    def delete(self) -> None:
        """Remove the kept session."""
        self.path.unlink(missing_ok=True)

    def remove_traces(self) -> None:
        """Remove the kept session and the lock's file."""
        if not self.path.exists() and not self.path.with_suffix(".lock").exists():
            remove_unfinished(self.path)
            return
        with self.lock():
            self.delete()
            remove_unfinished(self.path)
            with suppress(OSError):  # some systems keep an open file
                self.path.with_suffix(".lock").unlink()

    @contextmanager
    def lock(self, seconds: float = _LOCK_SECONDS) -> Iterator[None]:
        """Hold the account's lock, so that two runs never sign in at once.

        A lock whose process has died is free. Raises PortalUnavailable when another run holds it
        for longer than `seconds`.
        """
        from filelock import Timeout

        make_private_folder(self.path.parent)
        try:
            with locked(self.path.with_suffix(".lock"), seconds):
                yield
        except Timeout as error:
            raise PortalUnavailable(
                _("Another massar is still signing in to this account."),
                hint=_("Wait until it ends, then try again."),
            ) from error


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
    for cookie in cookies:
        if not all(isinstance(cookie[key], kind) for key, kind in _COOKIE_KEYS.items()):
            raise TypeError
        # What no header can carry would make every later run fail.
        if not all(_HEADER_TEXT.fullmatch(cookie[key]) for key in ("name", "value", "path")):
            raise ValueError
        if not (cookie["expires"] is None or 0 <= cookie["expires"] <= _LATEST):
            raise ValueError
    kept = data["student"]
    student = Student(code=_text(kept["code"]), name=_text(kept["name"])) if kept else None
    return KeptSession(cookies=cookies, student=student)


def _text(value: object) -> str | None:
    if not isinstance(value, str | None):
        raise TypeError
    (value or "").encode()  # ValueError for what no output can carry
    return value
