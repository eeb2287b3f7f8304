"""The content of a page as blocks, read in one walk in the order of the page.

Nothing is left out: a heading that captions no block, and text that belongs to none, are notices.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from massar_cli.portal.content_tables import is_layout, read_table_parts
from massar_cli.portal.content_texts import Files, Line, Lines, cell_of, flat_lines
from massar_cli.portal.elements import Element, Holds
from massar_cli.portal.pager import is_pager
from massar_cli.portal_pages import GOES_ON, Block, Cell, Link, Row

_ALERTS = frozenset(("alert", "callout", "notice", "message", "validation-summary-errors"))
_SCOPES = frozenset(("section", "fieldset", "td", "details"))
_TABS = frozenset(("nav-tabs", "nav-pills", "nav-tabs-custom"))
_STRUCTURE = Holds.TABLE | Holds.DEFINITIONS | Holds.LIST | Holds.CARD | Holds.FIELD
_COLON = re.compile(r"([^:：\d][^:：]{0,59}?)\s*[:：](?:\s+(\S.*)|)$", re.DOTALL)
_LISTS = frozenset(("li", "ul", "ol"))
_QUOTES = frozenset(("blockquote", "pre"))
_BESIDE = frozenset(
    (
        *("pull-right", "pull-left", "float-right", "float-left", "float-end", "float-start"),
        *("badge", "label", "text-muted"),
    )
)
"""What stands in the heading of a card without being its title."""
_PARTS = frozenset(("p", "div"))
_LONGEST_LABEL = 60
_LARGEST_TABS = 300

_Kind = Literal["text", "card", "form", "list", "alert"]


@dataclass(slots=True, eq=False)
class _Heading:
    """A heading in force, and whether a block has it as its caption already."""

    text: str
    lines: list[Line] = field(default_factory=list)
    is_used: bool = False


@dataclass(slots=True, eq=False)
class _Context:
    """Where the walk is: what a run of text is here, and the heading outside."""

    kind: _Kind
    element: Element
    outside: _Heading | None
    is_repeated: bool = False


class BlockReader:
    """Walks through the content area of a page at `url` and gathers its blocks."""

    def __init__(self, area: Element, url: str) -> None:
        self.blocks: list[Block] = []
        self.files = Files()
        self.title: str | None = None
        self._url = url
        self._lines = Lines(url)
        self._heading: _Heading | None = None
        self._contexts = [_Context("text", area, None)]
        self._tabs: dict[str, str] = {}
        self._known_tabs: set[str] = set()
        self._is_single = False
        self._lists = 0
        self._ids = {one.get("id") for one in area.descendants() if "id" in one.attributes}
        self._cards = Counter(_looks(one) for one in area.descendants() if one.is_card)
        self._walk(area)

    def _walk(self, area: Element) -> None:
        opened = [(area, iter(area.children))]
        while opened:
            element, rest = opened[-1]
            child = next(rest, None)
            if child is None:
                opened.pop()
                if opened:
                    self._leave(element)
            elif isinstance(child, str):
                self._lines.text(child)
            elif self._enter(child):
                opened.append((child, iter(child.children)))
        self._end_run()
        self._leave_heading(None)
        self._tell_files()

    def _enter(self, element: Element) -> bool:
        """Begin an element; returns whether what is inside is walked through one by one."""
        if is_pager(element):
            return False
        if element.tag == "table":
            return self._enter_table(element)
        if element.tag == "dl" and not element.holds & Holds.TABLE:
            self._end_run()
            self._add("list", rows=self._definition_rows(element))
            return False
        if element.is_heading and not element.holds & _STRUCTURE:
            self._set_heading(element)
            return False
        if element.tag == "dt":
            self._set_heading(element)
            return False
        if self._is_tab_list(element):
            self._end_run()
            self._note_tabs(element)
        if element.tag in _LISTS or element.tag in _QUOTES:
            self._lists += 1
            self._lines.next_item()
        self._enter_context(element)
        self._lines.enter(element)
        return True

    def _enter_table(self, table: Element) -> bool:
        self._end_run()
        if is_layout(table):
            self._push("text", table)
            self._lines.enter(table)
            return True
        parts = read_table_parts(table, self._url, self.files)
        if parts.caption:
            self._tell_unused_heading()
        if parts.columns or parts.rows or parts.caption:
            self._add("table", parts.columns, parts.rows, caption=parts.caption)
        if parts.saying:
            self._add("notice", rows=[Row((Cell(parts.saying),))])
        return False

    def _enter_context(self, element: Element) -> None:
        """Open what makes the text inside something else than the text around it."""
        inside = self._contexts[-1]
        pane = self._tabs.pop(element.get("id"), None) if element.get("id") else None
        if pane is not None:
            self._push("text", element)
            self._heading = _Heading(pane)
        elif not element.classes.isdisjoint(_ALERTS) or element.get("role").lower() == "alert":
            self._push("alert", element)
        elif _is_card(element):
            self._push("card", element, is_repeated=self._cards[_looks(element)] > 1)
        elif element.tag == "form":
            self._push("form", element)
        elif element.tag in ("ul", "ol"):
            if inside.kind not in ("card", "list") or inside.element.holds & Holds.TABLE:
                self._push("list", element)
        elif element.tag in _SCOPES:
            self._push("text", element)

    def _push(self, kind: _Kind, element: Element, *, is_repeated: bool = False) -> None:
        self._end_run()
        if kind != "list":
            self._lines.no_item()
        self._contexts.append(_Context(kind, element, self._heading, is_repeated))

    def _leave(self, element: Element) -> None:
        self._lines.leave(element)
        context = self._contexts[-1]
        if context.element is element:
            self._end_run()
            self._leave_heading(context.outside)
            self._contexts.pop()
        is_listed = element.tag in _LISTS or element.tag in _QUOTES
        self._lists -= is_listed
        if self._lists and (is_listed or context.element is element):
            self._lines.next_item()
        elif is_listed:
            self._lines.no_item()

    # Headings

    def _set_heading(self, element: Element) -> None:
        self._end_run()
        beside = self._beside_title(element)
        lines = flat_lines(element, self._url, self._lines.link)
        text = " ".join(line.text for line in lines if line.text)
        if not text:
            self._lines.done.extend(line for line in lines if line.links)
            return
        self._tell_unused_heading()
        is_title = (
            self.title is None
            and not self.blocks
            and (element.tag in ("h1", "h2") or "page-title" in element.classes)
            and not any(context.kind == "card" for context in self._contexts)
        )
        if is_title:
            self.title = text
        has_links = any(line.links for line in lines)
        self._heading = _Heading(text, lines, is_used=is_title and not has_links)
        self._lines.done.extend(line for one in beside for line in flat_lines(one, self._url))

    def _beside_title(self, heading: Element) -> list[Element]:
        """Take what is no part of a card's title out of its heading: a day beside it, a badge."""
        if self._contexts[-1].kind != "card":
            return []
        opened, beside = [heading], []
        while opened:
            element = opened.pop()
            inner = [one for one in element.children if isinstance(one, Element)]
            found = [one for one in inner if one.tag == "small" or one.classes & _BESIDE]
            if found and _has_text(element, found):
                element.children = [one for one in element.children if one not in found]
                beside += found
            opened.extend(reversed([one for one in inner if one not in found]))
        return beside

    def _leave_heading(self, outside: _Heading | None) -> None:
        if self._heading is not outside:
            self._tell_unused_heading()
            self._heading = outside

    def _tell_unused_heading(self) -> None:
        """Make a notice of a heading that no block has as its caption."""
        heading = self._heading
        if heading is not None and not heading.is_used:
            heading.is_used = True
            cell = cell_of(heading.lines, self.files, heading.text)
            self.blocks.append(_block("notice", None, (), [Row((cell,))]))

    # Tabs

    def _is_tab_list(self, element: Element) -> bool:
        return element.size <= _LARGEST_TABS and (
            not element.classes.isdisjoint(_TABS) or element.get("role").lower() == "tablist"
        )

    def _note_tabs(self, element: Element) -> None:
        """Keep the labels of tabs whose panes are in the content.

        One in a heading is the title of the card that both stand in.
        """
        headings = 0
        for one, ends in element.walk():
            if isinstance(one, str):
                continue
            if one.is_heading:
                headings += -1 if ends else 1
            if ends or headings:
                continue
            target = next(
                (
                    value[1:]
                    for name in ("data-bs-target", "data-target", "href")
                    if (value := one.get(name)).startswith("#")
                ),
                one.get("aria-controls"),
            )
            if target in self._ids and target not in self._known_tabs:
                self._known_tabs.add(target)
                lines = flat_lines(one, self._url)
                text = " ".join(line.text for line in lines if line.text)
                if text:
                    self._tabs[target] = text
                    one.children = []

    # Blocks

    def _add(
        self,
        kind: Literal["table", "list", "notice"],
        columns: tuple[str, ...] = (),
        rows: Sequence[Row] = (),
        caption: str | None = None,
        *,
        is_form: bool = False,
    ) -> None:
        links: tuple[Link, ...] = ()
        heading = self._heading
        if caption is None and heading is not None:
            caption = heading.text
            if heading.lines:
                links = self.files.note(draft for line in heading.lines for draft in line.links)
            heading.is_used = True
        if rows or columns or caption:
            self.blocks.append(_block(kind, caption, columns, rows, links, is_form=is_form))

    def _end_run(self) -> None:
        """Make a block of the lines since the last one."""
        lines = self._lines.take()
        if not any(line.text or line.links or line.titles for line in lines):
            return
        context = self._contexts[-1]
        rows, pairs = _paired(lines, self.files)
        is_list = {
            "list": True,
            "alert": False,
            "form": pairs > 0,
            "card": pairs > 0 or context.is_repeated or any(line.item for line in lines),
            "text": pairs > 1 and pairs * 2 >= len(rows),
        }[context.kind]
        if context.is_repeated and not pairs and len(rows) == 1 and self._goes_on():
            self.blocks[-1] = replace(self.blocks[-1], rows=self.blocks[-1].rows + tuple(rows))
        elif is_list:
            self._add("list", rows=rows, is_form=context.kind == "form")
            self._is_single = context.is_repeated and not pairs and len(rows) == 1
        else:
            self._add("notice", rows=[Row((cell_of(lines, self.files),), _marks_of(lines))])

    def _goes_on(self) -> bool:
        """Whether the last block is a list of cards of one line, to which another belongs."""
        caption = self._heading.text if self._heading is not None else None
        last = self.blocks[-1] if self.blocks else None
        return (
            self._is_single
            and last is not None
            and (last.kind, last.caption) == ("list", caption)
            and not any(row.cells[0].text for row in last.rows)
        )

    def _definition_rows(self, element: Element) -> list[Row]:
        """Return the pairs of a `dl`; text between them gets an empty label."""
        rows: list[Row] = []
        label: Cell | None = None
        loose = Lines(self._url, self._lines.link)

        def tell(value: Cell | None) -> None:
            nonlocal label
            if label is not None or value is not None:
                cells = (label or Cell(""), value or Cell(""))
                self.files.note_labelled(cells[0].text, cells[1].links)
                rows.append(Row(cells, cells[0].marks | cells[1].marks))
            label = None

        def tell_loose() -> None:
            between = loose.take()
            if any(line.text or line.links for line in between):
                tell(None)
                tell(cell_of(between, self.files))

        opened = [iter(element.children)]
        while opened:
            child = next(opened[-1], None)
            if child is None:
                opened.pop()
            elif isinstance(child, str):
                loose.text(child)
            elif child.tag in ("dt", "dd"):
                tell_loose()
                cell = cell_of(flat_lines(child, self._url, self._lines.link), self.files)
                if child.tag == "dd":
                    tell(cell)
                else:
                    tell(None)
                    label = Cell(_without_colon(cell.text), cell.links, cell.lines, cell.marks)
            else:
                loose.enter(child)
                opened.append(iter(child.children))
        tell(None)
        tell_loose()
        return rows

    def _tell_files(self) -> None:
        if self.files.found:
            rows = [
                Row((Cell(link.text, (link,)), Cell(link.address)))
                for link in self.files.found.values()
            ]
            self.blocks.append(_block("files", None, (), rows))


