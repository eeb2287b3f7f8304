"""A table of a page's content: its caption, headings and rows, with the links in its cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from massar_cli.convert import one_line
from massar_cli.folding import fold
from massar_cli.portal.content_texts import Files, cell_of, flat_lines
from massar_cli.portal.elements import Element, Holds
from massar_cli.portal.table import (
    EMPTY_ROW,
    MOST_PLACES,
    joined_headings,
    spread,
    to_span,
    too_large,
)
from massar_cli.portal_pages import FOOT, Cell, Row

_NOWHERE = Cell("")
_MOST_CHARACTERS = 5_000_000
"""Bound on all texts of one table, those of spanned cells as often as they stand in it."""
_LONGEST_SAYING = 150
_NO_DATA_WORDS = frozenset(
    (
        *("aucun", "aucune", "aucuns", "aucunes", "pas", "neant", "vide", "rien", "no", "none"),
        *("empty", "nothing", "لا", "ليس", "ليست", "لم", "لن", "بدون", "غير", "فارغ", "منعدم"),
    )
)
_NO_DATA_START = re.compile(r"il ?(?:n ?)?y ?a (?:pas|aucun)|ils? n |there (?:is|are) no")
_BOLD = frozenset(("b", "strong"))
_BOLD_CLASSES = frozenset(("fw-bold", "font-weight-bold", "bold", "text-bold"))
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class TableParts:
    """What a table holds. `saying` is the text that stands in it in place of rows."""

    caption: str | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    saying: str | None = None


@dataclass(slots=True, eq=False)
class _Line:
    """A row of a table as it stands in the page.

    `group` is the tag of its group of rows, `group_at` where that stands in the table, -1 for a
    row in none.
    """

    element: Element
    group: str
    group_at: int
    cells: list[Element]


def says_no_data(text: str) -> bool:
    """Whether a short text says that there is nothing to show.

    >>> says_no_data("Aucune donnée"), says_no_data("لا توجد معطيات"), says_no_data("Mathématiques")
    (True, True, False)
    """
    if len(text) > _LONGEST_SAYING:
        return False
    folded = fold(text)
    return folded.split(" ")[0] in _NO_DATA_WORDS or _NO_DATA_START.match(folded) is not None


def is_layout(table: Element) -> bool:
    """Whether a table only lays out what is inside: others, and no headings of its own."""
    if table.get("role").lower() in ("presentation", "none"):
        return True
    has_inner = any(
        isinstance(child, Element) and child.holds & Holds.TABLE for child in table.children
    )
    return has_inner and not any(
        cell.tag == "th" for line in _lines_of(table) for cell in line.cells
    )


def read_table_parts(table: Element, url: str, files: Files) -> TableParts:
    """Return what stands in a table; raises PageChanged for one larger than any known one."""
    lines = _lines_of(table)
    parts = TableParts()
    for child in table.children:
        if isinstance(child, Element) and child.tag == "caption":
            parts.caption = cell_of(flat_lines(child, url), files).text or None
    heads = _count_headings(lines)
    head, body = lines[:heads], lines[heads:]
    is_spanned = any(
        "colspan" in cell.attributes or "rowspan" in cell.attributes
        for line in lines
        for cell in line.cells
    )
    headings = [[cell.text for cell in row] for row in _values(head, url, Files(), is_spanned)]
    parts.columns = joined_headings(headings)
    if not any(parts.columns):
        parts.columns = ()
    width = max(len(parts.columns), max((len(line.cells) for line in body), default=0))
    if len(body) == 1 and heads and (saying := _saying(body[0], url, width)):
        parts.saying = saying
        return parts
    body = [line for line in body if not _is_empty_text(line, parts, url)]
    rows = _values(body, url, files, is_spanned)
    told = {"", *parts.columns, *(text for row in headings for text in row)}
    parts.rows = tuple(_whole_rows(body, rows, parts, told))
    for i, heading in enumerate(parts.columns):
        files.note_labelled(heading, (link for row in parts.rows for link in row.cells[i].links))
    return parts


def _lines_of(table: Element) -> list[_Line]:
    lines: list[_Line] = []
    for place, child in enumerate(table.children):
        if not isinstance(child, Element):
            continue
        rows = [child] if child.tag == "tr" else []
        if child.tag in ("thead", "tbody", "tfoot"):
            rows = [one for one in child.children if isinstance(one, Element) and one.tag == "tr"]
        group_at = -1 if child.tag == "tr" else place
        for row in rows:
            cells = [
                one for one in row.children if isinstance(one, Element) and one.tag in ("td", "th")
            ]
            if cells:
                lines.append(_Line(row, child.tag, group_at, cells))
    # A foot may stand before the body in the page; it is shown after it.
    return sorted(lines, key=lambda line: line.group == "tfoot")


def _count_headings(lines: Sequence[_Line]) -> int:
    """Return how many rows at the top are headings."""
    heads = 0
    while heads < len(lines) and lines[heads].group == "thead":
        heads += 1
    if heads:
        return heads
    while heads < len(lines) and _has_headings_alone(lines[heads]):
        heads += 1
    if heads or not lines:
        return heads
    first, *others = lines
    is_bold = len(first.cells) > 1 and _is_bold_row(first)
    return 1 if is_bold and not any(_is_bold_row(line) for line in others) else 0


def _has_headings_alone(line: _Line) -> bool:
    """Whether a row is made of `th`, but for the empty corner of a table with two kinds of them."""
    headings = sum(cell.tag == "th" for cell in line.cells)
    if headings == len(line.cells):
        return headings > 1 or line.group == "thead"
    return headings > 1 and all(cell.tag == "th" or not _own_text(cell) for cell in line.cells)


def _own_text(cell: Element) -> str:
    return "".join(one for one, _ends in cell.walk() if isinstance(one, str)).strip()


def _is_bold_row(line: _Line) -> bool:
    told = [is_bold for cell in line.cells if (is_bold := _is_bold(cell)) is not None]
    return bool(told) and all(told)


def _is_bold(element: Element) -> bool | None:
    """Whether all of an element's text is bold, None where it has none."""
    if _makes_bold(element):
        return True if _own_text(element) else None
    depth = 0
    found: bool | None = None
    for child, ends in element.walk():
        if isinstance(child, str):
            if child.strip():
                if not depth:
                    return False
                found = True
        elif _makes_bold(child):
            depth += -1 if ends else 1
    return found


