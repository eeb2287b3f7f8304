"""A portal that refuses, stalls, lies and breaks off: the practice portal with other answers.

Every password and one cookie are canaries: wherever they turn up, they are recognised.
"""

import json
import socket
import struct
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl

from werkzeug.test import Client

from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO, PracticeStudent, by_user_name
from tests.conftest import Done

PASSWORD = "canary-password-5f2c"
COOKIE = "canary-cookie-9b41"
MOUNT = "/moutamadris"
FORM, SIGN_IN, HOME = "GET /Account", "POST /Account", "GET /General/Home"
CARD, JOURNEY = "POST /TuteurEleves/GetBulletins", "GET /TuteurEleves/GetScolariteEleve"
YEARS, PROFILE = "GET /TuteurEleves/GetNotesEleve", "GET /TuteurEleves/GetInfoEleve"
DATA = (CARD, JOURNEY, YEARS, PROFILE)
ONE_CARD = ("grades", "--year", "2023", "--semester", "1", "--json")

Run = Callable[..., Done]
Headers = tuple[tuple[str, str], ...]
_HTML: Headers = (("Content-Type", "text/html; charset=utf-8"),)
_LONGEST_SILENCE = 5.0


class Reply(NamedTuple):
    """An answer in good form; without a length, the end of the connection ends it.

    `announced` is a length that may be a lie.
    """

    body: bytes = b""
    status: int = 200
    headers: Headers = _HTML
    has_length: bool = True
    announced: int | None = None


class Broken(NamedTuple):
    """Bytes as they are, then the connection ends, by a reset if so said."""

    data: bytes = b""
    reset: bool = False


class Drip(NamedTuple):
    """Pieces with a pause before each, until they end or the client has gone."""

    pieces: Iterable[bytes]
    pause: float = 0.02


class Silence:
    """No answer."""


Reaction = Reply | Broken | Drip | Silence


