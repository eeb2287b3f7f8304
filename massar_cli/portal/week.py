"""A week as a table: days one way, hours the other, one lesson in each cell that says something."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from massar_cli.dates import to_day, to_weekday
from massar_cli.portal_pages import Block, Cell, Row
from massar_cli.school_life import Weekday
from massar_cli.times import Times, to_times

_FEWEST = 2
"""A table with fewer days is no week."""


class WeekDay(NamedTuple):
    """A day of the week as its heading writes it, with its date where the heading has one."""

    text: str
    weekday: Weekday
    date: dt.date | None


class Hour(NamedTuple):
    """An hour as its heading writes it."""

    text: str
    times: Times


class Slot(NamedTuple):
    """A cell of the week: its day, and the hours from the first to the last that it covers."""

    day: WeekDay
    first: Hour
    last: Hour
    cell: Cell

    @property
    def times(self) -> Times:
        """From when to when; an end that is not told is None."""
        return Times(self.first.times.start, self.last.times.end)


class Week(NamedTuple):
    """The cells of a week, day by day.

    `is_sure` is set where the headings alone tell that it is one. `has_more` says that the table
    has texts which belong to no day and hour.
    """

    slots: tuple[Slot, ...]
    is_sure: bool
    has_more: bool


class _Week(NamedTuple):
    """The cells of a week: a line for each day, a place in it for each hour."""

    days: tuple[WeekDay, ...]
    hours: tuple[Hour, ...]
    lines: tuple[tuple[Cell, ...], ...]
    is_sure: bool
    has_more: bool


def read_week(block: Block) -> Week | None:
    """Return the cells of a week, None for a table that is none.

    A cell over several hours is one slot; one over several days, a break perhaps, is one a day.
    """
    if block.kind != "table" or not block.rows:
        return None
    columns, rows = block.columns, block.rows
    if not any(columns):
        columns, rows = tuple(cell.text for cell in rows[0].cells), rows[1:]
    week = _days_across(columns, rows) or _days_down(columns, rows)
    return week and Week(tuple(_slots(week)), week.is_sure, week.has_more)


def _days_across(columns: Sequence[str], rows: Sequence[Row]) -> _Week | None:
    days = {place: day for place, text in enumerate(columns) if (day := _day(text))}
    if len({day.weekday for day in days.values()}) < _FEWEST:
        return None
    heads = list(range(min(days)))
    after = [place for place in range(len(columns)) if place > min(days) and place not in days]
    hours = [_hour_of(row, heads) for row in rows]
    if not any(hour.times.start for hour in hours):
        # A table written from right to left may have its hours last.
        last = [_hour_of(row, after) for row in rows]
        if any(hour.times.start for hour in last):
            hours = last
    lines = tuple(tuple(_cell(row, place) for row in rows) for place in days)
    has_more = any(
        _cell(row, place).text not in ("", hour.text)
        for row, hour in zip(rows, hours, strict=True)
        for place in after
    )
    return _Week(tuple(days.values()), tuple(hours), lines, is_sure=True, has_more=has_more)


def _days_down(columns: Sequence[str], rows: Sequence[Row]) -> _Week | None:
    for head in range(min(len(columns), _FEWEST)):
        days = [_day(_cell(row, head).text) for row in rows]
        told = [day for day in days if day is not None]
        if len({day.weekday for day in told}) >= _FEWEST:
            break
    else:
        return None
    places = range(head + 1, len(columns))
    timed = [place for place in places if to_times(columns[place]).start is not None]
    places_of_hours = timed or list(places)
    if len(places_of_hours) < _FEWEST:
        return None
    hours = tuple(Hour(columns[place], to_times(columns[place])) for place in places_of_hours)
    lines = tuple(
        tuple(_cell(row, place) for place in places_of_hours)
        for row, day in zip(rows, days, strict=True)
        if day is not None
    )
    has_more = any(
        _cell(row, place).text
        for row, day in zip(rows, days, strict=True)
        for place in places
        if day is None or place not in places_of_hours
    )
    return _Week(tuple(told), hours, lines, is_sure=len(timed) >= _FEWEST, has_more=has_more)


def _day(text: str) -> WeekDay | None:
    weekday = to_weekday(text)
    return None if weekday is None else WeekDay(text, weekday, to_day(text))


def _hour_of(row: Row, heads: Sequence[int]) -> Hour:
    """Return the hour that a row is about; it may have a cell for the half-day before."""
    texts = [_cell(row, place).text for place in heads]
    for text in texts:
        times = to_times(text)
        if times.start is not None:
            return Hour(text, times)
    if len(texts) == _FEWEST:
        times = to_times(" - ".join(texts))
        if times.end is not None:
            return Hour(" - ".join(texts), times)
    return Hour(texts[-1] if texts else "", Times(None, None))


def _cell(row: Row, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else Cell("")


def _slots(week: _Week) -> Iterator[Slot]:
    for day, line in zip(week.days, week.lines, strict=True):
        place = 0
        while place < len(line):
            cell, end = line[place], place
            # A spanned cell is the same object in each place that it covers.
            while cell.text and end + 1 < len(line) and line[end + 1] is cell:
                end += 1
            if cell.text:
                yield Slot(day, week.hours[place], week.hours[end], cell)
            place = end + 1
