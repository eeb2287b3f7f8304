"""What a format needs to print an answer: JSON elements, CSV rows, and tables for people.

Each of the three is made only when its format asks for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

Cell = str | int | Decimal | None
MARK_DECIMALS = 2


class Column(NamedTuple):
    """A column of a table: numbers stand to the right; an extra one only where there is room.

    Marks have two decimals; `decimals` is None for numbers that have as many as they need.
    """

    heading: str
    is_number: bool = False
    is_extra: bool = False
    decimals: int | None = MARK_DECIMALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows for people. `title` are the parts of the line above, `footer` the lines below.

    `lines` are plain text, above the rows where there are any. A table may have neither a title nor
    headings.
    """

    title: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    footer: tuple[tuple[str, Cell], ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there are headings with nothing to read under them."""
        return bool(self.columns) and not (self.rows or self.footer or self.lines)


class Csv(NamedTuple):
    """Rows for machines, under English column names."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An answer in the shape of each format. `schema` names the JSON."""

    schema: str
    elements: Callable[[], list[dict[str, Any]]]
    csv: Callable[[], Csv]
    tables: Callable[[], Sequence[Table]]
