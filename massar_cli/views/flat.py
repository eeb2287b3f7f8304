"""The view of records that are flat: one row each, in every format."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from massar_cli.convert import one_line
from massar_cli.language import listed
from massar_cli.language import translate as _
from massar_cli.reader import in_digits
from massar_cli.records import Student
from massar_cli.school_life import Attachment, Weekday
from massar_cli.view import Cell, Column, Csv, Table, View
from massar_cli.views.values import json_number, student_element

Record = TypeVar("Record")
RAW = "raw"


class Timed(Protocol):
    """A record that may have a time of day."""

    @property
    def start(self) -> dt.time | None:
        """When it begins."""

    @property
    def end(self) -> dt.time | None:
        """When it ends."""


class Shown(NamedTuple, Generic[Record]):
    """A column of the table for people: its heading, and what stands in it.

    `value` is a field's name, or makes the cell of a record.
    """

    heading: str
    value: str | Callable[[Record], Any]
    is_number: bool = False
    is_extra: bool = False


def flat_view(
    schema: str,
    title: str,
    records: Sequence[Record],
    student: Student | None,
    *,
    fields: Sequence[str],
    shown: Sequence[Shown[Record]],
) -> View:
    """Return records with the fields of their schema, in its order; `raw` comes last in JSON."""
    return View(
        schema=schema,
        elements=lambda: [
            {"student": student_element(student)}
            | {name: json_value(getattr(record, name)) for name in (*fields, RAW)}
            for record in records
        ],
        csv=lambda: Csv(
            tuple(fields),
            [[csv_cell(getattr(record, name)) for name in fields] for record in records],
        ),
        tables=lambda: [_table(title, records, shown)],
    )


def _table(title: str, records: Sequence[Record], shown: Sequence[Shown[Record]]) -> Table:
    """Return the table for people, without columns in which no record has anything."""
    rows = [[table_cell(_value_of(record, one)) for one in shown] for record in records]
    told = [
        place
        for place in range(len(shown))
        if not rows or any(row[place] not in (None, "") for row in rows)
    ]
    return Table(
        title=(title,),
        columns=tuple(
            Column(
                shown[place].heading,
                is_number=shown[place].is_number,
                is_extra=shown[place].is_extra,
                decimals=None,
            )
            for place in told
        ),
        rows=tuple(tuple(row[place] for place in told) for row in rows),
    )


def _value_of(record: Record, shown: Shown[Record]) -> Any:
    value = shown.value
    return getattr(record, value) if isinstance(value, str) else value(record)


def json_value(value: object) -> Any:
    """Return a value as JSON has it: days and times as text, files as objects."""
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, Attachment):
        return value._asdict()
    if isinstance(value, tuple):
        return [json_value(one) for one in value]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, dt.date) else value


def csv_cell(value: object) -> Cell:
    """Return a value as a CSV cell: lists joined, a text on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return " | ".join(f"{one.name} {one.url}".strip() for one in value) or None
    if isinstance(value, str):
        return one_line(value)
    if value is None or isinstance(value, Decimal | int):
        return value
    return str(json_value(value))


def table_cell(value: object) -> Cell:
    """Return a value as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return written_day(value)
    if isinstance(value, tuple):
        return listed(one.name for one in value)
    return csv_cell(value)


def written_day(day: dt.date) -> str:
    """Return a day as the portal and Morocco write it, which is the same in every language.

    A month in words would be wider, and in another language than the subject beside it.
    """
    return in_digits(f"{day:%d/%m/%Y}")


def written_times(record: Timed) -> str | None:
    """Return from when to when a record is."""
    times = [in_digits(f"{time:%H:%M}") for time in (record.start, record.end) if time is not None]
    return " – ".join(times) or None


def weekday_name(weekday: Weekday) -> str:
    """Return the name of a day of the week in the reader's language."""
    return {
        "monday": _("Monday"),
        "tuesday": _("Tuesday"),
        "wednesday": _("Wednesday"),
        "thursday": _("Thursday"),
        "friday": _("Friday"),
        "saturday": _("Saturday"),
        "sunday": _("Sunday"),
    }[weekday]
