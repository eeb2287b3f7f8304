"""One list of several: in the order that each has by itself, and nothing of any of them lost."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

Record = TypeVar("Record")
DayOf = Callable[[Record], date | None]


def without_repeated(
    lists: Sequence[Sequence[Record]], days: Sequence[DayOf[Record]]
) -> list[list[Record]]:
    """Return the lists of different times, each without what one before it has just the same.

    What has a day is of one time alone. What has none is never taken for something else.
    """
    kept: list[list[Record]] = []
    for records in lists:
        before = [one for other in kept for one in other]
        own = []
        for record in records:
            if any(day_of(record) for day_of in days) and record in before:
                before.remove(record)
            else:
                own.append(record)
        kept.append(own)
    return kept


def in_their_order(
    lists: Sequence[Sequence[Record]], days: Sequence[DayOf[Record]]
) -> tuple[Record, ...]:
    """Return the records of several lists by the first of `days` by which each list is in order.

    The newest come first where they do in the lists; those without that day come last. Lists that
    are in no such order follow one another.
    """
    full = [records for records in lists if records]
    everything = [record for records in full for record in records]
    if len(full) > 1:
        for day_of in days:
            newest_first = _are_newest_first([_days(records, day_of) for records in full])
            if newest_first is not None:
                dated = [record for record in everything if day_of(record)]
                dated.sort(key=lambda record: day_of(record) or date.min, reverse=newest_first)
                return (*dated, *(record for record in everything if not day_of(record)))
    return tuple(everything)


def _days(records: Sequence[Record], day_of: DayOf[Record]) -> list[date]:
    return [day for record in records if (day := day_of(record)) is not None]


def _are_newest_first(lists: Sequence[Sequence[date]]) -> bool | None:
    """Whether lists begin with the newest or with the oldest; None where they do neither."""
    pairs = [pair for days in lists for pair in pairwise(days)]
    if not any(lists):
        return None
    if all(one >= other for one, other in pairs):
        return True
    return False if all(one <= other for one, other in pairs) else None
