"""Pages with a form whose posting is checked: the pair of tokens, set and demanded."""

from werkzeug.wrappers import Response

from massar_cli.practice.pages import Pages
from massar_cli.practice.tokens import AntiForgery
from massar_cli.practice.visit import Visit


class Forms:
    """Prints forms with an anti-forgery token, and checks what comes back."""

    def __init__(self, pages: Pages, tokens: AntiForgery) -> None:
        self._pages = pages
        self._tokens = tokens

    def page(self, visit: Visit, template: str, *, extra: str = "", **values: object) -> Response:
        """Show a form whose token is bound to the user and to the form's own address."""
        cookie = self._tokens.cookie(visit.token_cookie)
        token = self._tokens.field(cookie, visit.user, extra)
        response = self._pages.page(visit, template, token=token, **values)
        if cookie != visit.token_cookie:
            set_cookie(response, visit.edition.anti_forgery_cookie, cookie)
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Cache-Control"] = "no-cache, no-store"
        return response

    def is_genuine(self, visit: Visit, extra: str = "") -> bool:
        """Whether a posted form is one that was shown to this user."""
        return self._tokens.accepts(visit.token_cookie, visit.token_field, visit.user, extra)

    def forged(self, visit: Visit) -> Response:
        """Answer a form without its pair of tokens."""
        if visit.edition.core:
            # ASP.NET Core says no more than its status.
            return Response(status=visit.edition.token_failure)
        return self._pages.error(visit, visit.edition.token_failure, "server")


def set_cookie(response: Response, name: str, value: str, *, http_only: bool = True) -> None:
    """Set a cookie of the browser session."""
    # No expiry, for the portal's clock is not the browser's; not "secure", for loopback is http.
    response.set_cookie(name, value, path="/", httponly=http_only, samesite="Lax")
