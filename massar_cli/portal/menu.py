"""The account's menu: which pages it offers, and what each is about.

Its markup is not known: a menu is a bar, a list, a drop-down or tiles of links, told by elements,
roles, and the words that classes are made of.
"""

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from massar_cli.folding import fold
from massar_cli.portal.followable import (
    address_below,
    below_base,
    label_may_be_followed,
    may_be_followed,
)
from massar_cli.portal.menu_label import group_title, is_hidden, label_of
from massar_cli.portal.menu_place import Place, place_of
from massar_cli.portal.page_kinds import Guess, guess_kind, says_nothing
from massar_cli.portal_menu import MenuPage

_MOST_LINKS = 2000
_MOST_PAGES = 200
_HOME = frozenset(
    ("", "general", "general/home", "home", "home/index", "dashboard", "dashboard/index")
)
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|apk|png|jpe?g|gif|svg|mp4|csv|txt|ics)$", re.IGNORECASE
)
_SENDS = re.compile(
    r"submit|post|ajax|fetch|confirm|delete|xmlhttp|sendbeacon|return\s+false", re.IGNORECASE
)
_STUDENT_CODE = re.compile(r"[A-Za-z]{1,2}\d{6,12}", re.ASCII)
"""What a button has that chooses one of several children."""
_METHODS = ("data-ajax-method", "data-method", "data-http-method", "data-verb", "data-request")
_WRITING = (
    *("data-confirm", "data-ajax-confirm", "data-turbo-confirm", "data-bs-confirm", "download"),
    *("hx-post", "hx-put", "hx-delete", "hx-patch", "data-post", "data-delete", "data-submit"),
    "data-turbo-method",
)
_LANGUAGES = frozenset(
    map(
        fold,
        (
            *("français", "francais", "fr", "العربية", "عربي", "عربية", "ar", "arabe", "الفرنسية"),
            *("english", "en", "anglais", "الإنجليزية", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "amazigh", "tamazight"),
        ),
    )
)


class _Entry(NamedTuple):
    """A link that may be followed."""

    label: str
    address: str
    place: Place
    group: str

    def guess(self) -> Guess:
        """Return what the page is about; of a label such as "list" its group tells."""
        own = guess_kind(self.label, self.address)
        return guess_kind(self.group, self.address) if self.group and not own.score else own


def read_menu(tree: LexborHTMLParser, base: str, url: str) -> tuple[MenuPage, ...] | None:
    """Return the pages that the menu of a page at `url` offers, None where there is no menu.

    `base` is the portal's base, below which the addresses are told. A page counts once, under the
    first label that says anything. An address that one link calls a change is left out altogether.
    More links than a menu has are none: a part of it would pass for the whole.
    """
    links = tree.css("a[href]")
    if len(links) > _MOST_LINKS:
        return None
    around = tree.css_first("base[href]")
    origin = urljoin(url, around.attributes.get("href") or "") if around is not None else url
    entries: dict[str, _Entry] = {}
    barred: set[str] = set()
    for link in links:
        place = place_of(link)
        address = _address(base, url, origin, link) if place is not Place.OUTSIDE else None
        if address is None:
            continue
        key = address.lower()
        label = label_of(link)
        if not label_may_be_followed(label):
            if "#" not in (link.attributes.get("href") or ""):
                barred.add(key)
        elif fold(label) not in _LANGUAGES:
            group = group_title(link) if says_nothing(label) else ""
            entry = _Entry(label, address, place, group)
            known = entries.get(key)
            if known is not None and known.label:
                entry = known._replace(place=min(known.place, place))
            entries[key] = entry
    offered = [one for key, one in entries.items() if one.label and key not in barred]
    has_menu = any(one.place is not Place.CONTENT for one in offered)
    pages = tuple(
        MenuPage(label=one.label, address=one.address, kind=guess.kind)
        for one in offered
        if (guess := one.guess())
        # News and the like lead to pages of the portal too, but are no menu.
        if one.place is not Place.CONTENT or guess.is_sure or not has_menu
    )
    return pages if 0 < len(pages) <= _MOST_PAGES else None


def _address(base: str, url: str, origin: str, link: LexborNode) -> str | None:
    """Return where a link leads below the base, None where it is no page of its own to GET."""
    href = (link.attributes.get("href") or "").strip()
    if not href or href.startswith("#") or is_hidden(link) or not _only_gets(link):
        return None
    try:
        target = urljoin(origin, href)
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
    """Whether nothing beside the address says that following the link sends or asks something."""
    attributes = link.attributes
    if any((attributes.get(name) or "get").lower() != "get" for name in _METHODS):
        return False
    if any(name in attributes for name in _WRITING):
        return False
    if _STUDENT_CODE.fullmatch(attributes.get("data-code") or ""):
        return False
    toggle = attributes.get("data-bs-toggle") or attributes.get("data-toggle")
    if toggle in ("modal", "tab", "pill"):
        return False
    return _SENDS.search(attributes.get("onclick") or "") is None
