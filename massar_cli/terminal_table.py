"""Tables laid out for people: within a terminal's width, or at full width where there is none."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from massar_cli.cells import heading_texts, labelled, printable, row_texts, title_parts
from massar_cli.rtl import Rtl
from massar_cli.rtl_letters import base_of, has_rtl
from massar_cli.text_lines import Column, Paper, Piece, paper_for
from massar_cli.view import Table

_NAME_WIDTH, _NARROW_NAME_WIDTH = 24, 12
"""Names keep this width before they are broken over lines: first the one, then the other."""
_GAP, _RULED_GAP, _CROSSED_GAP = "  ", " │ ", "─┼─"
_BETWEEN_PARTS = " · "
_INDENT = 2
_BOLD = "1"
_NOTHING = Piece("", 0)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTable:
    """A table whose cells are texts already."""

    table: Table
    title: Sequence[str]
    lines: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    footer: Sequence[str]

    @classmethod
    def of(cls, table: Table, point: str) -> "WrittenTable":
        """Return a table written with the reader's decimal sign."""
        return cls(
            table=table,
            title=title_parts(table),
            lines=[printable(line) for line in table.lines],
            headings=heading_texts(table),
            rows=[row_texts(table, row, point) for row in table.rows],
            footer=[labelled(label, value, point) for label, value in table.footer],
        )

    def texts(self) -> Iterator[str]:
        """Yield every text of the table."""
        for some in (self.title, self.lines, self.headings, *self.rows, self.footer):
            yield from some

    def column(self, i: int) -> list[str]:
        """Return the cells of one column."""
        return [row[i] for row in self.rows]


def table_lines(
    tables: Sequence[Table],
    point: str,
    *,
    width: int | None,
    colour: bool,
    rtl: Rtl,
    leave_out: Callable[[str], object] = str,
) -> Iterator[str]:
    """Yield tables with all columns that there is room for; a block a row where none would fit.

    Without a width there is room for everything. `leave_out` is told the heading of each column
    that is not shown. A table without anything under its headings is none.
    """
    written = [WrittenTable.of(table, point) for table in tables if not table.is_empty]
    texts = [text for table in written for text in table.texts()]
    paper = paper_for(texts, rtl, width=width, colour=colour)
    lines: list[Piece] = []
    for number, table in enumerate(written):
        if number:
            lines.append(_NOTHING)
        lines += _table(table, paper, leave_out)
    yield from paper.finished(lines)


def _table(
    table: WrittenTable, paper: Paper, leave_out: Callable[[str], object]
) -> Iterator[Piece]:
    for line in _title(table.title, paper):
        yield paper.painted(line, _BOLD)
    for text in table.lines:
        yield from paper.wrapped(text, paper.room)
    if table.rows:
        columns = _columns(table, paper)
        if columns is None:
            yield from _blocks(table, paper)
        else:
            for i, heading in enumerate(table.headings):
                if i not in columns:
                    leave_out(heading)
            yield from _rows(table, columns, paper)
    for text in table.footer:
        yield from paper.wrapped(text, paper.room)


def _title(parts: Sequence[str], paper: Paper) -> Iterator[Piece]:
    """Yield the line above a table, or as many as its parts need."""
    line: list[Piece] = []
    for part in parts:
        pieces = paper.wrapped(part, paper.room)
        longer = paper.joined([*line, *pieces], _BETWEEN_PARTS)
        if line and (len(pieces) > 1 or (paper.room is not None and longer.width > paper.room)):
            yield paper.joined(line, _BETWEEN_PARTS)
            line = []
        *full, last = pieces
        yield from full
        line.append(last)
    if line:
        yield paper.joined(line, _BETWEEN_PARTS)


def _blocks(table: WrittenTable, paper: Paper) -> Iterator[Piece]:
    """Yield each row as a name and the lines that belong to it."""
    room = None if paper.room is None else paper.room - _INDENT
    for row in table.rows:
        name, *texts = _texts_of_row(table, row, paper, room) or [""]
        for line in paper.wrapped(name, paper.room):
            if name:
                yield paper.painted(line, _BOLD)
        for text in texts:
            for line in paper.wrapped(text, room):
                yield paper.indented(line, _INDENT)


def _texts_of_row(
    table: WrittenTable, row: Sequence[str], paper: Paper, room: int | None
) -> list[str]:
    """Return a row's texts with their headings, its name first; numbers that fit share a line."""
    texts: list[str] = []
    may_share = False
    for i, (heading, cell, column) in enumerate(
        zip(table.headings, row, table.table.columns, strict=True)
    ):
        if not cell:
            continue
        # A name tells by itself what it is; a number alone does not.
        is_bare = not heading or (i == 0 and not _NUMBER.fullmatch(cell))
        text = cell if is_bare else labelled(heading, cell, "")
        # Of two directions on one line the second text may be read before the first.
        if may_share and column.is_number and base_of(texts[-1]) == base_of(text):
            joined = f"{texts[-1]}{_BETWEEN_PARTS}{text}"
            if room is not None and paper.width_of(joined) <= room:
                texts[-1] = joined
                continue
        may_share = column.is_number and bool(texts)
        texts.append(text)
    return texts


