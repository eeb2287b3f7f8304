"""Practice portals that lose a session or a choice, and ones whose pages look different."""

import io
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from massar_cli.practice.addresses import FILES
from massar_cli.practice.editions import MOUNT
from massar_cli.practice.life.files import PDF
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import STUDENTS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PARENT = next(one for one in STUDENTS if one.children)
FIRST, SECOND, THIRD = PARENT.children
HOME = "/moutamadris/General/Home"
OTHER_HOME = "/moutamadris/Dashboard"
DETAILS = "/moutamadris/TuteurEleves/GetInfoEleve"
CARD = "/moutamadris/TuteurEleves/GetBulletins"
PATH = "/moutamadris/TuteurEleves/GetScolariteEleve"
FILE_PATHS = tuple(MOUNT + path for path in FILES.values())
OF_ANOTHER_CHILD = b"%PDF-1.4 of another child " * 5000
LARGE_FILE = b"%PDF-1.4 a large one " + bytes(range(256)) * 800
_BUTTON = re.compile(r"<button[^>]*btnEleve[^>]*data-code=\"(\w+)\"[^>]*>.*?</button>", re.DOTALL)


def answer_of(
    application: "WSGIApplication", environ: "WSGIEnvironment"
) -> tuple[str, list[tuple[str, str]], bytes]:
    """Return an answer's status, its headers without the length, and its body."""
    begun: list[Any] = []

    def start(*answer: Any) -> Callable[[bytes], object]:
        begun.append(answer)
        return lambda _body: None

    body = b"".join(application(environ, start))
    headers = [(name, value) for name, value in begun[0][1] if name.lower() != "content-length"]
    return begun[0][0], headers, body


class BeforeAnswering(PracticePortal):
    """Calls `happen` before it answers the request for `path` that comes as the `number`th."""

    def __init__(
        self,
        path: str,
        number: int,
        happen: "Callable[[BeforeAnswering, WSGIEnvironment], object]",
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._path = path
        self._number = number
        self._happen = happen

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"] == self._path:
            self._number -= 1
            if self._number == 0:
                self._happen(self, environ)
        return super().__call__(environ, start_response)

    def choose_first(self, environ: "WSGIEnvironment") -> None:
        """Show the first child again in the session of a request, as if its choice were lost."""
        query = urlencode({"CodeEleve": FIRST.code})
        other = {
            **environ,
            "REQUEST_METHOD": "GET",
            "PATH_INFO": HOME,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": "0",  # what the request sends is left to its own answer
            "wsgi.input": io.BytesIO(),
        }
        answer_of(super().__call__, other)


class LosingBoth(BeforeAnswering):
    """Loses the chosen child before the first report card, and the session at another moment.

    That is before the `number`th request for `path`.
    """

    def __init__(self, path: str, number: int, **options: Any) -> None:
        super().__init__(path, number, lambda portal, _environ: portal.expire_sessions(), **options)
        self._has_lost_choice = False

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"] == CARD and not self._has_lost_choice:
            self._has_lost_choice = True
            self.choose_first(environ)
        return super().__call__(environ, start_response)


class MixingFiles(BeforeAnswering):
    """Loses the chosen child before the `number`th file; from then on files are the first child's.

    Whatever file is asked for, another child's comes, of a known version and, with `breaks_off`,
    not whole. With `dies` the session is gone too when the second check comes.
    """

    def __init__(
        self, number: int, *, breaks_off: bool = False, dies: bool = False, **options: Any
    ) -> None:
        super().__init__(
            DETAILS, 2 if dies else 0, lambda portal, _environ: portal.expire_sessions(), **options
        )
        self._files_left = number
        self._breaks_off = breaks_off

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith(FILE_PATHS):
            return super().__call__(environ, start_response)
        self._files_left -= 1
        if self._files_left == 0:
            self.choose_first(environ)
        status, headers, body = answer_of(super().__call__, environ)
        length = len(body)
        if status.startswith("404"):
            status, body = "200 OK", OF_ANOTHER_CHILD
            length = len(body) + (1000 if self._breaks_off else 0)
            headers = [("Content-Type", PDF), ("ETag", '"1"'), ("Accept-Ranges", "bytes")]
        start_response(status, [*headers, ("Content-Length", str(length))])
        return [body]


class BreakingOff(PracticePortal):
    """Gives one large file: the first half, then a failure twice, and then the rest."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._turn = 0

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        wanted = environ.pop("HTTP_RANGE", None)
        status, headers, body = answer_of(super().__call__, environ)
        length = len(body)
        if any(name == "ETag" for name, _value in headers):  # one of its files alone has that
            self._turn += 1
            half, length = LARGE_FILE[: len(LARGE_FILE) // 2], len(LARGE_FILE)
            body = half
            if wanted == f"bytes={len(half)}-":
                place = f"bytes {len(half)}-{length - 1}/{length}"
                status, headers = "206 Partial Content", [*headers, ("Content-Range", place)]
                body = LARGE_FILE[len(half) :]
                length = len(body)
            if self._turn in (2, 3):
                status, headers, body, length = "503 Service Unavailable", [], b"", 0
        start_response(status, [*headers, ("Content-Length", str(length))])
        return [body]


class Redrawn(PracticePortal):
    """Shows a parent's buttons as `redraw` says, given a button's code and HTML."""

    def __init__(self, redraw: Callable[[str, str], str], **options: Any) -> None:
        super().__init__(**options)
        self._redraw = redraw

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        status, headers, body = answer_of(super().__call__, environ)
        if b"btnEleve" in body:
            page = body.decode()
            body = _BUTTON.sub(lambda match: self._redraw(match[1], match[0]), page).encode()
        start_response(status, [*headers, ("Content-Length", str(len(body)))])
        return [body]


class WithoutHome(PracticePortal):
    """Has its first page under the other name alone."""

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"] == HOME:
            start_response("404 Not Found", [("Content-Type", "text/html")])
            return [b"<html><body>gone</body></html>"]
        path = HOME if environ["PATH_INFO"] == OTHER_HOME else environ["PATH_INFO"]
        return super().__call__({**environ, "PATH_INFO": path}, start_response)


class Moved(PracticePortal):
    """The same application under the name of the parents' own."""

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        path = environ["PATH_INFO"].replace("/waliye", "/moutamadris", 1)
        status, headers, body = answer_of(super().__call__, {**environ, "PATH_INFO": path})
        body = body.replace(b"/moutamadris", b"/waliye")
        moved = [(name, value.replace("/moutamadris", "/waliye")) for name, value in headers]
        start_response(status, [*moved, ("Content-Length", str(len(body)))])
        return [body]


COMMANDS = {
    "grades": ("grades", "--year", "2025", "--semester", "1"),
    "summary": ("grades", "--year", "2025", "--semester", "1", "--summary"),
    **{
        name: (name,)
        for name in (
            *("journey", "profile", "absences", "homework", "timetable", "exams"),
            *("messages", "documents", "orientation", "pages"),
        )
    },
}
"""Every command that prints records of a student."""