def _block(
    kind: Literal["table", "list", "notice", "files"],
    caption: str | None,
    columns: tuple[str, ...],
    rows: Iterable[Row],
    links: tuple[Link, ...] = (),
    *,
    is_form: bool = False,
) -> Block:
    return Block(
        kind=kind,
        caption=caption,
        columns=columns,
        rows=tuple(rows),
        links=links,
        is_form=is_form,
    )


def _looks(element: Element) -> tuple[str, frozenset[str]]:
    return element.tag, element.classes


def _is_card(element: Element) -> bool:
    """Whether an element is a card: in a list only an item of several parts is one."""
    if element.tag != "li":
        return element.is_card
    parts = [one for one in element.children if isinstance(one, Element) and one.tag in _PARTS]
    return bool(element.holds & Holds.HEADING) or (element.is_card and len(parts) > 1)


def _marks_of(lines: Iterable[Line]) -> frozenset[str]:
    return frozenset(mark for line in lines for mark in line.marks)


def _paired(lines: Sequence[Line], files: Files) -> tuple[list[Row], int]:
    """Return lines as rows of a label and a text, and how many have a label.

    A label is bold or ends with a colon; alone on its line it belongs to the next, and where it is
    bold a colon in that one parts no label. The lines of an item of a list are one row.
    """
    rows: list[Row] = []
    pairs = 0
    label = ""
    is_bold = False
    for group in _items(lines):
        text = " ".join(one for line in group if (one := line.text))
        name, value = _label_of(group, text)
        if is_bold and name and value and not _bold_label(group[0]):
            name, value = "", text
        if name and not value and not any(line.links for line in group):
            if label:
                rows.append(_row(label, Cell("")))
            label, is_bold = name, bool(_bold_label(group[0]))
            continue
        if label and not name:
            rows.append(_row(label, cell_of(group, files, text), files))
            pairs += 1
        else:
            if label:
                rows.append(_row("", Cell(label)))
            cell = cell_of(group, files, value if name else None)
            if name and cell.lines:
                first = _label_of(group, group[0].text)[1]
                shown = (first, *(line.text for line in group[1:]))
                cell = cell._replace(lines=tuple(filter(None, shown)))
            elif name:
                cell = cell._replace(lines=())
            row = _row(name, cell, files)
            rows.append(row._replace(marks=row.marks | {GOES_ON}) if group[0].goes_on else row)
            pairs += bool(name)
        label, is_bold = "", False
    if label:
        rows.append(_row("", Cell(label)))
    return [row for row in rows if any(cell.text or cell.links for cell in row.cells)], pairs