def _makes_bold(element: Element) -> bool:
    return (
        element.tag in _BOLD
        or not element.classes.isdisjoint(_BOLD_CLASSES)
        or _BOLD_STYLE.search(element.get("style")) is not None
    )


def _saying(line: _Line, url: str, width: int) -> str | None:
    """Return the text of a row of one cell, across the table, that says that there is nothing."""
    if len(line.cells) != 1 or to_span(line.cells[0].attributes.get("colspan")) < min(width, 2):
        return None
    text = cell_of(flat_lines(line.cells[0], url), Files()).text
    classes = line.element.classes | line.cells[0].classes
    is_marked = any("empty" in name for name in classes)
    return text if text and (is_marked or says_no_data(text)) else None


def _is_empty_text(line: _Line, parts: TableParts, url: str) -> bool:
    """Whether this is the row by which Grid.Mvc says "no data"; its words are kept apart."""
    if EMPTY_ROW not in line.element.classes or len(line.cells) > 1:
        return False
    parts.saying = cell_of(flat_lines(line.element, url), Files()).text or None
    return True


def _values(lines: Sequence[_Line], url: str, files: Files, is_spanned: bool) -> list[list[Cell]]:
    def value_of(cell: Element) -> Cell:
        if cell.size == 1 and not cell.classes:
            return Cell(one_line("".join(map(str, cell.children))))
        return cell_of(flat_lines(cell, url), files)

    if is_spanned:
        groups = groupby(lines, lambda line: line.group_at)
        rows = [[line.cells for line in group] for _place, group in groups]
        return spread(
            rows, value_of, lambda cell, name: to_span(cell.attributes.get(name)), _NOWHERE
        )
    return [[value_of(cell) for cell in line.cells] for line in lines]


def _whole_rows(
    lines: Sequence[_Line], rows: list[list[Cell]], parts: TableParts, told: set[str]
) -> list[Row]:
    """Return the rows, all of one width, without empty ones and a foot that was `told` above."""
    width = max(len(parts.columns), max(map(len, rows), default=0))
    if width * len(rows) > MOST_PLACES:
        raise too_large()
    if parts.columns:
        parts.columns += ("",) * (width - len(parts.columns))
    characters = 0
    whole = []
    for line, cells in zip(lines, rows, strict=True):
        texts = tuple(cell.text for cell in cells)
        if not any(texts) and not any(cell.links or cell.marks for cell in cells):
            continue
        if line.group == "tfoot" and set(texts) <= told:
            continue
        characters += sum(map(len, texts))
        if characters > _MOST_CHARACTERS:
            raise too_large()
        cells.extend([_NOWHERE] * (width - len(cells)))
        whole.append(Row(tuple(cells), _marks(line, cells)))
    return whole


def _marks(line: _Line, cells: Sequence[Cell]) -> frozenset[str]:
    marks = line.element.classes.union(*(cell.marks for cell in cells))
    if line.group == "tfoot":
        marks |= {FOOT}
    return marks | {"bold"} if _is_bold_row(line) else marks