def _rows(table: WrittenTable, columns: Mapping[int, Column], paper: Paper) -> Iterator[Piece]:
    places = list(columns.values())
    if any(table.headings):
        for line in _row([table.headings[i] for i in columns], places, paper, at_bottom=True):
            yield paper.side_by_side([paper.painted(one, _BOLD) for one in line], places)
        rules = [
            Column(one.width, gap=_CROSSED_GAP if one.gap == _RULED_GAP else one.gap)
            for one in places
        ]
        yield paper.side_by_side([Piece("─" * one.width, one.width) for one in places], rules)
    for row in table.rows:
        for line in _row([row[i] for i in columns], places, paper):
            yield paper.side_by_side(line, places)


def _row(
    texts: Sequence[str], places: Sequence[Column], paper: Paper, *, at_bottom: bool = False
) -> Iterator[Sequence[Piece]]:
    """Yield the lines of one row: as many as its tallest cell has."""
    cells = [
        paper.wrapped(text, None if paper.width is None else place.width)
        for text, place in zip(texts, places, strict=True)
    ]
    if at_bottom:
        tallest = max(map(len, cells))
        cells = [[_NOTHING] * (tallest - len(cell)) + cell for cell in cells]
    yield from zip_longest(*cells, fillvalue=_NOTHING)


def _columns(table: WrittenTable, paper: Paper) -> dict[int, Column] | None:
    """Return the shown columns; the extra ones go first. None where there is no room for any.

    Before a column goes, names are broken over lines.
    """
    every = range(len(table.headings))
    main = [i for i in every if not table.table.columns[i].is_extra]
    for shown in (every, main):
        gaps = [_gap(table, i, paper) for i in shown]
        between = sum(map(len, gaps[:-1]))
        for name_width in (_NAME_WIDTH, _NARROW_NAME_WIDTH):
            if widths := _widths(table, shown, name_width, paper, between):
                return {
                    i: Column(width, table.table.columns[i].is_number, gap)
                    for i, width, gap in zip(shown, widths, gaps, strict=True)
                }
    return None


def _gap(table: WrittenTable, i: int, paper: Paper) -> str:
    """Return what stands behind a column.

    In a terminal that reorders, a rule stands behind right-to-left text. Some know no marks but
    take the signs of frames for left-to-right, so that nothing crosses them.
    """
    is_ruled = paper.mode is Rtl.TERMINAL and any(
        map(has_rtl, (table.headings[i], *table.column(i)))
    )
    return _RULED_GAP if is_ruled else _GAP


def _widths(
    table: WrittenTable, shown: Sequence[int], name_width: int, paper: Paper, between: int
) -> list[int] | None:
    """Return the width of each shown column, None where there is no room for them.

    Marks are never broken, headings and names between words, names from `name_width` on.
    """
    least: list[int] = []
    wanted: list[int] = []
    for i in shown:
        heading, cells = table.headings[i], table.column(i)
        widest = max(map(paper.width_of, cells))
        word = max(map(paper.longest_word, (heading, *cells)))
        is_number = table.table.columns[i].is_number
        least.append(max(word, widest if is_number else min(widest, name_width)))
        wanted.append(max(word, widest))
    headings = [paper.width_of(table.headings[i]) for i in shown]
    if paper.room is None:
        return list(map(max, wanted, headings))
    room = paper.room - between
    if sum(least) > room:
        return None
    return _with_headings(_widened(least, wanted, room), headings, room)


def _widened(least: Sequence[int], wanted: Sequence[int], room: int) -> list[int]:
    """Return widths with the room that is left: to those that want little, the rest in parts."""
    widths, left = list(least), room - sum(least)
    by_need = sorted(range(len(widths)), key=lambda i: wanted[i] - least[i])
    for number, i in enumerate(by_need):
        need = wanted[i] - least[i]
        more = need if need <= left else left // (len(by_need) - number)
        widths[i] += more
        left -= more
    return widths


def _with_headings(widths: Sequence[int], headings: Sequence[int], room: int) -> list[int]:
    """Return widths with room for whole headings, which break less often than what is below.

    Columns that lack as much are treated alike, so that tests 1 to 4 look the same.
    """
    done, left = list(widths), room - sum(widths)
    lacking = [heading - width for heading, width in zip(headings, widths, strict=True)]
    for lack in sorted({lack for lack in lacking if lack > 0}):
        alike = [i for i, other in enumerate(lacking) if other == lack]
        if lack * len(alike) <= left:
            left -= lack * len(alike)
            for i in alike:
                done[i] += lack
    return done
