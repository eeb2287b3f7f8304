"""An HTML table as a rectangle of texts: `rowspan` and `colspan` spread, nothing dropped."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from massar_cli.convert import one_line
from massar_cli.errors import PageChanged
from massar_cli.language import translate as _

_SPANNED = '[rowspan]:not([rowspan="1"]), [colspan]:not([colspan="1"])'
_EMPTY_ROW = "grid-empty-text"
_MOST_DIGITS = 5
_MOST_COLUMNS = 200
_LONGEST_TEXT = 2_000
_MOST_TEXTS = 200_000
"""Bounds on what a table may claim, so that a hostile page cannot fill the memory."""


class Table(NamedTuple):
    """Column headings, and the rows below them, each with one text a column.

    A row shorter than the headings is filled with empty texts; a longer one stays longer.
    """

    headings: tuple[str, ...]
    rows: list[list[str]]


def read_table(table: LexborNode) -> Table:
    """Return the texts of `table`; the row by which Grid.Mvc says "no data" is left out.

    Raises PageChanged for a table too large to be one of the portal's.
    """
    head: list[LexborNode] = []
    body: list[LexborNode] = []
    for row in _rows(table):
        is_heading = row.parent is not None and row.parent.tag == "thead"
        if is_heading or (not body and not head and row.css_first("th") is not None):
            head.append(row)
        elif _EMPTY_ROW not in (row.attributes.get("class") or ""):
            body.append(row)
    has_spans = table.css_first(_SPANNED) is not None
    headings = _headings(_spread(head) if has_spans else [_texts(row) for row in head])
    rows = _spread(body) if has_spans else [_texts(row) for row in body]
    width = len(headings)
    if width * len(rows) > _MOST_TEXTS:
        raise _too_large()
    for texts in rows:
        if len(texts) < width:
            texts.extend([""] * (width - len(texts)))
    return Table(headings, rows)


def _rows(table: LexborNode) -> list[LexborNode]:
    rows: list[LexborNode] = []
    for child in table.iter():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows.extend(row for row in child.iter() if row.tag == "tr")
    return rows


def _texts(row: LexborNode) -> list[str]:
    return [_text(cell) for cell in row.iter()]


def _text(cell: LexborNode) -> str:
    text = one_line(cell.text())
    if len(text) > _LONGEST_TEXT:
        raise _too_large()
    return text


def _headings(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return one heading a column; where there are two rows of headings, both texts."""
    if len(rows) == 1:
        return tuple(rows[0])
    width = max(map(len, rows), default=0)
    columns = ([row[i] for row in rows if i < len(row)] for i in range(width))
    return tuple(" ".join(dict.fromkeys(filter(None, column))) for column in columns)


def _spread(rows: Sequence[LexborNode]) -> list[list[str]]:
    """Return the rows' texts with every spanned cell repeated in each place it covers."""
    result: list[list[str]] = []
    open_spans: dict[int, tuple[str, int]] = {}
    left = _MOST_TEXTS
    for index, row in enumerate(rows):
        texts: list[str] = []
        cells = deque(row.iter())
        # A row may end before a cell that still reaches down from above.
        ends = max(open_spans, default=-1)
        while cells or len(texts) <= ends:
            column = len(texts)
            if column in open_spans:
                text, height = open_spans.pop(column)
                width = 1
            elif cells:
                cell = cells.popleft()
                text = _text(cell)
                width = min(_span(cell, "colspan") or 1, max(1, _MOST_COLUMNS - column))
                height = min(_span(cell, "rowspan") or len(rows), len(rows) - index)
            else:
                text, width, height = "", 1, 1
            left -= width
            if left < 0:
                raise _too_large()
            for place in range(column, column + width):
                texts.append(text)
                if height > 1:
                    open_spans[place] = (text, height - 1)
        result.append(texts)
    return result


def _span(cell: LexborNode, name: str) -> int:
    """Return a cell's span, 1 where it is no number."""
    text = (cell.attributes.get(name) or "1").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 1


def _too_large() -> PageChanged:
    return PageChanged(_("A table on the page is larger than any known one."))
