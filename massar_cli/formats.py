"""Views to text: one writer a format. Only `write_table` knows how wide the terminal is."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from massar_cli.language import translate as _
from massar_cli.rtl import isolate_cells
from massar_cli.view import MARK_DECIMALS, Cell, Table, View

if TYPE_CHECKING:  # the table library is loaded by its one writer alone
    from rich.console import Console
    from rich.table import Table as RichTable

# Control characters, and the marks that reorder what follows them: never to a terminal or cell.
_CONTROLS = "\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069"
_UNPRINTABLE = re.compile(f"[{_CONTROLS}]+")
_UNESCAPED_BY_JSON = re.compile("[\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WRITTEN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_MARKDOWN_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_NAME_WIDTH, _NARROW_NAME_WIDTH = 24, 12
"""Names keep this width before they are broken over two lines."""
_BETWEEN_COLUMNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What surrounds the records of an answer.

    `width` is the terminal's, None where the output is no terminal; `decimal_point` is the
    reader's. `excel` changes CSV to what a spreadsheet of this country opens by itself.
    """

    fetched_at: datetime
    source: str
    errors: Sequence[Mapping[str, Any]] = ()
    width: int | None = None
    colour: bool = False
    decimal_point: str = "."
    excel: bool = False


def printable(text: str) -> str:
    r"""Return text without control characters or marks that steer the writing direction.

    >>> printable("a\x1b[31mb\u202ec")
    'a[31mbc'
    """
    return _UNPRINTABLE.sub("", text)


def write_json(view: View, stream: IO[bytes], envelope: Envelope) -> None:
    """Write one JSON object with the schema, the time, the source, the records and the errors."""
    document = {
        "schema": view.schema,
        "fetched_at": envelope.fetched_at.isoformat(timespec="seconds"),
        "source": envelope.source,
        "data": view.elements(),
        "errors": list(envelope.errors),
    }
    stream.write(json_text(document, indent=2).encode() + b"\n")


def write_jsonl(view: View, stream: IO[bytes], _envelope: Envelope) -> None:
    """Write one record a line, without an envelope."""
    for element in view.elements():
        stream.write(json_text(element).encode() + b"\n")


def json_text(value: object, indent: int | None = None) -> str:
    """Return JSON in which nothing can steer a terminal."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _UNESCAPED_BY_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def write_csv(view: View, stream: IO[bytes], envelope: Envelope) -> None:
    """Write RFC 4180 rows under a header row; no cell can run as a formula."""
    import csv
    import io

    columns, rows = view.csv()
    text = io.StringIO(newline="")
    excel = envelope.excel
    writer = csv.writer(
        text, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n"
    )
    writer.writerow(columns)
    point = "," if excel else "."
    writer.writerows([_csv_cell(cell, point) for cell in row] for row in rows)
    stream.write((b"\xef\xbb\xbf" if excel else b"") + text.getvalue().encode())


def _csv_cell(cell: Cell, point: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return _shortest(cell).replace(".", point)
    if isinstance(cell, int):
        return str(cell)
    text = printable(cell)
    # A tab or line end at the start runs in some spreadsheets too, though it is not printed here.
    runs = cell.startswith(_FORMULA) or text.startswith(_FORMULA)
    return f"'{text}" if runs and not _WRITTEN_NUMBER.fullmatch(text) else text


def _shortest(number: Decimal) -> str:
    """Return a number without needless zeros.

    >>> _shortest(Decimal("15.50")), _shortest(Decimal("20")), _shortest(Decimal("0.00"))
    ('15.5', '20', '0')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_markdown(view: View, stream: IO[bytes], envelope: Envelope) -> None:
    """Write each table as a Markdown table with its title and averages."""
    for number, table in enumerate(view.tables()):
        lines = [""] if number else []
        lines += [f"**{_markdown(' · '.join(table.title))}**", ""]
        lines.append(_markdown_row([column.heading for column in table.columns]))
        lines.append(
            _markdown_row(["--:" if c.is_number else "---" for c in table.columns], raw=True)
        )
        lines.extend(_markdown_row(_row_texts(table, row, envelope)) for row in table.rows)
        for label, value in table.footer:
            lines += ["", _markdown(_footer_line(label, value, envelope))]
        stream.write("".join(f"{line}\n" for line in lines).encode())


def _markdown_row(cells: Sequence[str], *, raw: bool = False) -> str:
    return f"| {' | '.join(cells if raw else map(_markdown, cells))} |"


def _markdown(text: str) -> str:
    return _MARKDOWN_SPECIAL.sub(r"\\\1", printable(text))


def _footer_line(label: str, value: Cell, envelope: Envelope) -> str:
    return _("{label}: {value}").format(label=printable(label), value=_cell_text(value, envelope))


def _row_texts(table: Table, row: Sequence[Cell], envelope: Envelope) -> list[str]:
    return [
        _cell_text(cell, envelope, column.decimals)
        for column, cell in zip(table.columns, row, strict=True)
    ]


