"""Absences: of every page of the menu that has some."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from massar_cli.folding import fold
from massar_cli.language import translate as _
from massar_cli.portal.session import PortalSession
from massar_cli.school_calendar import semester_of
from massar_cli.school_life import Absence
from massar_cli.services.listing import joined_notes, kept, only_wanted, read_lists
from massar_cli.services.merging import in_their_order
from massar_cli.services.result import Result
from massar_cli.services.wanted import Days, Wanted


def get_absences(
    session: PortalSession, wanted: Wanted, *, unjustified: bool = False
) -> Result[Absence]:
    """Return the absences of the wanted days; schools may enter days and lessons on two pages."""
    from massar_cli.portal.pages.absences import AbsencesPage

    results = read_lists(session, AbsencesPage, wanted, days=(_day_of,))
    records = _joined([result.records for result in results])
    periods = {result.period for result in results}
    result = Result(
        records=tuple(_with_semester(one, wanted) for one in records),
        notes=joined_notes(results),
        period=periods.pop() if len(periods) == 1 else (),
    )
    result = only_wanted(result, lambda one: Days(one.date, one.until), wanted)
    if unjustified:
        result = kept(
            result,
            fits=lambda one: one.justified is False,
            unknown=lambda one: one.justified is None,
            untold=_("Absences neither justified nor unjustified yet are not shown: {count}"),
        )
    return result


def _day_of(absence: Absence) -> date | None:
    return absence.date


def _joined(pages: Sequence[tuple[Absence, ...]]) -> tuple[Absence, ...]:
    """Return the absences of several pages in their order, those that two pages have once."""
    lists: list[list[Absence]] = []
    for page in pages:
        before = [one for other in lists for one in other]
        lists.append([one for one in page if not any(_are_one(one, other) for other in before)])
    return in_their_order(lists, (_day_of,))


def _are_one(one: Absence, other: Absence) -> bool:
    """Whether two pages tell of one absence: the same throughout, and more than its day.

    What one page alone tells may be another absence's: an hour's lateness on a day of illness.
    """
    told = (one.subject, one.session, one.hours, one.reason)
    return (
        one.date is not None
        and any(value is not None for value in told)
        and replace(one, raw={}) == replace(other, raw={})
        and all(_are_alike(one.raw[name], other.raw[name]) for name in one.raw.keys() & other.raw)
    )


def _are_alike(text: str, other: str) -> bool:
    """Whether two texts under one heading are the same, but for numbers: each page counts alone."""
    return fold(text) == fold(other) or not any(map(str.isalpha, text + other))


def _with_semester(absence: Absence, wanted: Wanted) -> Absence:
    if absence.date is None:
        return absence
    return replace(absence, semester=semester_of(absence.date, wanted.semester_end))
