"""Where on a page a link stands: in a menu, on a tile, in the content, or where no page is offered.

Told by elements and roles first, then by the words that classes and ids are made of.
"""

import re
from collections.abc import Iterator
from enum import IntEnum

from selectolax.lexbor import LexborNode

from massar_cli.folding import fold

_WORD = re.compile(r"[A-Z]?[a-z]+")
_OUTSIDE_TAGS = frozenset(("footer", "table", "template", "noscript", "dialog"))
_OUTSIDE_WORDS = frozenset(
    ("breadcrumb", "breadcrumbs", "pagination", "pager", "footer", "copyright", "modal", "alert")
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
_CONTENT_WORDS = frozenset(("content", "contents", "main"))
_TILE_WORDS = frozenset(
    (
        *("card", "tile", "box", "widget", "shortcut", "panel", "thumbnail", "feature", "bloc"),
        *(
            "block",
            "module",
            "service",
            "quick",
            "btn",
            "button",
            "item",
            "icon",
            "tuile",
            "vignette",
        ),
    )
)


class Place(IntEnum):
    """Where a link stands; the lower, the more it is part of a menu."""

    MENU = 1
    TILE = 2
    LIST = 3
    CONTENT = 4
    OUTSIDE = 5


def place_of(link: LexborNode) -> Place:
    """Return where a link stands; the nearest element around it that tells decides."""
    if _words(link) & _OUTSIDE_WORDS:
        return Place.OUTSIDE
    around = list(_around(link))
    if any(_is_outside(parent, link) for parent in around):
        return Place.OUTSIDE
    is_alone = True
    for parent in (link, *around):
        words = _words(parent)
        if parent is not link and (
            parent.tag in _MENU_TAGS
            or parent.attributes.get("role") in _MENU_ROLES
            or words & _MENU_WORDS
        ):
            return Place.MENU
        is_alone = is_alone and _count_addresses(parent) <= 1
        if is_alone and words & _TILE_WORDS:
            return Place.TILE
        if parent.tag in _CONTENT_TAGS or words & _CONTENT_WORDS:
            return Place.CONTENT
    return Place.LIST if _is_listed(around) else Place.OUTSIDE


def _around(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements around a node, the nearest first."""
    parent = node.parent
    while parent is not None and parent.tag not in ("body", "html", "-document"):
        yield parent
        parent = parent.parent


def _is_outside(parent: LexborNode, link: LexborNode) -> bool:
    if parent.tag in _OUTSIDE_TAGS or _words(parent) & _OUTSIDE_WORDS:
        return True
    return parent.tag in _PROSE_TAGS and fold(parent.text()) != fold(link.text())


def _is_listed(around: list[LexborNode]) -> bool:
    """Whether a link is in a list, or has another one beside it."""
    if any(parent.tag in ("ul", "ol") for parent in around):
        return True
    return bool(around) and _count_addresses(around[0]) > 1


def _count_addresses(node: LexborNode) -> int:
    return len({link.attributes.get("href") for link in node.css("a[href]")})


def _words(node: LexborNode) -> set[str]:
    """Return the words that an element's classes and id are made of."""
    attributes = node.attributes
    text = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return {word.lower() for word in _WORD.findall(text)}
