"""A page of the portal: an HTML answer that proves what it is before it is read."""

import re
from typing import ClassVar, Generic, TypeVar
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from massar_cli.convert import one_line
from massar_cli.errors import PageChanged
from massar_cli.language import translate as _
from massar_cli.portal.time_limit import Errand, TimeLimit

LAYOUT = '.welcomeUser, #NoteDiv, a[href*="logoff" i]'
"""Selects what stands around the content of every page for somebody who is signed in."""
_MOST_TAGS = 150_000
_MOST_NESTING_TAGS = 10_000
_MOST_AT_ONCE = 200_000
"""Letters of a page that is parsed within seconds whatever it holds."""
_MOST_SECONDS = 20.0
_NESTING_TAG = re.compile(
    r"<(?!(?:a|br|col|dd|dt|hr|img|input|li|link|meta|option|p|span|td|th|tr)\b)[a-z]",
    re.IGNORECASE,
)

Record_co = TypeVar("Record_co", covariant=True)


class Page(Generic[Record_co]):
    """One HTML answer, read into one record.

    A page is pure: no network, clock or settings. The landmark is a selector that only this page
    matches; without it the constructor raises PageChanged, before anything is read. `url` is where
    it came from, by which its links are understood, and `base` the portal's base.
    """

    path: str = ""
    """Address below the portal's base; empty for a page that the portal's menu names."""
    method: ClassVar[str] = "GET"
    landmark: ClassVar[str]

    def __init__(self, html: str, url: str = "", base: str = "") -> None:
        self.url = url
        self.base = base
        self.tree = parse_html(html)
        if not self.is_here():
            raise self.changed(_("the part that identifies it is missing"))

    def is_here(self) -> bool:
        """Whether this is the page: proof before anything is read."""
        return self.tree.css_first(self.landmark) is not None

    def read(self) -> Record_co:
        """Return the page's record; raises PageChanged where the page is not as known."""
        raise NotImplementedError

    def changed(self, reason: str, *quoted: str) -> PageChanged:
        """Return the error that names this page and what on it is not as known.

        `quoted` are the words of the page in the reason.
        """
        return PageChanged(
            _("The page {path} is not as expected: {reason}.").format(
                path=self.path or urlsplit(self.url).path, reason=reason
            ),
            private=quoted,
        )


def parse_html(html: str) -> LexborHTMLParser:
    """Parse a page; raises PageChanged for one so large or so odd that parsing takes minutes.

    The time grows with the depth of what is open, so tags that close by themselves do not count.
    What else it may grow with, such as the attributes of one tag, the clock finds.
    """
    tags = html.count("<")
    if tags > _MOST_TAGS or (
        tags > _MOST_NESTING_TAGS
        and sum(1 for _tag in _NESTING_TAG.finditer(html)) > _MOST_NESTING_TAGS
    ):
        raise _too_large()
    if len(html) <= _MOST_AT_ONCE:
        return LexborHTMLParser(html)
    try:
        return Errand(lambda: LexborHTMLParser(html), _nothing_to_tidy).run(
            TimeLimit(_MOST_SECONDS)
        )
    except TimeoutError as error:
        raise _too_large() from error


def _too_large() -> PageChanged:
    return PageChanged(_("The page is larger than any known one."))


def _nothing_to_tidy() -> None:
    pass


def text_of(node: LexborNode | None) -> str:
    """Return a node's text on one line, an empty string for no node."""
    return one_line(node.text()) if node is not None else ""


def definitions(node: LexborNode) -> list[tuple[str, str]]:
    """Return the `dt` and `dd` texts below `node` as pairs, in the order of the page.

    A `dd` with no `dt` before it gets an empty label; a `dt` with no `dd` an empty value.
    """
    pairs: list[tuple[str, str]] = []
    label: str | None = None
    for child in node.css("dt, dd"):
        if child.tag == "dd":
            pairs.append((label or "", text_of(child)))
            label = None
        else:
            if label is not None:
                pairs.append((label, ""))
            label = text_of(child)
    if label is not None:
        pairs.append((label, ""))
    return pairs
