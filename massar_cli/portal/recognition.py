"""Which page an answer is, or else which error: a lost session, an outage, an obstacle."""

from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from massar_cli.errors import MassarError, PageChanged, PersonNeeded, PortalUnavailable
from massar_cli.language import translate as _
from massar_cli.portal import evidence
from massar_cli.portal.connection import Answer
from massar_cli.portal.followable import below_base
from massar_cli.portal.page import Page, parse_html

if TYPE_CHECKING:  # most runs fetch no file
    from massar_cli.portal.receiving import Receiver

AnyPage = TypeVar("AnyPage", bound=Page[object])


class SessionGone(Exception):
    """The portal no longer knows the session."""


class PageGone(PageChanged):
    """There is no such page any more: the portal answered 404, or sent it elsewhere."""


def read_answer(page: type[AnyPage], answer: Answer, base: str) -> AnyPage:
    """Return the page that an answer is; raises the error that fits one that is something else.

    Raises SessionGone for an answer to somebody who is not signed in, PageGone for a page that is
    not there. `base` is the portal's base.
    """
    if answer.status == HTTPStatus.UNAUTHORIZED or (
        answer.status == HTTPStatus.METHOD_NOT_ALLOWED and page.method == "POST"
    ):
        raise SessionGone
    if outage := evidence.outage(answer.status, answer.retry_after):
        raise outage
    if answer.status == HTTPStatus.OK:
        if not answer.body.strip():
            raise PortalUnavailable(_("The portal sent an empty answer."), is_outage=True)
        try:
            return page(answer.html, answer.url, base)
        except PageChanged as error:
            raise _better_error(answer) or error from None
    raise _refusal(answer, page.path)


def read_file_answer(answer: Answer, receiver: "Receiver", base: str) -> None:
    """Accept an answer that brought a file; raises the error that fits any other.

    A page is a file only where the receiver takes pages, and never the sign-in page or an obstacle.
    """
    if answer.is_taken or answer.status == HTTPStatus.NOT_MODIFIED:
        return
    if answer.status == HTTPStatus.UNAUTHORIZED:
        raise SessionGone
    if outage := evidence.outage(answer.status, answer.retry_after):
        raise outage
    if answer.status != HTTPStatus.OK:
        raise _refusal(answer, "")
    if not answer.body.strip():
        raise PortalUnavailable(_("The portal sent an empty answer."), is_outage=True)
    with suppress(PageChanged):
        if error := _better_error(answer._replace(content_type="text/html")):
            raise error
    if not receiver.takes_pages:
        raise PageChanged(
            _("The portal sent a page in place of the file {path}.").format(
                path=below_base(base, answer.url)
            ),
            hint=_("Open it in a browser to see what the portal says."),
        )
    receiver.take_page(answer.body)


def _refusal(answer: Answer, path: str) -> MassarError:
    """Return the error for a status that is neither success nor outage."""
    path = path or urlsplit(answer.url).path
    with suppress(PageChanged):  # a sign-in page means a lost session whatever its status
        if b"UserName" in answer.body and evidence.has_sign_in_form(parse_html(answer.html)):
            raise SessionGone
    if answer.status == HTTPStatus.FORBIDDEN:
        return PortalUnavailable(
            _("The portal does not allow this account to open {path} (403).").format(path=path),
            hint=_("Check in a browser whether the page opens there."),
        )
    is_gone = answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
    return (PageGone if is_gone else PageChanged)(
        _("The portal answered {status} for the page {path}.").format(
            status=answer.status, path=path
        ),
        hint=_("Check the portal's address (massar config show), then look for a newer massar."),
    )


def _better_error(answer: Answer) -> MassarError | None:
    """Return the error that an answer's content tells; a sign-in page means a lost session."""
    tree = parse_html(answer.html)
    if evidence.asks_captcha(tree):
        return evidence.obstacle(tree)
    if evidence.has_sign_in_form(tree):
        raise SessionGone
    if evidence.asks_new_password(tree):
        return new_password_demanded()
    if not evidence.has_layout(tree) and evidence.code_form(tree) is not None:
        return code_demanded()
    return evidence.obstacle(tree)


def new_password_demanded() -> PersonNeeded:
    """Return the error for an account that must change its password first."""
    return PersonNeeded(
        _("The portal demands a new password before it shows anything."),
        hint=_("Change the password in a browser, then run: massar login"),
    )


def code_demanded() -> PersonNeeded:
    """Return the error for a session that a code must open again."""
    return PersonNeeded(
        _("The portal asks for a code before it shows anything."),
        hint=_("Run massar logout, then massar login at a terminal."),
    )
