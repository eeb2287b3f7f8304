"""What the practice portal answers when a fault of content strikes."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from werkzeug.wrappers import Response

from massar_cli.practice.account import AccountPages
from massar_cli.practice.editions import MOUNT
from massar_cli.practice.pages import Pages
from massar_cli.practice.pupil import PupilPages
from massar_cli.practice.sessions import SessionStore
from massar_cli.practice.students import DEMO, STUDENTS, PracticeStudent
from massar_cli.practice.visit import Handler, Visit, redirect, to_login

_RETRY_AFTER = "1"
_BOMB_BYTES = 32 * 1024 * 1024
# Status, reason and whether the server says when to come again.
_STATUSES = {
    "blocked": (403, "Forbidden", False),
    "too-many": (429, "Too Many Requests", False),
    "too-many-wait": (429, "Too Many Requests", True),
    "busy": (503, "Service Unavailable", False),
    "busy-wait": (503, "Service Unavailable", True),
}
_REDIRECTS = {
    "redirect-elsewhere": "https://massar.example/",
    "redirect-http": f"http://massarservice.men.gov.ma{MOUNT}/Account",
}
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


_ACCOUNTS: dict[str, Callable[[PracticeStudent], PracticeStudent]] = {
    "wrong-password": lambda student: replace(student, refusal="refused"),
    "locked": lambda student: replace(student, refusal="locked"),
    "activation": lambda student: replace(student, refusal="activation"),
    "code-step": lambda student: replace(student, step_code="135790"),
    "new-password": lambda student: replace(student, change_password="demanded"),  # noqa: S106
}


class FaultAnswers:
    """The answers to a visit that a fault strikes; `real` answers it as if there were none."""

    def __init__(
        self,
        pages: Pages,
        sessions: SessionStore,
        account: AccountPages,
        pupil: PupilPages,
        real: Handler,
    ) -> None:
        self._pages = pages
        self._sessions = sessions
        self._account = account
        self._pupil = pupil
        self._real = real
        self._own: dict[str, Handler] = {
            "captcha": self._captcha,
            "maintenance": lambda visit: pages.page(visit, "maintenance.html"),
            "error": lambda visit: pages.error(visit, 500, "server"),
            "bomb": lambda _visit: _bomb(),
            "wrong-charset": lambda visit: _in_windows_1256(real(visit)),
            "empty": lambda _visit: Response(mimetype="text/html"),
            "json": lambda _visit: Response('{"success":false}', mimetype="application/json"),
            "pdf": lambda _visit: Response(_PDF, mimetype="application/pdf"),
            "redirect-loop": lambda visit: redirect(visit.address),
            "sign-in-page": account.login_form,
            "session-lost": self._lose_session,
            "another-student": self._another_student,
            "generic-error": lambda visit: pages.page(visit, "generic_error.html"),
        }

    def answer(self, name: str, visit: Visit) -> Response:
        """Answer a visit that the fault `name` strikes."""
        if name in _ACCOUNTS:
            return self._account.login(visit, _ACCOUNTS[name])
        if name in _STATUSES:
            return self._status(visit, *_STATUSES[name])
        if name in _REDIRECTS:
            return redirect(_REDIRECTS[name])
        return self._own[name](visit)

    def _status(self, visit: Visit, status: int, reason: str, has_wait: bool) -> Response:
        response = self._pages.page(visit, "status.html", status=status, reason=reason)
        response.status_code = status
        if has_wait:
            response.headers["Retry-After"] = _RETRY_AFTER
        return response

    def _captcha(self, visit: Visit) -> Response:
        with_captcha = self._account.with_captcha()
        if visit.request.path.lower().endswith("/generate"):
            return with_captcha.captcha_image(visit)
        posted = visit.request.method == "POST"
        return with_captcha.login(visit) if posted else with_captcha.login_form(visit)

    def _lose_session(self, visit: Visit) -> Response:
        if visit.sign_in is not None:
            self._sessions.close(visit.sign_in)
            visit.sign_in = None
        return to_login(visit)

    def _another_student(self, visit: Visit) -> Response:
        if visit.sign_in is None:
            return to_login(visit)
        another = DEMO if visit.sign_in.student.code != DEMO.code else STUDENTS[1]
        mixed_up = replace(visit, sign_in=replace(visit.sign_in, student=another))
        return self._pupil.profile(mixed_up)


@cache
def _packed_bomb() -> bytes:
    return gzip.compress(b" " * _BOMB_BYTES, mtime=0)


def _bomb() -> Response:
    response = Response(_packed_bomb(), mimetype="text/html")
    response.headers["Content-Encoding"] = "gzip"
    return response


def _in_windows_1256(response: Response) -> Response:
    """Write an answer's text in the old Arabic character set, and leave its header as it is."""
    response.data = response.get_data(as_text=True).encode("cp1256", "replace")
    return response
