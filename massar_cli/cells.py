"""A cell of a view as text for people, with nothing in it that could steer a terminal."""

import re
from collections.abc import Sequence
from decimal import Decimal

from massar_cli.language import translate as _
from massar_cli.reader import in_digits
from massar_cli.view import MARK_DECIMALS, Cell, Table

STEERING = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff\U000e0000-\U000e007f"
"""For a set of a regular expression: controls above ASCII, marks that reorder what follows them or
end a line, invisible tags, and the halves of letters that no output can carry."""
_UNPRINTABLE = re.compile(f"[\x00-\x1f{STEERING}]+")


def printable(text: str) -> str:
    r"""Return text without control characters or marks that steer the writing direction.

    >>> printable("a\x1b[31mb\u202ec")
    'a[31mbc'
    """
    return _UNPRINTABLE.sub("", text)


def shortest(number: Decimal) -> str:
    """Return a number without needless zeros.

    >>> shortest(Decimal("15.50")), shortest(Decimal("20")), shortest(Decimal("0.00"))
    ('15.5', '20', '0')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell_text(cell: Cell, point: str, decimals: int | None = MARK_DECIMALS) -> str:
    """Return a cell's text; `point` is the reader's decimal sign. Text keeps its own digits.

    >>> cell_text(Decimal("15.5"), ","), cell_text(Decimal("2"), ",", None), cell_text(None, ",")
    ('15,50', '2', '')
    """
    if isinstance(cell, Decimal):
        text = shortest(cell) if decimals is None else f"{cell:.{decimals}f}"
        return in_digits(text.replace(".", point))
    if isinstance(cell, int):
        return in_digits(str(cell))
    return "" if cell is None else printable(str(cell))


def heading_texts(table: Table) -> list[str]:
    """Return the texts of a table's headings."""
    return [printable(column.heading) for column in table.columns]


def row_texts(table: Table, row: Sequence[Cell], point: str) -> list[str]:
    """Return the texts of one row of `table`."""
    return [
        cell_text(cell, point, column.decimals)
        for column, cell in zip(table.columns, row, strict=True)
    ]


def title_parts(table: Table) -> list[str]:
    """Return the parts of the line above a table."""
    return [printable(part) for part in table.title]


def title_text(table: Table) -> str:
    """Return the line above a table."""
    return " · ".join(title_parts(table))


def labelled(label: str, value: Cell, point: str) -> str:
    """Return a value with its label, as the reader's language punctuates them."""
    return _("{label}: {value}").format(label=printable(label), value=cell_text(value, point))