def _cell_text(cell: Cell, envelope: Envelope, decimals: int | None = MARK_DECIMALS) -> str:
    if isinstance(cell, Decimal):
        text = _shortest(cell) if decimals is None else f"{cell:.{decimals}f}"
        return text.replace(".", envelope.decimal_point)
    return "" if cell is None else printable(str(cell))


def write_table(view: View, stream: IO[bytes], envelope: Envelope) -> None:
    """Write tables for people: as wide as the terminal, or as needed where there is none."""
    tables = view.tables()
    lines = (
        _plain_lines(tables, envelope)
        if envelope.width is None
        else map(isolate_cells, _terminal_lines(tables, envelope))
    )
    stream.write("".join(f"{line}\n" for line in lines).encode())


def _plain_lines(tables: Sequence[Table], envelope: Envelope) -> Iterator[str]:
    """Yield tables at full width. No layout is needed for that, and loading one takes long."""
    from rich.cells import cell_len

    for number, table in enumerate(tables):
        if number:
            yield ""
        yield " · ".join(map(printable, table.title))
        rows = [[printable(column.heading) for column in table.columns]]
        rows += [_row_texts(table, row, envelope) for row in table.rows]
        widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
        rows.insert(1, ["─" * width for width in widths])
        for row in rows if table.rows else ():
            blanks = [
                " " * (width - cell_len(text)) for width, text in zip(widths, row, strict=True)
            ]
            cells = (
                blank + text if column.is_number else text + blank
                for column, blank, text in zip(table.columns, blanks, row, strict=True)
            )
            yield (" " * _BETWEEN_COLUMNS).join(cells).rstrip()
        for label, value in table.footer:
            yield _footer_line(label, value, envelope)


def _terminal_lines(tables: Sequence[Table], envelope: Envelope) -> Iterator[str]:
    """Yield tables that keep within the terminal's width."""
    from rich.console import Console

    console = Console(
        width=envelope.width,
        force_terminal=envelope.colour,
        color_system="standard" if envelope.colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for number, table in enumerate(tables):
        with console.capture() as captured:
            if number:
                console.print()
            _print_table(console, table, envelope)
        yield from (line.rstrip() for line in captured.get().splitlines())


def _print_table(console: "Console", table: Table, envelope: Envelope) -> None:
    from rich.text import Text

    console.print(Text(" · ".join(map(printable, table.title)), style="bold"))
    if table.rows:
        console.print(_rich_table(table, envelope, console.width))
    for label, value in table.footer:
        console.print(Text(_footer_line(label, value, envelope)))


def _rich_table(table: Table, envelope: Envelope, room: int) -> "RichTable":
    """Return the table with all columns that there is room for; the extra ones go first."""
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    rows = [_row_texts(table, row, envelope) for row in table.rows]
    every = range(len(table.columns))
    main = [i for i in every if not table.columns[i].is_extra]
    widths: dict[int, int] | None = None
    for shown, name_width in (
        (every, _NAME_WIDTH),
        (main, _NAME_WIDTH),
        (main, _NARROW_NAME_WIDTH),
    ):
        widths = _widths(table, rows, shown, name_width, room)
        if widths:
            break
    laid_out = RichTable(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True
    )
    for i in widths or main:
        column = table.columns[i]
        laid_out.add_column(
            Text(printable(column.heading), style="bold"),
            justify="right" if column.is_number else "left",
            overflow="fold",
            width=widths[i] if widths else None,
        )
    for row in rows:
        laid_out.add_row(*(Text(row[i]) for i in widths or main))
    return laid_out


def _widths(
    table: Table, rows: Sequence[Sequence[str]], shown: Sequence[int], name_width: int, room: int
) -> dict[int, int] | None:
    """Return the width of each shown column, None where there is no room for them.

    Marks are never broken; headings are between words, names from `name_width` on.
    """
    from rich.cells import cell_len

    least: dict[int, int] = {}
    wanted: dict[int, int] = {}
    for i in shown:
        column = table.columns[i]
        heading = printable(column.heading)
        widest = max((cell_len(row[i]) for row in rows), default=0)
        word = max(map(cell_len, heading.split()), default=0)
        least[i] = max(word, widest if column.is_number else min(widest, name_width))
        wanted[i] = max(cell_len(heading), widest)
    left = room - sum(least.values()) - _BETWEEN_COLUMNS * (len(least) - 1)
    if left < 0:
        return None
    for i in shown:
        more = min(left, wanted[i] - least[i])
        least[i] += more
        left -= more
    return least


FORMATS: dict[str, Callable[[View, IO[bytes], Envelope], None]] = {
    "table": write_table,
    "csv": write_csv,
    "json": write_json,
    "jsonl": write_jsonl,
    "md": write_markdown,
}
MACHINE_FORMATS = frozenset({"csv", "json", "jsonl"})
FORMAT_OF_ENDING = {
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "md",
    ".txt": "table",
}
