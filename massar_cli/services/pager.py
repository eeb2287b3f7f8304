"""A page of the portal and those that continue its list."""

from collections.abc import Iterator
from typing import Any, TypeVar

from massar_cli.language import translate as _
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.pages.content import ContentPage
from massar_cli.portal.session import PortalSession

AnyPage = TypeVar("AnyPage", bound=ListPage[Any] | ContentPage)
_MOST_PAGES = 50


def with_next_pages(session: PortalSession, opened: AnyPage) -> Iterator[AnyPage]:
    """Yield a page and those that continue its list, each asked for when the last was taken.

    Raises PageChanged where they do not follow one another.
    """
    seen = {opened.url}
    yield opened
    while (address := opened.content.next_address) is not None:
        # A pager that does not move on would be followed for ever.
        if address in seen or len(seen) >= _MOST_PAGES:
            raise opened.changed(_("its pages do not follow one another"))
        seen.add(address)
        opened = session.open(type(opened), address=address)
        yield opened
