"""Tables laid out for people: within a terminal's width, or at full width where there is none."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from massar_cli.cells import heading_texts, labelled, printable, row_texts, title_text
from massar_cli.view import Table

if TYPE_CHECKING:  # loaded only at a terminal
    from rich.console import Console
    from rich.table import Table as RichTable

_NAME_WIDTH, _NARROW_NAME_WIDTH = 24, 12
"""Names keep this width before they are broken over two lines."""
_BETWEEN_COLUMNS = 2


def full_width_lines(tables: Sequence[Table], point: str) -> Iterator[str]:
    """Yield tables as wide as they are. That needs no layout, and loading one takes long."""
    from rich.cells import cell_len

    for number, table in enumerate(tables):
        if number:
            yield ""
        if title := title_text(table):
            yield title
        yield from map(printable, table.lines)
        rows = [heading_texts(table), *(row_texts(table, row, point) for row in table.rows)]
        widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
        if any(rows[0]):
            rows.insert(1, ["─" * width for width in widths])
        else:
            del rows[0]
        for row in rows if table.rows else ():
            cells = []
            for column, width, text in zip(table.columns, widths, row, strict=True):
                blanks = " " * (width - cell_len(text))
                cells.append(blanks + text if column.is_number else text + blanks)
            yield (" " * _BETWEEN_COLUMNS).join(cells).rstrip()
        for label, value in table.footer:
            yield labelled(label, value, point)


def terminal_lines(
    tables: Sequence[Table], point: str, *, width: int, colour: bool
) -> Iterator[str]:
    """Yield tables that keep within `width` columns; a block a row where no table would fit."""
    from rich.console import Console
    from rich.text import Text

    console = Console(
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for number, table in enumerate(tables):
        with console.capture() as captured:
            if number:
                console.print()
            if title := title_text(table):
                console.print(Text(title, style="bold"))
            for line in table.lines:
                console.print(Text(printable(line)))
            _print_rows(console, table, [row_texts(table, row, point) for row in table.rows])
            for label, value in table.footer:
                console.print(Text(labelled(label, value, point)))
        yield from (line.rstrip() for line in captured.get().splitlines())


def _print_rows(console: "Console", table: Table, rows: Sequence[Sequence[str]]) -> None:
    """Print rows with all columns that there is room for; the extra ones go first."""
    every = range(len(table.columns))
    main = [i for i in every if not table.columns[i].is_extra]
    if not rows:
        return
    for shown, name_width in (
        (every, _NAME_WIDTH),
        (main, _NAME_WIDTH),
        (main, _NARROW_NAME_WIDTH),
    ):
        widths = _widths(table, rows, shown, name_width, console.width)
        if widths is not None:
            console.print(_laid_out(table, rows, widths))
            return
    _print_blocks(console, table, rows)


def _print_blocks(console: "Console", table: Table, rows: Sequence[Sequence[str]]) -> None:
    """Print each row as a name and the lines that belong to it."""
    from rich.text import Text

    headings = heading_texts(table)
    for name, *cells in rows:
        console.print(Text(name, style="bold"))
        for heading, cell in zip(headings[1:], cells, strict=True):
            if cell:
                console.print(Text(f"  {labelled(heading, cell, '') if heading else cell}"))


def _laid_out(
    table: Table, rows: Sequence[Sequence[str]], widths: Mapping[int, int]
) -> "RichTable":
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    headings = heading_texts(table)
    laid_out = RichTable(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        show_header=any(headings),
        pad_edge=False,
        collapse_padding=True,
    )
    for i, width in widths.items():
        laid_out.add_column(
            Text(headings[i], style="bold"),
            justify="right" if table.columns[i].is_number else "left",
            overflow="fold",
            width=width,
        )
    for row in rows:
        laid_out.add_row(*(Text(row[i]) for i in widths))
    return laid_out


def _widths(
    table: Table, rows: Sequence[Sequence[str]], shown: Sequence[int], name_width: int, room: int
) -> dict[int, int] | None:
    """Return the width of each shown column, None where there is no room for them.

    Marks are never broken; headings are between words, names from `name_width` on.
    """
    from rich.cells import cell_len

    headings = heading_texts(table)
    least: dict[int, int] = {}
    wanted: dict[int, int] = {}
    for i in shown:
        widest = max(cell_len(row[i]) for row in rows)
        word = max(map(cell_len, headings[i].split()), default=0)
        least[i] = max(word, widest if table.columns[i].is_number else min(widest, name_width))
        wanted[i] = max(cell_len(headings[i]), widest)
    left = room - sum(least.values()) - _BETWEEN_COLUMNS * (len(least) - 1)
    if left < 0:
        return None
    for i in shown:
        more = min(left, wanted[i] - least[i])
        least[i] += more
        left -= more
    return least
