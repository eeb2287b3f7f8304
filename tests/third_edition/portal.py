"""A third edition of the school portal, as a WSGI application.

It is written from what is publicly known of the portal alone. It shares nothing with the
client nor with the practice portal: no code, no words, no pages. Where nothing is known
(absences, homework, timetable, tests, messages, documents, orientation) it invents
addresses, labels and markup, as another developer might have done.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from . import spelling
from .menu import MENU, TILES, Entry, Group
from .truth import (
    ACADEMY,
    ACCOUNTS,
    CASABLANCA,
    CURRENT_YEAR,
    DIRECTORATE,
    GUARDIAN_PHONE,
    Account,
    Language,
    Pupil,
    ReportCard,
    Service,
    StoredFile,
    SubjectMarks,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

BASE = "/moutamadris"
FORM_TOKEN = "__RequestVerificationToken"
TOKEN_COOKIE = "__RequestVerificationToken_L21vdXRhbWFkcmlz0"
SESSION_COOKIE = "idToken"
CULTURE_COOKIE = ".AspNetCore.Culture"
GRID_ROWS = 5
DEFAULT_NOW = datetime(2027, 3, 16, 10, 0, tzinfo=CASABLANCA)

# Asking for any of these changes something, even with GET. Anything else is changed by POST.
CHANGING_LINKS = (
    "account/logoff",
    "pedagogie/daftarnoussous/munjaz",
    "services/wathaiq/demander",
    "tawassol/barid/archiver",
    "tawassol/barid/toutlu",
    "tawjiheleve/ikhtiyarat/hadf",
)
HARMLESS_POSTS = ("account", "general/setculture", "tuteureleves/getbulletins")


class Call(NamedTuple):
    """One request that reached the portal."""

    method: str
    path: str
    form_fields: tuple[str, ...]


@dataclass
class Session:
    """Who is signed in, and the child whose pages are shown."""

    account: Account
    pupil: Pupil


@dataclass(frozen=True)
class Visit:
    """One signed-in request."""

    request: Request
    session: Session
    language: Language
    now: datetime

    @property
    def pupil(self) -> Pupil:
        return self.session.pupil

    def number(self, name: str, otherwise: int) -> int:
        word = self.request.values.get(name, "")
        return int(word) if word.isascii() and word.isdigit() else otherwise


@dataclass(frozen=True)
class Page:
    """A page of the signed-in space: its template, its service and what it is filled with."""

    template: str
    service: Service | None
    fill: Callable[[Visit], dict[str, Any]] = field(default=lambda _visit: {})


class ThirdEdition:
    """The portal. Its journal keeps all requests, its touched list what would change a thing."""

    def __init__(
        self, language: Language = "ar", now: Callable[[], datetime] | None = None
    ) -> None:
        self.language: Language = language
        self.now = now or (lambda: DEFAULT_NOW)
        self.journal: list[Call] = []
        self.touched: list[str] = []
        self._tokens: dict[str, set[str]] = {}
        self._sessions: dict[str, Session] = {}
        self._templates = _templates()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self.answer(Request(environ))(environ, start_response)

    def end_sessions(self) -> None:
        """Forget all sessions, as a restart of the server would."""
        self._sessions.clear()

    def answer(self, request: Request) -> Response:
        """Note the request, then answer it."""
        path = request.full_path.removesuffix("?")
        self.journal.append(Call(request.method, path, (*request.form, *request.files)))
        place = _place(request.path)
        if place is None:
            return Response("Not found", 404)
        if _changes(request, place):
            return self._changed(request, place)
        public = {"account": self._account, "general/setculture": self._culture}.get(place)
        if public:
            return public(request)
        if place == "motpassoublieeleve":
            return self._simple(request, 200, "forgotten.html")
        return self._signed_in(request, place)

    # What would change something.

    def _changed(self, request: Request, place: str) -> Response:
        self.touched.append(f"{request.method} {request.path}")
        if place != "account/logoff":
            return redirect(f"{BASE}/General/Home")
        self._sessions.pop(request.cookies.get(SESSION_COOKIE, ""), None)
        response = redirect(f"{BASE}/Account")
        response.delete_cookie(SESSION_COOKIE, path="/")
        return response

    # Signing in, and the language.

    def _account(self, request: Request) -> Response:
        if request.method != "POST":
            return self._form(request)
        cookie, token = request.cookies.get(TOKEN_COOKIE, ""), request.form.get(FORM_TOKEN, "")
        if token not in self._tokens.get(cookie, ()):
            return self._simple(request, 500, "error.html")
        self._tokens[cookie].discard(token)
        account = _account_with(request.form.get("UserName", ""), request.form.get("Password", ""))
        return self._welcomed(account) if account else self._form(request, refused=True)

    def _welcomed(self, account: Account) -> Response:
        key = secrets.token_urlsafe(24)
        self._sessions[key] = Session(account, account.pupils[0])
        response = redirect(f"{BASE}/{account.landing}")
        response.set_cookie(SESSION_COOKIE, key, path="/", httponly=True)
        return response

    def _form(self, request: Request, *, refused: bool = False) -> Response:
        cookie = request.cookies.get(TOKEN_COOKIE, "")
        if cookie not in self._tokens:
            cookie = secrets.token_urlsafe(24)
        token = secrets.token_urlsafe(32)
        self._tokens.setdefault(cookie, set()).add(token)
        user = request.form.get("UserName", "")
        response = self._simple(
            request, 200, "sign_in.html", token=token, refused=refused, user_name=user
        )
        response.set_cookie(TOKEN_COOKIE, cookie, path="/", httponly=True)
        return response

    def _culture(self, request: Request) -> Response:
        culture = "ar-MA" if request.values.get("culture", "ar") == "ar" else "fr-FR"
        response = redirect(_back(request))
        response.set_cookie(CULTURE_COOKIE, quote(f"c={culture}|uic={culture}"), path="/")
        return response

    def _language_of(self, request: Request) -> Language:
        cookie = unquote(request.cookies.get(CULTURE_COOKIE, ""))
        if "uic=fr" in cookie or "uic=en" in cookie:
            return "fr"
        return "ar" if "uic=ar" in cookie else self.language

    # Pages for those who are signed in.

    def _signed_in(self, request: Request, place: str) -> Response:
        session = self._sessions.get(request.cookies.get(SESSION_COOKIE, ""))
        if session is None:
            return _session_gone(request)
        if not place:
            return redirect(f"{BASE}/General/Home")
        visit = Visit(request, session, self._language_of(request), self.now())
        if place in {"general/home", "dashboard"} and not _choose_child(visit):
            return self._simple(request, 403, "error.html")
        if place == "tuteureleves/getbulletins":
            return self._bulletin(visit)
        if place.startswith(("pedagogie/daftarnoussous/murfaq", "services/wathaiq/tahmil")):
            return self._download(visit, place)
        return self._page(visit, place)

    def _page(self, visit: Visit, place: str) -> Response:
        page = PAGES.get(place)
        if page is None:
            return self._simple(visit.request, 404, "error.html")
        if page.service and page.service not in visit.pupil.services:
            return self._simple(visit.request, 403, "error.html")
        return _html(self._render(visit, page.template, **page.fill(visit)))

    def _bulletin(self, visit: Visit) -> Response:
        year, number = visit.number("Annee", 0), visit.number("IdSession", 0)
        card = visit.pupil.report_card(year, number) or ReportCard(year, number, (), None)
        page = self._render(visit, "bulletin.html", card=card, blocks=_blocks(card))
        return Response(page, content_type="text/html")

    def _download(self, visit: Visit, place: str) -> Response:
        wanted = place.rpartition("/")[2] if "tahmil" in place else str(visit.number("id", 0))
        for stored in _files(visit.pupil, documents="tahmil" in place):
            if str(stored.number) == wanted:
                name = f"attachment; filename*=UTF-8''{quote(stored.name)}"
                headers = {"Content-Disposition": name}
                return Response(stored.content, headers=headers, mimetype=stored.media_type)
        return self._simple(visit.request, 404, "error.html")

    def _render(self, visit: Visit, template: str, **values: Any) -> str:
        services = visit.pupil.services
        return self._templates.get_template(template).render(
            **_words(visit.language),
            account=visit.session.account,
            pupil=visit.pupil,
            menu=_menu(services),
            tiles=[entry for entry in TILES if entry.service in services],
            now=visit.now,
            token=secrets.token_urlsafe(32),
            **values,
        )

    def _simple(self, request: Request, status: int, template: str, **values: Any) -> Response:
        words = _words(self._language_of(request))
        page = self._templates.get_template(template).render(**words, status=status, **values)
        return _html(page, status)


# Small parts of the machine.


def _templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    made = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    made.globals.update(base=BASE, spelling=spelling, form_token=FORM_TOKEN)
    return made


def _words(language: Language) -> dict[str, Any]:
    def chosen(arabic: str, french: str) -> str:
        return arabic if language == "ar" else french

    return {"lang": language, "t": chosen}


def _html(page: str, status: int = 200) -> Response:
    return Response(page, status, content_type="text/html; charset=utf-8")


def _place(path: str) -> str | None:
    """Return the address under the base in lower case, as ASP.NET compares it."""
    lowered = path.lower().rstrip("/")
    if lowered == BASE:
        return ""
    return lowered.removeprefix(f"{BASE}/") if lowered.startswith(f"{BASE}/") else None


def _changes(request: Request, place: str) -> bool:
    if place.startswith(CHANGING_LINKS):
        return True
    return request.method not in {"GET", "HEAD"} and place not in HARMLESS_POSTS


def _account_with(user_name: str, password: str) -> Account | None:
    found = (each for each in ACCOUNTS if each.user_name.lower() == user_name.strip().lower())
    account = next(found, None)
    return account if account and account.password == password else None


def _session_gone(request: Request) -> Response:
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return Response("", 401)
    target = quote(request.full_path.removesuffix("?"), safe="")
    return redirect(f"{BASE}/Account?ReturnUrl={target}")


def _back(request: Request) -> str:
    came_from = request.referrer or ""
    own = request.host_url.rstrip("/") + BASE
    return came_from if came_from.startswith(f"{own}/") else f"{BASE}/General/Home"


def _choose_child(visit: Visit) -> bool:
    """Keep the child that the address names; tell whether the account may see it."""
    code = visit.request.args.get("CodeEleve")
    if code is None:
        return True
    pupil = visit.session.account.pupil(code)
    if pupil is not None:
        visit.session.pupil = pupil
    return pupil is not None


def _menu(services: frozenset[Service]) -> list[Group]:
    """Return the menu without the services which this pupil lacks, nor the groups left bare."""
    groups = []
    for group in MENU:
        kept: list[Entry | Group] = []
        for item in group.items:
            if isinstance(item, Group):
                inner = tuple(each for each in item.items if _offered(each, services))
                kept.extend([Group(item.label, item.icon, inner)] if inner else [])
            elif _offered(item, services):
                kept.append(item)
        if kept:
            groups.append(Group(group.label, group.icon, tuple(kept)))
    return groups


def _offered(item: Entry | Group, services: frozenset[Service]) -> bool:
    return isinstance(item, Entry) and item.service in services


def _files(pupil: Pupil, *, documents: bool) -> list[StoredFile]:
    if documents:
        return [each.file for each in pupil.documents]
    return [each.file for each in pupil.homework if each.file]


def _blocks(card: ReportCard) -> list[list[SubjectMarks]]:
    """Return the rows of a card, those of one subject together."""
    blocks: list[list[SubjectMarks]] = []
    for row in card.rows:
        if blocks and row.component and blocks[-1][0].subject == row.subject:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


# What fills each page.


def _absences(visit: Visit) -> dict[str, Any]:
    current = 1 if visit.now.month >= 9 or visit.now.month == 1 else 2
    semester = visit.number("asdous", current)
    rows = [each for each in visit.pupil.absences if each.semester == semester]
    months = sorted({each.day.replace(day=1) for each in rows})
    totals = [
        (
            month,
            sum(each.justified for each in rows if each.day.replace(day=1) == month),
            sum(not each.justified for each in rows if each.day.replace(day=1) == month),
        )
        for month in months
    ]
    return {"rows": rows, "semester": semester, "totals": totals}


def _profile(_visit: Visit) -> dict[str, Any]:
    return {"academy": ACADEMY, "directorate": DIRECTORATE, "phone": GUARDIAN_PHONE}


def _timetable(visit: Visit) -> dict[str, Any]:
    days = sorted({lesson.weekday for lesson in visit.pupil.timetable})
    lessons = visit.pupil.timetable
    return {"days": [(day, [each for each in lessons if each.weekday == day]) for day in days]}


def _tests(visit: Visit) -> dict[str, Any]:
    year = visit.number("sana", CURRENT_YEAR)
    rows = [each for each in visit.pupil.tests if each.year == year]
    pages = max(1, -(-len(rows) // GRID_ROWS))
    page = min(max(1, visit.number("grid-page", 1)), pages)
    shown = rows[(page - 1) * GRID_ROWS : page * GRID_ROWS]
    query = f"sana={year}&" if "sana" in visit.request.args else ""
    return {"year": year, "rows": shown, "page": page, "pages": pages, "query": query}


PAGES: dict[str, Page] = {
    "general/home": Page("home.html", None),
    "dashboard": Page("home.html", None),
    "account/changepassword": Page("change_password.html", None),
    "tuteureleves/getnoteseleve": Page("marks.html", "marks"),
    "tuteureleves/getscolariteeleve": Page("journey.html", "journey"),
    "tuteureleves/getinfoeleve": Page("profile.html", "profile", _profile),
    "viescolaire/mouadaba/kashf": Page("absences.html", "absences", _absences),
    "pedagogie/daftarnoussous/consulter": Page("homework.html", "homework"),
    "pedagogie/tawziezamani/semaine": Page("timetable.html", "timetable", _timetable),
    "pedagogie/furoud/programmation": Page("tests.html", "tests", _tests),
    "tawassol/barid/warid": Page("messages.html", "messages"),
    "tawassol/barid/jadid": Page("new_message.html", "messages"),
    "services/wathaiq/liste": Page("documents.html", "documents"),
    "tawjiheleve/ikhtiyarat": Page("orientation.html", "orientation"),
}
