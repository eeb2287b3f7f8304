"""Where on a page a link stands: in a menu, on a tile, in the content, or where no page is offered.

Told by elements and roles first, then by the words that classes and ids are made of.
"""

import re
from collections.abc import Iterator
from enum import IntEnum
from itertools import islice

from selectolax.lexbor import LexborNode

from massar_cli.folding import fold

_WORD = re.compile(r"[A-Z]?[a-z]+")
_OUTSIDE_TAGS = frozenset(("footer", "template", "noscript", "dialog"))
_OUTSIDE_CLASSES = frozenset(
    (
        *("breadcrumb", "breadcrumbs", "pagination", "pager", "copyright", "modal", "alert"),
        *("footer", "main-footer", "page-footer", "site-footer"),
    )
)
_PROSE_TAGS = frozenset(("p", "blockquote", "dd", "figcaption", "address"))
_MENU_TAGS = frozenset(("nav", "aside", "header", "menu"))
_MENU_ROLES = frozenset(("navigation", "menu", "menubar", "banner", "complementary"))
_MENU_WORDS = frozenset(
    (
        *("menu", "menus", "nav", "navbar", "navigation", "sidebar", "sidenav", "topbar", "topnav"),
        *("drawer", "offcanvas", "dropdown", "submenu", "navmenu", "sitemap", "rail", "toolbar"),
    )
)
_CONTENT_TAGS = frozenset(("main", "article"))
_CONTENT_CLASSES = frozenset(
    ("content", "contents", "main", "content-wrapper", "main-content", "page-content", "contenu")
)
_TILE_WORDS = frozenset(
    (
        *("card", "tile", "box", "widget", "shortcut", "panel", "thumbnail", "feature", "bloc"),
        *("block", "module", "service", "quick", "app", "tuile", "vignette", "raccourci"),
    )
)
_MOST_AROUND = 60
_LONGEST_CLASS = 1000


class Place(IntEnum):
    """Where a link stands; the lower, the more it is part of a menu."""

    MENU = 1
    TILE = 2
    LIST = 3
    CONTENT = 4
    OUTSIDE = 5


def place_of(link: LexborNode) -> Place:
    """Return where a link stands; the nearest element around it that tells decides."""
    around = list(islice(_around(link), _MOST_AROUND))
    if any(_is_outside(node, link) for node in (link, *around)):
        return Place.OUTSIDE
    is_alone = True
    for node in (link, *around):
        words = _words(node)
        if node is not link and _is_menu(node, words):
            return Place.MENU
        is_alone = is_alone and _count_addresses(node) <= 1
        if is_alone and words & _TILE_WORDS:
            return Place.TILE
        if node.tag in _CONTENT_TAGS or _classes(node) & _CONTENT_CLASSES:
            return Place.CONTENT
    return Place.LIST if _is_listed(around) else Place.OUTSIDE


def _around(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements around a node, the nearest first."""
    parent = node.parent
    while parent is not None and parent.tag not in ("body", "html", "-document"):
        yield parent
        parent = parent.parent


def _is_outside(node: LexborNode, link: LexborNode) -> bool:
    """Whether an element holds no menu: a text, a table of data, a pager, the page's foot."""
    if _classes(node) & _OUTSIDE_CLASSES:
        return True
    if node.tag == "table":
        is_layout = node.attributes.get("role") == "presentation"
        return not is_layout and not _is_menu(node, _words(node))
    if node.tag in _PROSE_TAGS:
        return fold(node.text()) != fold(link.text())
    return node.tag in _OUTSIDE_TAGS


def _is_menu(node: LexborNode, words: set[str]) -> bool:
    role = node.attributes.get("role")
    return node.tag in _MENU_TAGS or role in _MENU_ROLES or bool(words & _MENU_WORDS)


def _is_listed(around: list[LexborNode]) -> bool:
    """Whether a link with these elements around it is in a list, or has another one beside it."""
    if any(node.tag in ("ul", "ol") for node in around):
        return True
    return bool(around) and _count_addresses(around[0]) > 1


def _count_addresses(node: LexborNode) -> int:
    return len({link.attributes.get("href") for link in node.css("a[href]")})


def _classes(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").lower().split())


def _words(node: LexborNode) -> set[str]:
    """Return the words that an element's classes and id are made of."""
    attributes = node.attributes
    text = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return {word.lower() for word in _WORD.findall(text[:_LONGEST_CLASS])}