@dataclass(frozen=True)
class Asked:
    """One request; `turn` counts those to the same address, from 1."""

    method: str
    path: str
    query: str
    body: bytes
    headers: Mapping[str, str]
    turn: int
    portal: PracticePortal

    @property
    def fields(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    def real(self) -> Reply:
        """Return the practice portal's own answer, with the canary cookie."""
        answer = Client(self.portal, use_cookies=False).open(
            self.path,
            method=self.method,
            query_string=self.query,
            headers=[(n, v) for n, v in self.headers.items() if n.lower() != "content-length"],
            data=self.body,
        )
        kept = [(n, v) for n, v in answer.headers if n.lower() != "content-length"]
        cookie = ("Set-Cookie", f"canary={COOKIE}; path=/; HttpOnly")
        return Reply(answer.data, answer.status_code, (*kept, cookie))


Rule = Reaction | Callable[[Asked], Reaction | None] | None
Rules = Mapping[str, Rule | Sequence[Rule]]
"""Method and address below the mount, and what to answer there; None is the portal's own answer.

Of a list each goes to one request, the last to every later one.
"""


class HostilePortal(ThreadingHTTPServer):
    """Serves the practice portal, except for what the rules say."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 50

    def __init__(self, rules: Rules, **options: Any) -> None:
        self.rules = dict(rules)
        self.portal = PracticePortal(**options)
        self.asked: list[str] = []
        self.passwords_sent: list[Asked] = []
        self.faults: list[str] = []
        self.must_end = Event()
        self.to_reset: set[Any] = set()
        self._turns: Counter[str] = Counter()
        self._lock = Lock()
        super().__init__(("127.0.0.1", 0), _Handler)
        self._thread = Thread(target=self.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{MOUNT}"

    def settings(self, student: PracticeStudent = DEMO) -> dict[str, str]:
        """Return the environment that signs a student in here."""
        return {"MASSAR_URL": self.url, "MASSAR_CODE": student.code, "MASSAR_PASSWORD": PASSWORD}

    @property
    def posts(self) -> int:
        """How many requests have carried the password, wherever they were sent to here."""
        return len(self.passwords_sent)

    def react(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reaction:
        path, _, query = target.partition("?")
        place = f"{method} {path.removeprefix(MOUNT)}"
        with self._lock:
            self.asked.append(place)
            self._turns[place] += 1
            asked = Asked(method, path, query, body, headers, self._turns[place], self.portal)
            whole = "\n".join((target, *headers.values(), body.decode("latin-1")))
            if PASSWORD in whole:
                self.passwords_sent.append(asked)
        rule = self.rules.get(place)
        if isinstance(rule, list):
            rule = rule[min(asked.turn, len(rule)) - 1]
        reaction = rule(asked) if callable(rule) else rule
        if reaction is None:
            return asked.real()
        assert isinstance(reaction, Reaction)
        return reaction

    def server_bind(self) -> None:
        TCPServer.server_bind(self)  # the class between asks the name service for a name

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exception()
        if not isinstance(error, ConnectionError):
            self.faults.append(f"{request} {client_address}: {error!r}")

    def shutdown_request(self, request: Any) -> None:
        if request in self.to_reset:
            self.to_reset.remove(request)
            request.close()
        else:
            super().shutdown_request(request)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.must_end.set()
        self.shutdown()
        self._thread.join()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 10.0
    server: HostilePortal

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        reaction = self.server.react(self.command, self.path, dict(self.headers.items()), body)
        if isinstance(reaction, Reply):
            self._answer(reaction)
            return
        self.close_connection = True
        if isinstance(reaction, Silence):
            self.server.must_end.wait(_LONGEST_SILENCE)
        elif isinstance(reaction, Drip):
            for piece in reaction.pieces:
                if self.server.must_end.wait(reaction.pause):
                    return
                self.wfile.write(piece)
        else:
            self.wfile.write(reaction.data)
            if reaction.reset:
                self.connection.setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )
                self.server.to_reset.add(self.request)

    def do_POST(self) -> None:
        self.do_GET()

    def _answer(self, reply: Reply) -> None:
        lines = [f"HTTP/1.1 {reply.status} Whatever"]
        lines += [f"{name}: {value}" for name, value in reply.headers]
        if reply.has_length:
            lines.append(f"Content-Length: {reply.announced or len(reply.body)}")
        else:
            lines.append("Connection: close")
        self.close_connection = not reply.has_length or reply.announced is not None
        head = "\r\n".join((*lines, "", "")).encode("latin-1")
        self.wfile.write(head + reply.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base's name)
        """Say nothing."""


def with_canary(user_name: str) -> PracticeStudent | None:
    """Find a practice student, whose password is the canary."""
    student = by_user_name(user_name)
    return student and replace(student, password=PASSWORD)


def redirect(location: str, status: int = 302) -> Reply:
    return Reply(b"", status, (("Location", location),))


def page(content: str, *, status: int = 200) -> Reply:
    return Reply(f"<html><body>{content}</body></html>".encode(), status)


def sign_in_page(*, reason: str = "", inside: str = "", action: str = f"{MOUNT}/Account") -> str:
    """Return a sign-in form with the reason of a refusal."""
    told = f'<div class="validation-summary-errors"><ul><li>{reason}</li></ul></div>'
    return (
        f'<form action="{action}" method="post">{told if reason else ""}'
        '<input name="__RequestVerificationToken" type="hidden" value="t" />'
        f'<input name="UserName" type="text" /><input name="Password" type="password" />{inside}'
        "</form>"
    )


def failed(done: Done, code: int) -> dict[str, Any]:
    """Return the JSON error of a run that had to fail so, with nothing on standard output."""
    assert done.code == code, done.err
    assert done.out == ""
    assert "Traceback" not in done.err
    error: dict[str, Any] = json.loads(done.err.splitlines()[-1])["error"]
    assert error["exit_code"] == code
    return error


def assert_no_secret(home: Path, *texts: str) -> None:
    """Look for the canaries: the cookie belongs in the session file alone, the password nowhere."""
    for text in texts:
        assert PASSWORD not in text
        assert COOKIE not in text
    for file in home.rglob("*"):
        if not file.is_file():
            continue
        content = file.read_bytes()
        assert PASSWORD.encode() not in content, file
        assert COOKIE.encode() not in content or file.match("session-*.json"), file
