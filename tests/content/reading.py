"""Content read from markup, and what a person sees of it, counted in another way."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from massar_cli.portal.content import read_content
from massar_cli.portal.content_area import AREAS
from massar_cli.portal_pages import Block, Content

URL = "https://massarservice.men.gov.ma/moutamadris/Eleve/Page"
_UNSEEN = {"script", "style", "template", "noscript", "option", "title", "textarea"}
_PAGER = {"pagination", "grid-pager"}
_LAYOUT = {"welcomeuser", "welcomewrapper", "breadcrumb", "navbar", "main-header", "sidebar"}


def read(html: str, url: str = URL) -> Content:
    """Read the content of a page."""
    return read_content(LexborHTMLParser(html), url)


def body(html: str) -> Content:
    """Read the content of a page of the 2018 layout."""
    return read(f'<div class="content-wrapper"><section class="content">{html}</section></div>')


def texts(block: Block) -> list[list[str]]:
    """Return a block's rows as texts."""
    return [[cell.text for cell in row.cells] for row in block.rows]


def told(content: Content) -> str:
    """Return every text of a content, joined."""
    parts = [content.title or ""]
    for block in content.blocks:
        parts += [block.caption or "", *block.columns]
        parts += [text for row in texts(block) for text in row]
    return "\n".join(parts)


def seen(html: str) -> Iterator[str]:
    """Yield every word that stands in the content area, in the order of the page."""
    tree = LexborHTMLParser(html)
    places = (tree.css_first(selector) for selector in AREAS)
    area = next((one for one in places if one is not None and one.text().strip()), tree.body)
    if area is not None:
        for node in area.traverse(include_text=True):
            if node.tag == "-text" and not _is_unseen(node, area):
                yield from re.findall(r"\w+", node.text())


def _is_unseen(node: LexborNode, area: LexborNode) -> bool:
    one = node.parent
    while one is not None and one.mem_id != area.mem_id:
        classes = set((one.attributes.get("class") or "").lower().split())
        if one.tag in _UNSEEN or classes & (_PAGER | _LAYOUT):
            return True
        one = one.parent
    return False
