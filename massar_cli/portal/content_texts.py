"""Visible text of a page's content in lines, with the labels, links and icons in it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from massar_cli.convert import one_line
from massar_cli.folding import fold
from massar_cli.portal.elements import Element
from massar_cli.portal.followable import only_shows
from massar_cli.portal_pages import Cell, Link

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hgroup", "hr", "li", "main", "menu", "nav", "ol", "p", "pre"),
        *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
        *("caption", "legend", "search", "dir", "button"),
    )
)
_LABELS = frozenset(("b", "strong", "label", "th", "dt"))
_LABEL_CLASSES = frozenset(("fw-bold", "font-weight-bold", "bold", "text-bold", "fw-semibold"))
_GLUED = frozenset(("sup", "sub", "wbr"))
_ICON = re.compile(r"(?:fa|bi|glyphicon|icon|badge|label|ion|material|mdi|text|bg)(?:-|$)")
_WRITTEN = frozenset(
    ("text", "email", "tel", "number", "date", "datetime-local", "time", "url", "")
)
_FILE_ENDING = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|txt|zip|rar|7z|jpe?g|png|gif|webp|tiff?|bmp"
    r"|mp3|mp4|m4a|wav|avi|mov|epub)$",
    re.IGNORECASE,
)
_FILE_WORDS = re.compile(
    r"download|telecharg|fichier|attach|pieces? ?jointe|paperclip|getfile|(?:^| )(?:file|pj)(?: |$)"
    r"|تحميل|تنزيل|مرفق"
)
_FILE_LABELS = re.compile(
    r"fichier|pieces? ?jointe|attach|annexe|document|telecharg|file|download"
    r"|مرفق|ملف|وثيق|وثائق|تحميل"
)
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST_ADDRESS = 2_000


class LinkDraft:
    """A link while its text is still being read."""

    __slots__ = ("address", "hints", "is_placed", "texts", "title")

    def __init__(self, element: Element, address: str) -> None:
        self.address = address
        self.title = one_line(element.get("title") or element.get("aria-label"))
        self.texts: list[str] = []
        self.is_placed = False
        self.hints = [" ".join(element.classes)]
        if "download" in element.attributes:
            self.hints.append("download")

    def link(self) -> Link:
        """Return the link; one without a text is named by its title, or else by its address."""
        text = one_line("".join(self.texts)) or self.title
        return Link(text or unquote(urlsplit(self.address).path).rpartition("/")[2], self.address)

    def is_file(self) -> bool:
        """Whether the link leads to a file, as far as its address, classes and words tell."""
        parts = urlsplit(self.address)
        path = unquote(parts.path)
        if not only_shows(self.address):
            return False
        if _FILE_ENDING.search(path) or _FILE_ENDING.search("".join(self.texts).strip()):
            return True
        # Each a little, so that a long one does not hide what the others tell.
        query, hints = unquote(parts.query)[-100:], " ".join(self.hints)[:100]
        words = (path[-100:], query, hints, self.title[:80], "".join(self.texts[:5])[:80])
        return _FILE_WORDS.search(fold(_WORD_START.sub(" ", " ".join(words)))) is not None


@dataclass(slots=True, eq=False)
class Line:
    """A line as a page shows it. `item` tells which lines belong to one item of a list.

    `goes_on` says that only a line break, within one paragraph, parts it from the line before.
    """

    item: int = 0
    goes_on: bool = False
    label: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    links: list[LinkDraft] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    titles: list[str] = field(default_factory=list)
    has_rest: bool = False

    @property
    def text(self) -> str:
        """The whole line."""
        return one_line("".join((*self.label, *self.rest)))

    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.links and not self.marks and not self.text


class Lines:
    """Reads texts and elements, in order, into lines."""

    def __init__(self, url: str, link: LinkDraft | None = None) -> None:
        self.url = url
        self.done: list[Line] = []
        self._items = 0
        self._item = 0
        self.link = link
        self._line = Line()
        self._bold = 0
        self._may_glue = True

    def text(self, text: str) -> None:
        """Add a text."""
        line = self._line
        is_blank = not text or text.isspace()
        if not line.has_rest and (is_blank or self._bold):
            line.label.append(text)
        else:
            line.rest.append(text)
            line.has_rest = True
        if self.link is not None:
            self.link.texts.append(text)
            if not is_blank:
                self._place(self.link)
        self._may_glue = True

    def enter(self, element: Element) -> None:
        """Begin an element."""
        tag = element.tag
        if tag in _BLOCKS:
            self.end_line()
        elif tag == "br":
            self._break_line()
        elif tag == "label" and self._line.has_rest:
            self.end_line()  # the next field of a form
        elif not self._may_glue and tag not in _GLUED:
            self.text(" ")
        if tag in _LABELS or not element.classes.isdisjoint(_LABEL_CLASSES):
            self._bold += 1
        if tag == "a" or (tag == "area" and element.get("href")):
            self._open_link(element)
        elif tag in ("img", "input", "select"):
            self._show(element)
        self._note(element)

    def leave(self, element: Element) -> None:
        """End an element."""
        tag = element.tag
        if tag == "a":
            self._close_link()
        if tag in _LABELS or not element.classes.isdisjoint(_LABEL_CLASSES):
            self._bold -= 1
        if tag in _BLOCKS:
            self.end_line()
        self._may_glue = tag in _GLUED

    def end_line(self) -> None:
        """End the line."""
        if not self._line.is_empty() or self._line.titles:
            self.done.append(self._line)
        self._line = Line(self._item)
        self._may_glue = True
        if self.link is not None:
            self.link.texts.append(" ")

    def _break_line(self) -> None:
        """End the line within its paragraph."""
        goes_on = self._line.goes_on if self._line.is_empty() else True
        self.end_line()
        self._line.goes_on = goes_on

    def next_item(self) -> None:
        """End the line, and the item of a list that it belongs to."""
        self._items += 1
        self._item = self._items
        self.end_line()

    def no_item(self) -> None:
        """End the line; those that follow belong to no item of a list."""
        self._item = 0
        self.end_line()

    def take(self) -> list[Line]:
        """Return the lines read so far, and forget them."""
        self.end_line()
        done, self.done = self.done, []
        return done

    def _open_link(self, element: Element) -> None:
        self._close_link()
        address = whole_address(self.url, element.get("href"))
        if address is not None:
            self.link = LinkDraft(element, address)

    def _close_link(self) -> None:
        link, self.link = self.link, None
        if link is not None and leads_elsewhere(self.url, link.address):
            told = "".join(link.texts)
            if told.strip() and link.address not in told:
                # Nothing else of a record would tell where it leads.
                self.text(f" ({link.address})")
        if link is not None and not link.is_placed:
            self._place(link)

    def _place(self, link: LinkDraft) -> None:
        if not link.is_placed:
            link.is_placed = True
            self._line.links.append(link)

    def _show(self, element: Element) -> None:
        """Add what a picture, a field or a choice shows."""
        shown = ""
        kind = element.get("type").lower()
        if element.tag == "img":
            shown = element.get("alt")
        elif element.tag == "select":
            shown = chosen_text(element)
        elif kind in _WRITTEN or kind in ("submit", "button", "reset"):
            shown = element.get("value")
        elif kind == "checkbox" and "disabled" in element.attributes:
            # So ASP.NET MVC shows a yes or no.
            shown = "☑" if "checked" in element.attributes else "☐"
        if shown:
            bold, self._bold = self._bold, 0
            self.text(f" {shown} ")
            self._bold = bold

    def _note(self, element: Element) -> None:
        """Note the classes of an icon or badge, and the words that stand for it."""
        if element.tag not in ("i", "span", "em", "img", "a", "button", "abbr"):
            return
        classes = {name for name in element.classes if _ICON.match(name)}
        if classes and element.tag in ("i", "span", "em"):
            self._line.marks |= classes
            if self.link is not None:
                self.link.hints.append(" ".join(classes))
        if words := element.get("title") or element.get("aria-label"):
            self._line.titles.append(words)


def flat_lines(element: Element, url: str, link: LinkDraft | None = None) -> list[Line]:
    """Return everything inside an element as lines."""
    lines = Lines(url, link)
    for child, ends in element.walk():
        if isinstance(child, str):
            lines.text(child)
        elif ends:
            lines.leave(child)
        else:
            lines.enter(child)
    return lines.take()


def chosen_text(select: Element) -> str:
    """Return the text of the chosen option of a `select`: the first, where none is marked."""
    marked = [one for one in select.options if "selected" in one.attributes]
    return option_text((marked or select.options)[0]) if select.options else ""


def option_text(option: Element) -> str:
    """Return an option's text."""
    return one_line("".join(child for child in option.children if isinstance(child, str)))


