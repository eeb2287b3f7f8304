"""Absences: of every page of the menu that has some."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from massar_cli.portal.session import PortalSession
from massar_cli.school_calendar import semester_of
from massar_cli.school_life import Absence
from massar_cli.services.listing import Days, Wanted, joined_notes, kept, only_wanted, read_lists
from massar_cli.services.result import Result


def get_absences(
    session: PortalSession, wanted: Wanted, *, unjustified: bool = False
) -> Result[Absence]:
    """Return the absences of the wanted days; schools may enter days and lessons on two pages."""
    from massar_cli.portal.pages.absences import AbsencesPage

    results = read_lists(session, AbsencesPage, wanted)
    records = _joined([result.records for result in results])
    result = Result(
        records=tuple(_with_semester(one, wanted) for one in records), notes=joined_notes(results)
    )
    result = only_wanted(result, lambda one: Days(one.date, one.until), wanted)
    if unjustified:
        result = kept(
            result,
            fits=lambda one: one.justified is False,
            unknown=lambda one: one.justified is None,
        )
    return result


def _joined(pages: Sequence[tuple[Absence, ...]]) -> tuple[Absence, ...]:
    """Return the absences of several pages, newest first, those that two pages have once."""
    if len(pages) == 1:
        return pages[0]
    seen: set[tuple[object, ...]] = set()
    records = []
    for page in pages:
        keys = [(one.date, one.until, one.subject, one.session) for one in page]
        records += [one for one, key in zip(page, keys, strict=True) if key not in seen]
        seen.update(keys)
    return tuple(sorted(records, key=lambda one: one.date or date.min, reverse=True))


def _with_semester(absence: Absence, wanted: Wanted) -> Absence:
    if absence.date is None:
        return absence
    return replace(absence, semester=semester_of(absence.date, wanted.semester_end))
