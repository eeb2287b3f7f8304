"""A part of a page as plain elements: what nobody sees is gone, and each knows what it holds.

Built in one pass without recursion, so that the deepest page costs no more than a flat one.
"""

import re
from collections.abc import Callable, Iterator
from enum import IntFlag, auto

from selectolax.lexbor import LexborNode

INVISIBLE = frozenset(
    (
        *("script", "style", "template", "noscript", "head", "meta", "link", "base", "title"),
        *("object", "embed", "iframe", "canvas", "audio", "video", "svg", "math", "datalist"),
        *("map", "param", "source", "track"),
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HEADING_TAGS = HEADINGS | {"legend", "summary"}
_HEADING_CLASSES = frozenset(
    (
        *("box-title", "card-header", "card-title", "panel-heading", "panel-title"),
        *("modal-title", "accordion-header", "timeline-header", "media-heading", "page-header"),
        *("page-title", "list-group-item-heading", "widget-title", "section-title", "titre"),
    )
)
_CARD_CLASSES = frozenset(
    (
        *("card", "panel", "box", "well", "list-group-item", "media", "timeline-item", "info-box"),
        *("small-box", "thumbnail", "accordion-item", "post", "tile", "toast"),
    )
)
_INLINE = frozenset(("span", "small", "i", "b", "em", "time", "abbr", "label", "data"))
_HIDING_CLASSES = frozenset(("hidden", "d-none", "hide"))
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHOICES = frozenset(("select", "optgroup"))
_FIELDS = frozenset(("select", "input", "textarea", "form"))


class Holds(IntFlag):
    """What stands somewhere inside an element, or is the element itself."""

    TABLE = auto()
    DEFINITIONS = auto()
    LIST = auto()
    HEADING = auto()
    CARD = auto()
    FIELD = auto()


class Element:
    """An element: its tag, attributes, classes, and in order its texts and elements.

    The options of a `select` stand apart, as a page shows only the chosen one. `size` is how many
    elements it is made of.
    """

    __slots__ = (
        *("attributes", "children", "classes", "holds", "is_card", "is_heading", "options"),
        *("size", "tag"),
    )

    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | str] = []
        self.options: list[Element] = []
        self.size = 1
        named = attributes.get("class") if attributes else None
        self.classes = frozenset(named.lower().split()) if named else _NO_CLASSES
        self.is_heading = tag in _HEADING_TAGS or not self.classes.isdisjoint(_HEADING_CLASSES)
        self.is_card = tag == "article" or not self.classes.isdisjoint(_CARD_CLASSES)
        self.holds = _OF_TAG.get(tag, Holds(0))
        if self.is_heading:
            self.holds |= Holds.HEADING
        if self.is_card:
            self.holds |= Holds.CARD

    def get(self, name: str) -> str:
        """Return an attribute's value, an empty string where it has none."""
        return self.attributes.get(name) or ""

    def walk(self) -> Iterator["tuple[Element | str, bool]"]:
        """Yield what is inside in order: texts, and each element at its start and its end.

        The second value is whether an element ends here.
        """
        opened = [(self, iter(self.children))]
        while opened:
            element, rest = opened[-1]
            child = next(rest, None)
            if child is None:
                opened.pop()
                if opened:
                    yield element, True
            elif isinstance(child, str):
                yield child, False
            else:
                yield child, False
                opened.append((child, iter(child.children)))

    def descendants(self) -> "Iterator[Element]":
        """Yield every element inside, in order."""
        for child, ends in self.walk():
            if not ends and isinstance(child, Element):
                yield child


_NO_CLASSES: frozenset[str] = frozenset()
_OF_TAG = {
    "table": Holds.TABLE,
    "dl": Holds.DEFINITIONS,
    "ul": Holds.LIST,
    "ol": Holds.LIST,
    **dict.fromkeys(_FIELDS, Holds.FIELD),
}


def read_elements(root: LexborNode, is_left_out: Callable[[Element], bool]) -> Element:
    """Return a node of the page as an element, without what is invisible or left out."""
    top = Element(root.tag or "", root.attributes)
    opened = [(top, root.iter(include_text=True))]
    while opened:
        element, rest = opened[-1]
        node = next(rest, None)
        if node is None:
            opened.pop()
            if opened:
                opened[-1][0].holds |= element.holds
                opened[-1][0].size += element.size
            continue
        tag = node.tag or ""
        if tag == "-text":
            if element.tag not in _CHOICES:
                element.children.append(node.text())
        elif tag[:1] not in "-_!" and tag not in INVISIBLE:
            child = Element(tag, node.attributes)
            if not is_left_out(child) and not _is_sort_key(child, node):
                if tag == "optgroup":
                    child.options = element.options
                elif tag == "option":
                    element.options.append(child)
                else:
                    element.children.append(child)
                opened.append((child, node.iter(include_text=True)))
    return top


def _is_sort_key(element: Element, node: LexborNode) -> bool:
    """Whether an element is a hidden number or day, by which a script sorts what it stands beside.

    Hidden words stay: they may be the rest of a text that a click shows.
    """
    if element.tag not in _INLINE or not element.attributes:
        return False
    is_hidden = (
        "hidden" in element.attributes
        or not element.classes.isdisjoint(_HIDING_CLASSES)
        or _HIDING_STYLE.search(element.get("style")) is not None
    )
    return is_hidden and not any(c.isalpha() and c not in "TZ" for c in node.text())