def _items(lines: Sequence[Line]) -> Iterable[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and (line.item == 0 or line.item != group[-1].item):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _label_of(group: Sequence[Line], text: str) -> tuple[str, str]:
    """Return the label that a line or item begins with, empty for none, and the rest."""
    label = _bold_label(group[0])
    if label and text.startswith(label):
        return _without_colon(label), text[len(label) :].lstrip(" :：")
    match = _COLON.match(text)
    if match and any(letter.isalpha() for letter in match[1]):
        return match[1], match[2] or ""
    return "", text


def _bold_label(line: Line) -> str:
    """Return the label in bold print that a line begins with, empty for none."""
    label = " ".join("".join(line.label).split())
    return label if len(label) <= _LONGEST_LABEL else ""


def _has_text(element: Element, left_out: Sequence[Element]) -> bool:
    """Whether an element has a text outside some of its children."""
    return any(
        child.strip() if isinstance(child, str) else _has_text(child, ())
        for child in element.children
        if child not in left_out
    )


def _without_colon(label: str) -> str:
    return label.rstrip(" :：\xa0") or label


def _row(label: str, cell: Cell, files: Files | None = None) -> Row:
    if files is not None and label:
        files.note_labelled(label, cell.links)
    return Row((Cell(label), cell), cell.marks)
