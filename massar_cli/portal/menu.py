"""The account's menu: which pages it offers, and what each is about.

Its markup is not known: a menu is a list, a bar, a drop-down or tiles of links, told by the
elements and by the words that their classes are made of.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from massar_cli.folding import fold
from massar_cli.portal.followable import (
    address_below,
    below_base,
    label_may_be_followed,
    may_be_followed,
)
from massar_cli.portal.menu_label import is_hidden, label_of
from massar_cli.portal.page_kinds import guess_kind
from massar_cli.portal_pages import MenuPage

_MOST_PAGES = 200
_CLASS_WORD = re.compile(r"[a-z]+")
_OUTSIDE_TAGS = frozenset(("footer", "table", "template", "noscript", "dialog"))
_OUTSIDE_WORDS = frozenset(
    ("breadcrumb", "breadcrumbs", "pagination", "pager", "footer", "copyright")
)
_PROSE_TAGS = frozenset(("p", "blockquote", "dd", "figcaption"))
_HOME = frozenset(
    ("", "general", "general/home", "home", "home/index", "dashboard", "dashboard/index")
)
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|apk|png|jpe?g|gif|svg|mp4|csv|txt)$", re.IGNORECASE
)
_SENDS = re.compile(
    r"submit|post|ajax|fetch|confirm|delete|xmlhttp|dopostback|sendbeacon", re.IGNORECASE
)
_METHODS = ("data-ajax-method", "data-method", "data-http-method", "data-verb", "formmethod")
_WRITING = (
    *("data-confirm", "data-ajax-confirm", "data-turbo-confirm", "hx-post", "hx-put", "hx-delete"),
    *("hx-patch", "data-post", "data-delete", "download"),
)


def read_menu(tree: LexborHTMLParser, base: str, url: str) -> tuple[MenuPage, ...] | None:
    """Return the pages that the menu of a page at `url` offers, None where there is no menu.

    `base` is the portal's base, below which the addresses are told.
    """
    labels: dict[str, str] = {}
    addresses: dict[str, str] = {}
    barred: set[str] = set()
    for link in tree.css("a[href]"):
        if _is_outside(link):
            continue
        target = _target(base, url, link)
        if target is None:
            continue
        key = target.lower()
        label = label_of(link)
        if not label_may_be_followed(label):
            if "#" not in (link.attributes.get("href") or ""):
                barred.add(key)
            continue
        addresses.setdefault(key, target)
        labels[key] = labels.get(key) or label
        if len(addresses) >= _MOST_PAGES:
            break
    pages = tuple(
        MenuPage(label=label, address=addresses[key], kind=guess_kind(label, addresses[key]).kind)
        for key, label in labels.items()
        if label and key not in barred
    )
    return pages or None


def _target(base: str, url: str, link: LexborNode) -> str | None:
    """Return where a link leads below the base, None where it is no page of its own to GET."""
    attributes = link.attributes
    href = (attributes.get("href") or "").strip()
    if not href or href.startswith("#") or is_hidden(link) or not _only_gets(link):
        return None
    try:
        target = urljoin(url, href)
        path = urlsplit(target).path
    except ValueError:
        return None
    if not may_be_followed(base, target) or _FILE.search(path):
        return None
    below = below_base(base, target)
    if below in _HOME or below == below_base(base, url):
        return None
    return address_below(base, target)


def _only_gets(link: LexborNode) -> bool:
    attributes = link.attributes
    if any((attributes.get(name) or "get").lower() != "get" for name in _METHODS):
        return False
    if any(name in attributes for name in _WRITING):
        return False
    if (attributes.get("data-bs-toggle") or attributes.get("data-toggle")) == "modal":
        return False
    return _SENDS.search(attributes.get("onclick") or "") is None


def _is_outside(link: LexborNode) -> bool:
    """Whether a link is part of a text, a table, a pager or the page's foot."""
    if class_words(link) & _OUTSIDE_WORDS:
        return True
    for parent in parents(link):
        if parent.tag in _OUTSIDE_TAGS or class_words(parent) & _OUTSIDE_WORDS:
            return True
        if parent.tag in _PROSE_TAGS and fold(parent.text()) != fold(link.text()):
            return True
    return False


def parents(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements around a node, the nearest first."""
    parent = node.parent
    while parent is not None and parent.tag != "html":
        yield parent
        parent = parent.parent


def class_words(node: LexborNode) -> set[str]:
    """Return the words that an element's classes are made of."""
    return set(_CLASS_WORD.findall((node.attributes.get("class") or "").lower()))
