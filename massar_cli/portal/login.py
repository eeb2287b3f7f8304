"""The sign-in conversation: the form, the password posted once, and the proof that it worked.

Whatever happens, a refused password is not sent again, nor one whose POST got no answer.
"""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from massar_cli.errors import (
    CredentialsProblem,
    MassarError,
    PageChanged,
    PersonNeeded,
    PortalUnavailable,
)
from massar_cli.language import translate as _
from massar_cli.portal import evidence
from massar_cli.portal.connection import Answer, Connection, joined
from massar_cli.portal.landing import LandingPage
from massar_cli.portal.page import parse_html
from massar_cli.portal_menu import Landing

_STALE_TOKEN = (HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR)

Ask = Callable[[], str]


class PasswordRefused(CredentialsProblem):
    """The portal refused the code or the password, after the password was posted."""


class AccountRefused(PersonNeeded):
    """The portal refused the account, locked or not active, after the password was posted."""


REFUSALS = (PasswordRefused, AccountRefused)
"""What may lock an account, or keep it locked, if the same password is posted once more."""


class PasswordPosts:
    """How often a run may still post the password.

    Once, and once more for a stale token or a session found dead, whichever comes first. `told`
    is called before each.
    """

    def __init__(self, told: Callable[[], object]) -> None:
        self.left = 2
        self._told = told

    def spend(self) -> None:
        """Count one POST; raises PortalUnavailable when there is none left."""
        if not self.left:
            raise PortalUnavailable(
                _("The portal keeps losing the session."),
                hint=_("The password is not posted a third time. Try again later."),
                is_outage=True,
            )
        self.left -= 1
        self._told()


def sign_in(
    connection: Connection,
    user_name: str,
    password: str,
    ask_code: Ask | None,
    posts: PasswordPosts,
) -> Landing | None:
    """Sign in and return what the landing page tells; None where it is another page.

    `ask_code` asks a person for the code of a second factor; None when there is nobody to ask.
    Raises one of REFUSALS for a refusal, CredentialsProblem for a wrong code, PersonNeeded for what
    a browser must do, PortalUnavailable for an outage, PageChanged where nothing proves success.
    """
    answer = _post_password(connection, user_name, password, posts)
    if answer.status in _STALE_TOKEN and posts.left:
        # A token or cookie gone stale is answered so: take the form afresh, once.
        answer = _post_password(connection, user_name, password, posts)
    was_led_on = answer.location is not None
    answer = connection.follow(answer)
    _check_status(answer)
    tree = parse_html(answer.html)
    if not _is_settled(tree) and (form := evidence.code_form(tree)) is not None:
        answer, tree = _answer_code_step(connection, answer, form, ask_code)
    _demand_proof(tree, was_led_on=was_led_on)
    if evidence.asks_new_password(tree):
        return None
    with suppress(PageChanged):
        return LandingPage(answer.html, answer.url, connection.base).read()
    return None


class SignInForm(NamedTuple):
    """The answer that brought the sign-in form, and the form."""

    page: Answer
    form: LexborNode


def open_form(connection: Connection) -> SignInForm:
    """Return the sign-in form; raises the error that fits what the portal showed instead."""
    page = connection.follow(connection.get(connection.address(evidence.SIGN_IN)))
    _check_status(page)
    tree = parse_html(page.html)
    form = evidence.sign_in_form(tree)
    if obstacle := evidence.obstacle(tree):
        raise obstacle
    if form is None:
        raise PageChanged(_("The sign-in page has no form with a user name and a password."))
    return SignInForm(page, form)


def _post_password(
    connection: Connection, user_name: str, password: str, posts: PasswordPosts
) -> Answer:
    page, form = open_form(connection)
    fields = {**_hidden_fields(form), "UserName": user_name, "Password": password}
    target = _action(connection, page, form)
    posts.spend()
    return connection.post(target, fields, referer=page.url)


def _hidden_fields(form: LexborNode) -> dict[str, str]:
    return {
        field.attributes["name"] or "": field.attributes.get("value") or ""
        for field in form.css('input[type="hidden"][name]')
    }


