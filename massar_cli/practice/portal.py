"""The practice portal itself: a WSGI application that stands in for the Massar pupils' portal.

It is built from what published programs and one saved page say of the portal, and shares nothing
with the code that reads it. What is invented says so in the templates.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from massar_cli.practice.account import CHANGE_PASSWORD, AccountPages
from massar_cli.practice.addresses import FILES, POSTED_CHOICES, SERVICES, WRITES
from massar_cli.practice.clock import running_clock
from massar_cli.practice.editions import EDITIONS, IDENTITY_COOKIE, MOUNT
from massar_cli.practice.fault_answers import FaultAnswers
from massar_cli.practice.faults import FAULTS, FaultPlan
from massar_cli.practice.file_pages import FilePages
from massar_cli.practice.forms import Forms
from massar_cli.practice.journal import Exchange
from massar_cli.practice.pages import Pages
from massar_cli.practice.pupil import PupilPages
from massar_cli.practice.services import ServicePages, offered
from massar_cli.practice.sessions import SessionStore
from massar_cli.practice.tokens import AntiForgery
from massar_cli.practice.visit import (
    LANGUAGES,
    Handler,
    Visit,
    find_language,
    find_sign_in,
    redirect,
    to_login,
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
        self._forms = Forms(self._pages, self._tokens)
        account = AccountPages(self._pages, self._sessions, self._forms, captcha=captcha)
        pupil = PupilPages(
            self._pages,
            obscure_exam_headings=exam_headings == "obscure",
            ignores_choice=ignores_choice_of_child,
        )
        # ASP.NET does not tell capital letters from small ones in addresses.
        self._routes = {
            f"{MOUNT}{path}".lower(): methods
            for path, methods in (
                *self._known_routes(account, pupil).items(),
                *self._invented_routes(account, pupil).items(),
            )
        }
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

    def _known_routes(
        self, account: AccountPages, pupil: PupilPages
    ) -> dict[str, dict[str, Handler]]:
        signed_in = self._signed_in
        notes = signed_in(pupil.report_card)
        ignore = signed_in(pupil.ignore_update)
        sign_in: dict[str, Handler] = {"GET": account.login_form, "POST": account.login}
        routes: dict[str, dict[str, Handler]] = {
            "": {"GET": account.front_door},
            "/Account": sign_in,
            "/Account/VerifyCode": {"GET": account.code_form, "POST": account.verify_code},
            "/Account/ChangePassword": {
                "GET": account.password_form,
                "POST": account.change_password,
            },
            "/Account/LogOff": {"GET": account.log_off},
            "/General/SetCulture": {"GET": account.set_culture, "POST": account.set_culture},
            "/General/Home": {"GET": signed_in(pupil.choose_child)},
            "/Dashboard": {"GET": signed_in(pupil.landing)},
            "/TuteurEleves/GetNotesEleve": {"GET": signed_in(pupil.marks_page)},
            "/TuteurEleves/GetBulletins": {"GET": notes, "POST": notes},
            "/TuteurEleves/GetScolariteEleve": {"GET": signed_in(pupil.school_path)},
            "/TuteurEleves/GetInfoEleve": {"GET": signed_in(pupil.profile)},
            "/TuteurEleves/UpdateEmailPerso": {"POST": ignore},
            "/TuteurEleves/ResetMFA": {"POST": ignore},
            "/DefaultCaptcha/Generate": {"GET": account.captcha_image},
        }
        if self._edition.core:
            routes["/Account/Login"] = sign_in
        return routes

    def _invented_routes(
        self, account: AccountPages, pupil: PupilPages
    ) -> dict[str, dict[str, Handler]]:
        name = self._edition.name
        services = ServicePages(self._pages, self._forms)
        routes: dict[str, dict[str, Handler]] = {}
        for page, path in SERVICES[name].items():
            answer = self._signed_in(offered(services.handlers[page]))
            routes[path] = {"GET": answer}
            if (name, page) in POSTED_CHOICES:
                routes[path]["POST"] = answer
        for method, path in WRITES[name]:
            routes[path] = {method: self._signed_in(offered(pupil.ignore_update))}
        files = FilePages(self._pages, account.login_form)
        routes[FILES[name]] = {"GET": files.send}
        return routes

    def _signed_in(self, handler: Handler) -> Handler:
        def guarded(visit: Visit) -> Response:
            if visit.account is None:
                return to_login(visit)
            if visit.account.owes_password:
                return redirect(CHANGE_PASSWORD)
            return handler(visit)

        return guarded

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
        files = f"{MOUNT}{FILES[self._edition.name]}".lower()
        # A file's name may stand at the end of its address.
        is_file = self._edition.core and visit.route.startswith(f"{files}/")
        methods = self._routes.get(files if is_file else visit.route)
        if methods is None:
            return self._pages.error(visit, 404, "not-found")
        method = "GET" if visit.request.method == "HEAD" else visit.request.method
        handler = methods.get(method)
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
            changes_something=visit.changes_something,
        )
        with self._journal_lock:
            self.journal.append(exchange)


def _take_back_id_token(response: Response) -> None:
    """Delete a token that is bad or has run out, unless the answer brings a new one."""
    cookies = response.headers.getlist("Set-Cookie")
    if not any(cookie.startswith(f"{IDENTITY_COOKIE}=") for cookie in cookies):
        response.delete_cookie(IDENTITY_COOKIE)
