"""An HTML table as a rectangle of texts: `rowspan` and `colspan` spread, nothing dropped."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from selectolax.lexbor import LexborNode

from massar_cli.convert import one_line
from massar_cli.errors import PageChanged
from massar_cli.language import translate as _

_SPANNED = '[rowspan]:not([rowspan="1"]), [colspan]:not([colspan="1"])'
EMPTY_ROW = "grid-empty-text"
_MOST_DIGITS = 5
_MOST_COLUMNS = 200
_LONGEST_TEXT = 2_000
MOST_PLACES = 200_000
"""Bounds on what a table may claim, so that a hostile page cannot fill the memory."""

Node = TypeVar("Node")
Value = TypeVar("Value")


class Table(NamedTuple):
    """Column headings, and the rows below them, each with one text a column.

    A row shorter than the headings is filled with empty texts; a longer one stays longer.
    """

    headings: tuple[str, ...]
    rows: list[list[str]]


def read_table(table: LexborNode) -> Table:
    """Return the texts of `table`; the row by which Grid.Mvc says "no data" is left out.

    Raises PageChanged for a table too large to be one of the portal's, and for two cells in one
    place, as it cannot be told whose column and row such a text is in.
    """
    head: list[LexborNode] = []
    body: list[LexborNode] = []
    for row in _rows(table):
        is_heading = row.parent is not None and row.parent.tag == "thead"
        if is_heading or (not body and not head and row.css_first("th") is not None):
            head.append(row)
        elif EMPTY_ROW not in (row.attributes.get("class") or ""):
            body.append(row)
    has_spans = table.css_first(_SPANNED) is not None
    headings = joined_headings(_spread(head) if has_spans else [_texts(row) for row in head])
    rows = _spread(body) if has_spans else [_texts(row) for row in body]
    width = len(headings)
    if width * len(rows) > MOST_PLACES:
        raise too_large()
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
        raise too_large()
    return text


def joined_headings(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return one heading a column; where there are two rows of headings, both texts."""
    if len(rows) == 1:
        return tuple(rows[0])
    width = max(map(len, rows), default=0)
    columns = ([row[i] for row in rows if i < len(row)] for i in range(width))
    return tuple(" ".join(dict.fromkeys(filter(None, column))) for column in columns)


def _spread(rows: Sequence[LexborNode]) -> list[list[str]]:
    """Return the rows' texts with every spanned cell repeated in each place it covers."""
    groups = groupby(rows, lambda row: row.parent and row.parent.mem_id)
    cells = [[list(row.iter()) for row in group] for _key, group in groups]
    return spread(cells, _text, _span, "", may_overlap=False)


def spread(
    groups: Iterable[Sequence[Sequence[Node]]],
    value_of: Callable[[Node], Value],
    span_of: Callable[[Node, str], int],
    empty: Value,
    *,
    may_overlap: bool = True,
) -> list[list[Value]]:
    """Return the rows' values with that of every spanned cell in each place it covers.

    Places are those of the table model of HTML, in which no cell reaches beyond its group of rows.
    Places between cells that nothing covers get `empty`. Where two cells cover one place, the one
    that begins later is there. Raises PageChanged for that unless they `may_overlap`, and for
    spans that claim more places than a table of the portal has.
    """
    result: list[list[Value]] = []
    bound = _Bound()
    for rows in groups:
        reaching: list[_Reaching[Value]] = []
        for index, row in enumerate(rows):
            reaching = [one for one in reaching if one.last_row >= index]
            places: dict[int, Value] = {}
            for one in reaching:
                bound.take(len(one.columns))
                places |= dict.fromkeys(one.columns, one.value)
            from_above = frozenset(places)
            column = 0
            for cell in row:
                while column in from_above:
                    column += 1
                width = min(span_of(cell, "colspan") or 1, max(1, _MOST_COLUMNS - column))
                bound.take(width)
                columns = range(column, column + width)
                if not may_overlap and not from_above.isdisjoint(columns):
                    raise PageChanged(_("Two cells of a table on the page are in one place."))
                value = value_of(cell)
                places |= dict.fromkeys(columns, value)
                height = span_of(cell, "rowspan") or len(rows)
                if height > 1:
                    reaching.append(_Reaching(columns, index + height - 1, value))
                column += width
            ends = max(places, default=-1) + 1
            bound.take(ends - len(places))
            result.append([places.get(place, empty) for place in range(ends)])
    return result


class _Reaching(NamedTuple, Generic[Value]):
    """A cell that reaches down into later rows of its group, until `last_row`."""

    columns: range
    last_row: int
    value: Value


class _Bound:
    """How many places a table may still claim."""

    def __init__(self) -> None:
        self._left = MOST_PLACES

    def take(self, places: int) -> None:
        """Count places; raises PageChanged where they are too many."""
        self._left -= places
        if self._left < 0:
            raise too_large()


def _span(cell: LexborNode, name: str) -> int:
    """Return a cell's span, 1 where it is no number."""
    return to_span(cell.attributes.get(name))


def to_span(text: str | None) -> int:
    """Return the number that the value of `rowspan` or `colspan` is, 1 where it is none."""
    text = (text or "1").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 1


def too_large() -> PageChanged:
    """Return the error for a table larger than any known one."""
    return PageChanged(_("A table on the page is larger than any known one."))
