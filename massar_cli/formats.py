"""Views to text: one writer a format. Machine formats know nothing of terminals."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import IO, Any, NamedTuple

from massar_cli.cells import (
    STEERING,
    heading_texts,
    labelled,
    printable,
    row_texts,
    shortest,
    title_text,
)
from massar_cli.plain_list import plain_lines
from massar_cli.reader import Reader, written_for
from massar_cli.rtl import Rtl
from massar_cli.view import Cell, View

_UNESCAPED_BY_JSON = re.compile(f"[{STEERING}]")
_FORMULA_SIGNS = "=+@\uff1d\uff0b\uff0d\uff20-"
"""The wide ones begin a formula too in some countries' spreadsheets."""
_BLANKS = "[ \u00a0\u00ad\u180e\u200b-\u200d\u2060\ufeff]*"
"""What a program may leave out before it looks for a formula: some of it is not seen."""
_FORMULA = re.compile(rf"[\t\r]|{_BLANKS}[{_FORMULA_SIGNS}]")
_AFTER_SEMICOLON, _AFTER_COMMA = (
    re.compile(f"{separator}(?={_BLANKS}[{_FORMULA_SIGNS}])") for separator in ";,"
)
_WRITTEN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_MARKDOWN_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


class Envelope(NamedTuple):
    """What surrounds the records of an answer.

    `width` is the terminal's, None where the output is no terminal; `decimal_point` is the
    reader's. `excel` changes CSV to what a spreadsheet of this country opens by itself. `rtl` says
    what tables do with right-to-left text, `plain` makes lists of them. `reader` is whom tables and
    Markdown are written for. `leave_out` is told the heading of each column that has no room.
    """

    fetched_at: datetime
    source: str
    errors: Sequence[Mapping[str, Any]] = ()
    width: int | None = None
    colour: bool = False
    decimal_point: str = "."
    excel: bool = False
    rtl: Rtl = Rtl.OFF
    plain: bool = False
    reader: Reader = Reader()
    leave_out: Callable[[str], object] = str


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
    return _UNESCAPED_BY_JSON.sub(lambda match: json.dumps(match[0])[1:-1], text)


def hold_the_same(one: bytes, other: bytes) -> bool:
    """Whether two files hold the same, the time of a JSON answer left aside.

    A JSON answer may have been laid out anew by another program; all else is compared as it is.
    """
    if one == other:
        return True
    text = _timeless(one)
    return text is not None and text == _timeless(other)


def _timeless(content: bytes) -> str | None:
    """Return an answer in JSON without its time, in one spelling; None for anything else."""
    import json

    try:
        document = json.loads(content.decode())
        del document["fetched_at"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return json.dumps(document, sort_keys=True)


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
    point = "," if excel else "."
    writer.writerow([_csv_cell(column, point, excel=excel) for column in columns])
    writer.writerows([_csv_cell(cell, point, excel=excel) for cell in row] for row in rows)
    stream.write((b"\xef\xbb\xbf" if excel else b"") + text.getvalue().encode())


def _csv_cell(cell: Cell, point: str, *, excel: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return shortest(cell).replace(".", point)
    if isinstance(cell, int):
        return str(cell)
    # Opened where the other separator is usual, a file has a cell begin behind it as well.
    after, separator = (_AFTER_COMMA, ",") if excel else (_AFTER_SEMICOLON, ";")
    text = after.sub(f"{separator}'", printable(cell))
    # A tab or line end at the start runs in some spreadsheets too, though it is not printed here.
    runs = _FORMULA.match(cell) or _FORMULA.match(text)
    return f"'{text}" if runs and not _WRITTEN_NUMBER.fullmatch(text) else text


def write_markdown(view: View, stream: IO[bytes], envelope: Envelope) -> None:
    """Write each table as a Markdown table with its title and averages."""
    with written_for(envelope.reader):
        text = "".join(f"{line}\n" for line in _markdown_lines(view, envelope.decimal_point))
    stream.write(text.encode())


def _markdown_lines(view: View, point: str) -> Iterator[str]:
    for number, table in enumerate(view.tables()):
        lines = [""] if number else []
        if title := title_text(table):
            lines.append(f"**{_markdown(title)}**")
            lines += [""] if table.columns or table.lines else []
        lines += [_markdown(line) for line in table.lines]
        if table.columns:
            lines.append(_markdown_row(heading_texts(table)))
            lines.append(
                _markdown_row(["--:" if c.is_number else "---" for c in table.columns], raw=True)
            )
        lines.extend(_markdown_row(row_texts(table, row, point)) for row in table.rows)
        for label, value in table.footer:
            lines += ["", _markdown(labelled(label, value, point))]
        yield from lines


def _markdown_row(cells: Sequence[str], *, raw: bool = False) -> str:
    return f"| {' | '.join(cells if raw else map(_markdown, cells))} |"


def _markdown(text: str) -> str:
    return _MARKDOWN_SPECIAL.sub(r"\\\1", printable(text))


def write_table(view: View, stream: IO[bytes], envelope: Envelope) -> None:
    """Write tables for people: as wide as the terminal, or as needed where there is none."""
    point = envelope.decimal_point
    with written_for(envelope.reader):
        tables = view.tables()
        if envelope.plain:
            lines = plain_lines(tables, point, envelope.rtl, width=envelope.width)
        else:
            from massar_cli.terminal_table import table_lines  # which JSON and CSV do without

            lines = table_lines(
                tables,
                point,
                width=envelope.width,
                colour=envelope.colour,
                rtl=envelope.rtl,
                leave_out=envelope.leave_out,
            )
        text = "".join(f"{line}\n" for line in lines)
    stream.write(text.encode())


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