def leads_elsewhere(url: str, address: str) -> bool:
    """Whether an address is on another site than the page itself.

    >>> leads_elsewhere("https://a.ma/m/Page", "https://example.org/cours?id=1")
    True
    >>> leads_elsewhere("https://a.ma/m/Page", "https://a.ma/m/Other")
    False
    """
    own, other = urlsplit(url), urlsplit(address)
    return other.scheme in ("http", "https") and own.hostname not in (None, other.hostname)


def whole_address(url: str, href: str) -> str | None:
    """Return the whole address of a link, None where it leads nowhere outside its page."""
    href = href.strip()
    if not href or href.startswith("#") or len(href) > _LONGEST_ADDRESS:
        return None
    try:
        address = urljoin(url, href)
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https", "") else None


@dataclass(slots=True, eq=False)
class Files:
    """The file links met so far, each address once."""

    found: dict[str, Link] = field(default_factory=dict)

    def note(self, drafts: Iterable[LinkDraft]) -> tuple[Link, ...]:
        """Return links for their cell, and keep those that lead to files."""
        links = []
        for draft in drafts:
            link = draft.link()
            links.append(link)
            if draft.is_file():
                self._keep(link)
        return tuple(links)

    def note_labelled(self, label: str, links: Iterable[Link]) -> None:
        """Keep the links under a label, or in a column, that says that files stand there."""
        if _FILE_LABELS.search(fold(label)):
            for link in links:
                if only_shows(link.address):
                    self._keep(link)

    def _keep(self, link: Link) -> None:
        self.found.setdefault(link.address, link)


def cell_of(lines: Sequence[Line], files: Files, text: str | None = None) -> Cell:
    """Return lines as one cell; where there is no text, the words that stand for its icons."""
    texts = [one for line in lines if (one := line.text)]
    if text is None:
        text = " ".join(texts)
    if not text:
        text = one_line(" ".join(dict.fromkeys(t for line in lines for t in line.titles)))
    return Cell(
        text=text,
        links=files.note(draft for line in lines for draft in line.links),
        lines=tuple(texts) if len(texts) > 1 else (),
        marks=frozenset(mark for line in lines for mark in line.marks),
    )
