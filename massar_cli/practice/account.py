"""Signing in and out: the form, its refusals, the code step, the demand for a new password."""

import hmac
import secrets
from collections.abc import Callable
from typing import Self

from werkzeug.wrappers import Response

from massar_cli.practice.editions import CULTURE_COOKIE, IDENTITY_COOKIE, MOUNT
from massar_cli.practice.forms import Forms, set_cookie
from massar_cli.practice.pages import Pages
from massar_cli.practice.sessions import SessionStore
from massar_cli.practice.students import PracticeStudent, by_user_name
from massar_cli.practice.visit import Visit, is_local, known_language, redirect, to_login

# Invented: nobody has seen where the portal asks for a code.
CODE_STEP = f"{MOUNT}/Account/VerifyCode"
CHANGE_PASSWORD = f"{MOUNT}/Account/ChangePassword"


class AccountPages:
    """Everything below `Account`, and the switch of language."""

    def __init__(
        self, pages: Pages, sessions: SessionStore, forms: Forms, *, captcha: bool
    ) -> None:
        self._pages = pages
        self._sessions = sessions
        self._forms = forms
        self._captcha = captcha

    def with_captcha(self) -> Self:
        """Return the same pages, with a captcha below the sign-in form."""
        return type(self)(self._pages, self._sessions, self._forms, captcha=True)

    def front_door(self, visit: Visit) -> Response:
        """Lead the application's own address on (inferred: its answer was never seen)."""
        return redirect(f"{MOUNT}/Account" if visit.student is None else visit.edition.landing)

    def login_form(self, visit: Visit) -> Response:
        """Show the sign-in form."""
        return self._login(visit, return_url=visit.request.args.get("ReturnUrl", ""))

    def login(
        self,
        visit: Visit,
        alter: Callable[[PracticeStudent], PracticeStudent] | None = None,
    ) -> Response:
        """Let in who knows the password; else show the form again, with the reason.

        `alter` changes how the account stands, for this sign-in alone.
        """
        form = visit.request.form
        return_url = form.get("ReturnUrl", "")
        if not self._forms.is_genuine(visit, return_url):
            return self._forms.forged(visit)
        user_name, password = form.get("UserName", ""), form.get("Password", "")
        if self._captcha:
            # Nobody can be right: the picture shows no sum.
            return self._login(visit, return_url, user_name, error="captcha")
        if not user_name or not password:
            return self._login(visit, return_url, user_name, error="required")
        student = by_user_name(user_name)
        if student is None or not _same(student.password, password):
            return self._login(visit, return_url, user_name, error="refused")
        return self._proceed(visit, alter(student) if alter else student, return_url)

    def _proceed(self, visit: Visit, student: PracticeStudent, return_url: str) -> Response:
        """Answer one who has given the right password, as the account stands."""
        if student.refusal is not None:
            return self._login(visit, return_url, student.user_name, error=student.refusal)
        if student.code_step:
            response = redirect(CODE_STEP)
            ticket = self._sessions.start_code_step(student, visit.now)
            set_cookie(response, visit.edition.two_factor_cookie, ticket)
            return response
        return self._welcome(visit, student, return_url)

    def code_form(self, visit: Visit) -> Response:
        """Ask for the code that follows the password."""
        if self._owing_code(visit) is None:
            return redirect(f"{MOUNT}/Account")
        return self._forms.page(visit, "verify_code.html", wrong=False)

    def verify_code(self, visit: Visit) -> Response:
        """Let in who owed a code and gives the right one."""
        ticket = visit.request.cookies.get(visit.edition.two_factor_cookie)
        student = self._owing_code(visit)
        if ticket is None or student is None:
            return redirect(f"{MOUNT}/Account")
        if not self._forms.is_genuine(visit):
            return self._forms.forged(visit)
        if not _same(student.step_code or "", visit.request.form.get("Code", "")):
            return self._forms.page(visit, "verify_code.html", wrong=True)
        self._sessions.end_code_step(ticket)
        response = self._welcome(visit, student, "")
        response.delete_cookie(visit.edition.two_factor_cookie)
        return response

    def password_form(self, visit: Visit) -> Response:
        """Show the form of a new password."""
        if visit.student is None:
            return to_login(visit)
        return self._forms.page(visit, "change_password.html", posted=False)

    def change_password(self, visit: Visit) -> Response:
        """Answer, and change nothing."""
        if visit.student is None:
            return to_login(visit)
        if not self._forms.is_genuine(visit):
            return self._forms.forged(visit)
        return self._forms.page(visit, "change_password.html", posted=True)

    def log_off(self, visit: Visit) -> Response:
        """End the session."""
        response = redirect(f"{MOUNT}/Account")
        if visit.sign_in is not None:
            self._sessions.close(visit.sign_in)
        response.delete_cookie(visit.edition.auth_cookie)
        response.delete_cookie(IDENTITY_COOKIE)
        return response

    def set_culture(self, visit: Visit) -> Response:
        """Switch the language and go back to where the visitor was."""
        values = visit.request.values
        url = values.get("Url")
        if url is None or not is_local(url):
            url = f"{MOUNT}/Account" if visit.student is None else visit.edition.landing
        response = redirect(url)
        language = known_language(values.get("culture", ""))
        if language is not None and visit.edition.core:
            culture = {"ar": "ar-MA", "fr": "fr-FR"}[language]
            set_cookie(
                response, CULTURE_COOKIE, f"c%3D{culture}%7Cuic%3D{culture}", http_only=False
            )
        elif language is not None:
            session_id = self._sessions.remember_language(visit.session_id, language)
            set_cookie(response, visit.edition.session_cookie, session_id)
        return response

    def captcha_image(self, visit: Visit) -> Response:
        """Send the captcha's picture, which is blank."""
        if not self._captcha:
            return self._pages.error(visit, 404, "not-found")
        return Response(_BLANK_GIF, mimetype="image/gif")

    def _login(
        self, visit: Visit, return_url: str, user_name: str = "", error: str | None = None
    ) -> Response:
        return self._forms.page(
            visit,
            "login.html",
            extra=return_url,
            return_url=return_url,
            user_name=user_name,
            error=error,
            captcha=secrets.token_hex(16) if self._captcha else None,
        )

    def _welcome(self, visit: Visit, student: PracticeStudent, return_url: str) -> Response:
        if student.starts_at_password:
            target = CHANGE_PASSWORD
        else:
            target = return_url if is_local(return_url) else visit.edition.landing
        response = redirect(target)
        sign_in = self._sessions.open(student, visit.now)
        set_cookie(response, visit.edition.auth_cookie, sign_in.auth)
        set_cookie(response, IDENTITY_COOKIE, sign_in.id_token)
        return response

    def _owing_code(self, visit: Visit) -> PracticeStudent | None:
        ticket = visit.request.cookies.get(visit.edition.two_factor_cookie)
        return self._sessions.owing_code(ticket, visit.now)


def _same(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode("utf-8"), given.encode("utf-8", "replace"))


_BLANK_GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
