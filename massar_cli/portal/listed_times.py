"""From when to when a row of a list is: in two cells, in one, or beside its day."""

from massar_cli.portal.listing import ListedRow
from massar_cli.times import Times, times_within, to_times


def times_of(row: ListedRow, *fields: str) -> Times:
    """Return the times in the cells `start` and `end`, or else in the first of `fields` with one.

    An end that is not after its start is none.
    """
    start = row.value(lambda text: to_times(text).start, "start")
    if start is not None:
        end = row.value(lambda text: to_times(text).start, "end")
        return Times(start, end if end is not None and end > start else None)
    for name in fields:
        times = row.value(times_within, name)
        if times is not None and times.start is not None:
            return times
    return Times(None, None)
