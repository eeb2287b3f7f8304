"""The server's memory of who is signed in, who owes a code, and who asked for which language."""

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from massar_cli.practice.students import PracticeStudent


@dataclass(slots=True, eq=False)
class SignIn:
    """One signed-in session: either of its two secrets alone is enough to be known by."""

    account: PracticeStudent
    student: PracticeStudent
    """Who is looked at: the account's own pupil, or the child that was chosen last."""
    auth: str
    id_token: str
    last_seen: datetime


@dataclass(slots=True, eq=False)
class _HalfWay:
    student: PracticeStudent
    started: datetime


class SessionStore:
    """Sessions in memory, behind one lock; a restart would lose them all."""

    def __init__(self, idle_limit: timedelta) -> None:
        self._idle_limit = idle_limit
        self._lock = Lock()
        self._signed_in: dict[str, SignIn] = {}
        self._half_way: dict[str, _HalfWay] = {}
        self._languages: dict[str, str] = {}

    def open(self, student: PracticeStudent, now: datetime) -> SignIn:
        """Start a session; older sessions of the same student live on."""
        first = student.children[0] if student.children else student
        sign_in = SignIn(student, first, secrets.token_hex(48), _id_token(student, now), now)
        with self._lock:
            self._signed_in[sign_in.auth] = sign_in
            self._signed_in[sign_in.id_token] = sign_in
        return sign_in

    def find(self, secret: str | None, now: datetime) -> SignIn | None:
        """Find the session a secret belongs to, unless it sat idle for too long."""
        if secret is None:
            return None
        with self._lock:
            sign_in = self._signed_in.get(secret)
            if sign_in is None:
                return None
            if now - sign_in.last_seen > self._idle_limit:
                self._drop(sign_in)
                return None
            sign_in.last_seen = now
            return sign_in

    def close(self, sign_in: SignIn) -> None:
        """End one session."""
        with self._lock:
            self._drop(sign_in)

    def clear(self) -> None:
        """Forget everything, as a restart of the server does."""
        with self._lock:
            self._signed_in.clear()
            self._half_way.clear()
            self._languages.clear()

    def start_code_step(self, student: PracticeStudent, now: datetime) -> str:
        """Note that a student gave the right password and still owes a code."""
        ticket = secrets.token_hex(32)
        with self._lock:
            self._half_way[ticket] = _HalfWay(student, now)
        return ticket

    def owing_code(self, ticket: str | None, now: datetime) -> PracticeStudent | None:
        """Find the student who owes a code, if the ticket is known and fresh."""
        if ticket is None:
            return None
        with self._lock:
            half_way = self._half_way.get(ticket)
            if half_way is None or now - half_way.started > self._idle_limit:
                return None
            return half_way.student

    def end_code_step(self, ticket: str) -> None:
        """Forget a code step that was passed."""
        with self._lock:
            self._half_way.pop(ticket, None)

    def remember_language(self, session_id: str | None, language: str) -> str:
        """Keep a language for a browser session and return that session's id."""
        with self._lock:
            if session_id is None or session_id not in self._languages:
                session_id = secrets.token_hex(12)
            self._languages[session_id] = language
            return session_id

    def language(self, session_id: str | None) -> str | None:
        """Look up the language chosen in a browser session, if any was."""
        if session_id is None:
            return None
        with self._lock:
            return self._languages.get(session_id)

    def _drop(self, sign_in: SignIn) -> None:
        self._signed_in.pop(sign_in.auth, None)
        self._signed_in.pop(sign_in.id_token, None)


def _id_token(student: PracticeStudent, now: datetime) -> str:
    """Make a string shaped as the portal's `idToken`, signed with noise that nobody checks."""
    header = {"alg": "RS256", "kid": "practice", "typ": "JWT"}
    claims = {"iss": "practice", "sub": student.code, "iat": int(now.timestamp())}
    parts = [json.dumps(part).encode("utf-8") for part in (header, claims)]
    parts.append(secrets.token_bytes(256))
    return ".".join(urlsafe_b64encode(part).decode("ascii").rstrip("=") for part in parts)
