"""Any page's content: tables, lists, notices and files, its choices, and its next page."""

from selectolax.lexbor import LexborHTMLParser

from massar_cli.portal.content_area import find_area
from massar_cli.portal.content_blocks import BlockReader
from massar_cli.portal.pager import next_address
from massar_cli.portal.selectors import read_selectors
from massar_cli.portal_pages import Content


def read_content(tree: LexborHTMLParser, url: str) -> Content:
    """Return what stands in the content area of a page at `url`, nothing left out.

    Raises PageChanged for a table larger than any known one, and for a list that goes on in a way
    that is not followed.
    """
    area = find_area(tree)
    if area is None:
        return Content(title=None, blocks=())
    choices = read_selectors(area, url)
    following = next_address(area, url)
    reader = BlockReader(area, url)
    return Content(
        title=reader.title,
        blocks=tuple(reader.blocks),
        selectors=choices.selectors,
        next_address=following,
        locked_selectors=choices.locked,
    )
