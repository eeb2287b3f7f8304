"""One request, and what the portal knows of the one who makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from werkzeug.wrappers import Request, Response

from massar_cli.practice.editions import (
    CULTURE_COOKIE,
    IDENTITY_COOKIE,
    MOUNT,
    Edition,
)
from massar_cli.practice.sessions import SessionStore, SignIn
from massar_cli.practice.students import PracticeStudent

LANGUAGES = ("ar", "fr")
_ANTI_FORGERY_FIELD = "__RequestVerificationToken"


@dataclass(slots=True)
class Visit:
    """A request with its session, its language and the answer's cookies-to-be."""

    request: Request
    edition: Edition
    now: datetime
    language: str
    sign_in: SignIn | None
    fault: str | None = None
    """The fault that strikes the request, if one does."""

    @property
    def account(self) -> PracticeStudent | None:
        """Who is signed in, if anybody is."""
        return None if self.sign_in is None else self.sign_in.account

    @property
    def student(self) -> PracticeStudent | None:
        """Whose pages are looked at, if anybody is signed in."""
        return None if self.sign_in is None else self.sign_in.student

    @property
    def user(self) -> str:
        """The user name that anti-forgery tokens are bound to."""
        return "" if self.sign_in is None else self.sign_in.account.user_name

    @property
    def route(self) -> str:
        """The path asked for in small letters, in which ASP.NET compares, without a last slash."""
        return (self.request.root_path + self.request.path).lower().rstrip("/")

    @property
    def address(self) -> str:
        """The address asked for, below the host, with its query."""
        query = self.request.query_string.decode("latin-1")
        path = quote(self.request.root_path + self.request.path, safe="/~")
        return f"{path}?{query}" if query else path

    @property
    def quoted_address(self) -> str:
        """The address, to be put into another one."""
        return quote(self.address, safe="")

    @property
    def is_xhr(self) -> bool:
        """Whether a script asks, rather than a person."""
        return self.request.headers.get("X-Requested-With") == "XMLHttpRequest"

    @property
    def token_field(self) -> str | None:
        """The posted half of the anti-forgery pair."""
        return self.request.form.get(_ANTI_FORGERY_FIELD)

    @property
    def token_cookie(self) -> str | None:
        """The browser's half of the anti-forgery pair."""
        return self.request.cookies.get(self.edition.anti_forgery_cookie)

    @property
    def session_id(self) -> str | None:
        """The browser session, which outlives signing in and out."""
        return self.request.cookies.get(self.edition.session_cookie)


Handler = Callable[[Visit], Response]


def find_sign_in(
    request: Request, edition: Edition, sessions: SessionStore, now: datetime
) -> SignIn | None:
    """Find the session of a request: its auth cookie or, alone, its `idToken` is enough."""
    return sessions.find(request.cookies.get(edition.auth_cookie), now) or sessions.find(
        request.cookies.get(IDENTITY_COOKIE), now
    )


def find_language(request: Request, edition: Edition, sessions: SessionStore, default: str) -> str:
    """Find the language of the answer; `Accept-Language` has no say."""
    if edition.core:
        culture = request.cookies.get(CULTURE_COOKIE, "").replace("%3D", "=").replace("%7C", "|")
        for part in culture.split("|"):
            if part.startswith(("uic=", "c=")):
                return known_language(part.partition("=")[2]) or default
        return default
    return sessions.language(request.cookies.get(edition.session_cookie)) or default


def known_language(culture: str) -> str | None:
    """Find the page language for a culture's name; English pages have French labels."""
    short = culture.lower().partition("-")[0]
    if short == "en":
        return "fr"
    return short if short in LANGUAGES else None


def is_local(url: str | None) -> bool:
    """Whether a redirect to an address stays on this host."""
    return (
        url is not None
        and url.startswith("/")
        and not url.startswith(("//", "/\\"))
        and url.isprintable()
    )


def redirect(location: str) -> Response:
    """Answer with a 302 in ASP.NET's own words."""
    response = Response(
        f"<html><head><title>Object moved</title></head><body>\r\n<h2>Object moved to "
        f'<a href="{quote(location, safe="/?=&%#:~")}">here</a>.</h2>\r\n</body></html>\r\n',
        status=302,
        mimetype="text/html",
    )
    response.headers["Location"] = location
    return response


def to_login(visit: Visit) -> Response:
    """Turn away one who is not signed in: a redirect, or 401 for a script's request."""
    if visit.is_xhr:
        return Response(status=401, mimetype="text/html")
    return redirect(f"{MOUNT}/Account?ReturnUrl={visit.quoted_address}")


def refuse(visit: Visit) -> Response:
    """Turn away one who may not see a page: lead home, or say no more than 403 (both invented)."""
    return Response(status=403) if visit.edition.core else redirect(visit.edition.landing)
