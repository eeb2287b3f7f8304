"""Steps that open the pages of the account's menu as the commands do, and keep nothing of them."""

from typing import Any, cast

from massar_cli.checks.checklist import Finding, ok
from massar_cli.errors import UsageProblem
from massar_cli.language import translate as _
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.session import PortalSession
from massar_cli.portal_menu import PageKind
from massar_cli.services.capture import page_class_of
from massar_cli.services.finding import Found, find_page
from massar_cli.services.listing import read_list
from massar_cli.services.wanted import Wanted

MENU_PAGES = {
    f"page-{kind.value}": kind
    for kind in PageKind
    if kind not in (PageKind.GRADES, PageKind.JOURNEY, PageKind.PROFILE, PageKind.OTHER)
}
"""The step of each kind of page that only the menu can name."""


def find_menu_page(session: PortalSession, kind: PageKind, chosen: str | None) -> Finding:
    """Say whether the menu's page of a kind is as known; one that is not offered is well too.

    `chosen` is the page that the settings name.
    """
    page_class = cast("type[ListPage[Any]]", page_class_of(kind))
    if _found(session, kind, chosen).page is None:
        return ok(_("not offered"))
    read_list(session, page_class, Wanted(page=chosen))
    return ok(_("as known"))


def _found(session: PortalSession, kind: PageKind, chosen: str | None) -> Found:
    try:
        return find_page(session, kind, chosen)
    except UsageProblem:  # which would quote the menu
        raise UsageProblem(
            _("The page that the settings choose is not in the menu, or not the only one."),
            hint=_("Correct it under [pages]; massar pages lists what there is."),
        ) from None
