"""The practice portal itself: a WSGI application that stands in for the Massar pupils' portal.

It is built from what published programs and one saved page say of the portal, and shares nothing
with the code that reads it. What is invented says so in the templates.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from massar_cli.practice.account import AccountPages
from massar_cli.practice.clock import running_clock
from massar_cli.practice.editions import EDITIONS, IDENTITY_COOKIE, MOUNT
from massar_cli.practice.fault_answers import FaultAnswers
from massar_cli.practice.faults import FAULTS, FaultPlan
from massar_cli.practice.file_pages import FilePages
from massar_cli.practice.forms import Forms
from massar_cli.practice.journal import Exchange
from massar_cli.practice.pages import Pages
from massar_cli.practice.pupil import PupilPages
from massar_cli.practice.routes import Routes, method_of
from massar_cli.practice.services import ServicePages
from massar_cli.practice.sessions import SessionStore
from massar_cli.practice.tokens import AntiForgery
from massar_cli.practice.visit import (
    LANGUAGES,
    Visit,
    find_language,
    find_sign_in,
)
from massar_cli.practice.wire import ENVIRON_KEY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class PracticePortal:
    """The portal, mounted at `/moutamadris`; every address outside it is unknown.

    `faults` are written as `faults.parse_fault` reads them; a bad one is a ValueError.
    """

    def __init__(
        self,
        edition: str = "2018",
        language: str = "ar",
        now: Callable[[], datetime] | None = None,
        session_minutes: int = 20,
        captcha: bool = False,
        exam_headings: str = "known",
        faults: Iterable[str] = (),
        ignores_choice_of_child: bool = False,
    ) -> None:
        if edition not in EDITIONS:
            raise ValueError(f"edition must be one of {', '.join(EDITIONS)}, not {edition!r}")
        if language not in LANGUAGES:
            raise ValueError(f"language must be ar or fr, not {language!r}")
        if exam_headings not in ("known", "obscure"):
            raise ValueError(f"exam_headings must be known or obscure, not {exam_headings!r}")
        self.journal: list[Exchange] = []
        self._journal_lock = Lock()
        self._edition = EDITIONS[edition]
        self._language = language
        self._now = now or running_clock()
        self._sessions = SessionStore(timedelta(minutes=session_minutes))
        self._tokens = AntiForgery(core=self._edition.core)
        self._pages = Pages()
        forms = Forms(self._pages, self._tokens)
        account = AccountPages(self._pages, self._sessions, forms, captcha=captcha)
        pupil = PupilPages(
            self._pages,
            obscure_exam_headings=exam_headings == "obscure",
            ignores_choice=ignores_choice_of_child,
        )
        self._routes = Routes(
            self._edition,
            account,
            pupil,
            ServicePages(self._pages, forms),
            FilePages(self._pages, account.login_form),
        )
        self._plan = FaultPlan(faults)
        self._fault_answers = FaultAnswers(
            self._pages, self._sessions, account, pupil, self._answer
        )

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        request.max_form_memory_size = None
        now = self._now()
        visit = Visit(
            request=request,
            edition=self._edition,
            now=now,
            language=find_language(request, self._edition, self._sessions, self._language),
            sign_in=find_sign_in(request, self._edition, self._sessions, now),
        )
        response = self._answer_or_fail(visit, environ)
        if visit.sign_in is None and IDENTITY_COOKIE in request.cookies:
            _take_back_id_token(response)
        self._note(visit, response.status_code)
        return response(environ, start_response)

    @property
    def refuses_connections(self) -> bool:
        """Whether a fault wants nobody to connect any more."""
        return self._plan.refuses_connections

    def expire_sessions(self) -> None:
        """Forget every session, as a restart of the server does."""
        self._sessions.clear()

    def expire_tokens(self) -> None:
        """Make every anti-forgery token issued so far stale."""
        self._tokens.forget()

    def _answer_or_fail(self, visit: Visit, environ: "WSGIEnvironment") -> Response:
        fault = visit.fault = self._plan.strike(
            visit.request.method,
            visit.route.removeprefix(MOUNT),
            student_code=None if visit.student is None else visit.student.code,
        )
        if fault is None:
            return self._answer(visit)
        if not FAULTS[fault].is_wire:
            return self._fault_answers.answer(fault, visit)
        if ENVIRON_KEY not in environ:
            raise RuntimeError(f"{fault} needs a real connection: use PracticeServer")
        environ[ENVIRON_KEY] = fault
        return self._answer(visit)

    def _answer(self, visit: Visit) -> Response:
        methods = self._routes.methods(visit)
        if methods is None:
            return self._pages.error(visit, 404, "not-found")
        handler = methods.get(method_of(visit))
        if handler is None:
            response = self._pages.error(visit, 405, "method")
            response.headers["Allow"] = ", ".join(methods)
            return response
        return handler(visit)

    def _note(self, visit: Visit, status: int) -> None:
        request = visit.request
        exchange = Exchange(
            method=request.method,
            path=visit.address,
            status=status,
            user_agent=request.headers.get("User-Agent", ""),
            xhr=visit.is_xhr,
            form_fields=tuple(request.form),
            fault=visit.fault,
            changes_something=self._routes.asks_for_change(visit),
        )
        with self._journal_lock:
            self.journal.append(exchange)


def _take_back_id_token(response: Response) -> None:
    """Delete a token that is bad or has run out, unless the answer brings a new one."""
    cookies = response.headers.getlist("Set-Cookie")
    if not any(cookie.startswith(f"{IDENTITY_COOKIE}=") for cookie in cookies):
        response.delete_cookie(IDENTITY_COOKIE)