def _action(connection: Connection, page: Answer, form: LexborNode) -> str:
    """Return where a form of the sign-in is to be sent; PageChanged for an unlikely place."""
    target = joined(page.url, form.attributes.get("action") or "")
    if not evidence.may_be_posted(connection.base, target):
        raise PageChanged(_("The sign-in form points to a place that takes no password."))
    return target


def _check_status(answer: Answer) -> None:
    if answer.status == HTTPStatus.FORBIDDEN:
        raise PortalUnavailable(
            _("The portal refuses connections from this network (403)."),
            hint=_("It may answer only from Morocco, or have blocked this network for a while."),
            is_outage=True,
        )
    if outage := evidence.outage(answer.status, answer.retry_after):
        raise outage
    if answer.status != HTTPStatus.OK:
        raise PageChanged(
            _("The portal answered {status} to the sign-in.").format(status=answer.status)
        )
    if not answer.body.strip():
        raise PortalUnavailable(_("The portal sent an empty answer."), is_outage=True)


def _is_settled(tree: LexborHTMLParser) -> bool:
    """Whether a page after the password already shows how the sign-in ended."""
    return (
        evidence.has_sign_in_form(tree)
        or evidence.has_proof(tree)
        or evidence.asks_new_password(tree)
    )


def _answer_code_step(
    connection: Connection, page: Answer, form: LexborNode, ask_code: Ask | None
) -> tuple[Answer, LexborHTMLParser]:
    if ask_code is None:
        raise PersonNeeded(
            _("The portal asks for a code after the password."),
            hint=_("Run massar login at a terminal and type the code there."),
        )
    name = evidence.typed_fields(form)[0].attributes["name"] or ""
    fields = {**_hidden_fields(form), name: ask_code().strip()}
    answer = connection.post(_action(connection, page, form), fields, referer=page.url)
    landing = connection.follow(answer)
    _check_status(landing)
    tree = parse_html(landing.html)
    if not evidence.has_proof(tree) and evidence.code_form(tree) is not None:
        raise CredentialsProblem(
            _("The portal refused the code."), hint=_("Wait for a new code, then run: massar login")
        )
    return landing, tree


def _demand_proof(tree: LexborHTMLParser, *, was_led_on: bool) -> None:
    """Raise the error that fits a page which does not prove a session.

    `was_led_on` says that the answer to the password was a redirect.
    """
    if evidence.has_sign_in_form(tree):
        raise _refused(tree, was_led_on=was_led_on)
    if evidence.has_proof(tree) or evidence.asks_new_password(tree):
        return
    raise evidence.obstacle(tree) or PageChanged(
        _("The page after the sign-in does not show whether it worked.")
    )


def _refused(tree: LexborHTMLParser, *, was_led_on: bool) -> MassarError:
    reason = evidence.refusal(tree)
    # A refusal may warn that the account will be locked, or name one not active as another cause.
    if reason and not evidence.blames_password(reason):
        if evidence.is_locked(reason):
            return AccountRefused(
                _("The portal says that the account is locked: {reason}").format(reason=reason),
                hint=_(
                    "Sign in once in a browser. This password is not sent again until: "
                    "massar forget --code CODE, then massar login."
                ),
                private=[reason],
            )
        if evidence.wants_activation(reason):
            return AccountRefused(
                _("The portal says that the account must be activated first: {reason}").format(
                    reason=reason
                ),
                hint=_(
                    "Activate it in a browser with the initial code that the school gave. This "
                    "password is not sent again until: massar forget --code CODE, then "
                    "massar login."
                ),
                private=[reason],
            )
    obstacle = evidence.obstacle(tree)
    if obstacle and (not reason or evidence.blames_captcha(reason)):
        return obstacle
    if reason:
        return PasswordRefused(
            _("The portal refused the code or the password: {reason}").format(reason=reason),
            private=[reason],
        )
    message = _("The portal showed its sign-in form again and gave no reason.")
    # A password that led on and then back may be right, so it is not held to be refused.
    return CredentialsProblem(message) if was_led_on else PasswordRefused(message)
