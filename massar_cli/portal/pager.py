"""The pager of a list: which address holds the page after this one."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from massar_cli.convert import western_digits
from massar_cli.errors import PageChanged
from massar_cli.folding import fold
from massar_cli.language import translate as _
from massar_cli.portal.content_texts import whole_address
from massar_cli.portal.elements import Element

_CLASSES = frozenset(
    ("pagination", "grid-pager", "pager", "paginate", "dataTables_paginate".lower(), "paging")
)
_NUMBER = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_WORDS = frozenset(
    (
        *("suivant", "suivante", "precedent", "precedente", "premier", "premiere", "dernier"),
        *("derniere", "next", "previous", "prev", "first", "last", "page", "pages", "of", "de"),
        *("sur", "current", "courante", "pagination", "navigation", "a", "la"),
        *("التالي", "التاليه", "السابق", "السابقه", "الاول", "الاولي", "الاخير", "الاخيره"),
        *("الصفحه", "صفحه", "من", "الصفحات"),
    )
)
_NEXT = frozenset(("suivant", "suivante", "next", "التالي", "التاليه", "page suivante"))
_NEXT_SIGNS = frozenset(("›", "»", ">", ">>", "→"))
_MOST_WORDS = 200
_LARGEST = 300


def is_pager(element: Element) -> bool:
    """Whether an element only leads to the other pages of a list."""
    if element.size > _LARGEST or (
        element.classes.isdisjoint(_CLASSES)
        and "pagination" not in element.get("aria-label").lower()
    ):
        return False
    words = fold(_text(element)).split(" ")
    return len(words) <= _MOST_WORDS and all(
        not word or word.isdigit() or word in _WORDS for word in words
    )


def next_address(area: Element, url: str) -> str | None:
    """Return the address of the next page of the list in a page at `url`, None on the last.

    Raises PageChanged for a pager that is not understood, or goes on in a way not followed.
    """
    found = {address for pager in _pagers(area) if (address := _next_of(pager, url)) is not None}
    if len(found) > 1:
        raise PageChanged(_("The page has several lists that go on, each on pages of its own."))
    return next(iter(found), None)


def _pagers(area: Element) -> Iterator[Element]:
    opened = [area]
    while opened:
        element = opened.pop()
        if is_pager(element):
            yield element
            continue
        opened.extend(one for one in element.children if isinstance(one, Element))


def _next_of(pager: Element, url: str) -> str | None:
    if "datatables_paginate" in pager.classes:
        return None  # a script's own, over rows that are all on the page
    links = [one for one in pager.descendants() if one.tag in ("a", "button")]
    following = [one for one in links if "next" in one.get("rel").lower().split()]
    if following:
        return _followed(following[0], url)
    current = _current(pager)
    if current is not None:
        for link in links:
            if western_digits(_text(link)) == str(current + 1):
                return _followed(link, url)
        return None
    if any(_NUMBER.fullmatch(western_digits(_text(link))) for link in links):
        raise PageChanged(_("The page has a list whose pager does not say which page this is."))
    for link in links:
        text = _text(link)
        if (text in _NEXT_SIGNS or fold(text) in _NEXT) and link.get("href") not in ("", "#"):
            return _followed(link, url)
    return None


def _current(pager: Element) -> int | None:
    """Return the number of this page."""
    for one in pager.descendants():
        is_marked = not one.classes.isdisjoint(("active", "current", "selected")) or (
            one.get("aria-current") not in ("", "false")
        )
        text = western_digits(fold(_text(one))) if is_marked else ""
        if (number := _NUMBER.search(text)) is not None:
            return int(number[0])
    plain = [
        int(text)
        for one in pager.descendants()
        if one.tag in ("li", "span", "strong", "b")
        and not any(inner.tag in ("a", "button") for inner in one.descendants())
        and _NUMBER.fullmatch(text := western_digits(_text(one)))
    ]
    return plain[0] if len(set(plain)) == 1 else None


def _followed(link: Element, url: str) -> str:
    address = whole_address(url, link.get("href")) if link.tag == "a" else None
    if address is None or not _differs_in_query(address, url):
        raise PageChanged(_("The page has a list that goes on in a way which is not followed."))
    return address


def _differs_in_query(address: str, url: str) -> bool:
    one, other = urlsplit(address), urlsplit(url)
    return (one.scheme, one.netloc, one.path) == (other.scheme, other.netloc, other.path) and (
        one.query != other.query
    )


def _text(element: Element) -> str:
    return " ".join("".join(one for one, _ends in element.walk() if isinstance(one, str)).split())
