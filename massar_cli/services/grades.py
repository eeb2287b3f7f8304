"""Report cards: which year and semester to ask for, and what to show where nothing is published."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple

from massar_cli.errors import (
    HeldBack,
    MassarError,
    PageChanged,
    PortalUnavailable,
    UsageProblem,
)
from massar_cli.folding import fold
from massar_cli.language import listed
from massar_cli.language import translate as _
from massar_cli.portal.session import PortalSession
from massar_cli.reader import in_digits
from massar_cli.records import SchoolYear, Semester, SemesterReport
from massar_cli.school_calendar import school_year_of, semester_name, semester_of, year_label
from massar_cli.services.result import Result
from massar_cli.subjects import matches_subject, nearest_subjects

_SESSION_ID: dict[Semester, str] = {1: "1", 2: "2", "year": "3"}
_BOTH: tuple[Literal[1, 2], ...] = (1, 2)

Report = Callable[[int, int], object]
"""Told how many report cards have been read, and how many there are."""


class Wanted(NamedTuple):
    """A report card to ask for: the portal's value for the year, and the semester."""

    year: str
    semester: Semester

    @property
    def name(self) -> str:
        """The semester and year, for a message."""
        return _("{semester}, {year}").format(
            semester=semester_name(self.semester), year=year_label(self.year)
        )


def get_grades(
    session: PortalSession,
    *,
    year: int | None,
    semester: Semester | None,
    today: date,
) -> Result[SemesterReport]:
    """Return the report cards of a year, a semester, or of what is under way.

    With neither given and nothing published yet, the latest semester that has marks is returned
    instead, and a note says so.
    """
    with session.section():
        return _get_grades(session, year, semester, today)


def _get_grades(
    session: PortalSession, year: int | None, semester: Semester | None, today: date
) -> Result[SemesterReport]:
    current = school_year_of(today)
    under_way: Semester = 1 if semester_of(today) == 1 else 2
    if year is not None and year < current and semester is None:
        return _read_cards(session, [Wanted(str(year), half) for half in _BOTH])
    if year is not None and year > current:
        under_way = 1
    wanted = Wanted(str(current if year is None else year), semester or under_way)
    result = _read_cards(session, [wanted])
    if year is None and semester is None and not result.records[0].card.is_published:
        return _latest_published(session, wanted) or result
    return result


def get_all_grades(
    session: PortalSession, *, semester: Semester | None, report: Report | None
) -> Result[SemesterReport]:
    """Return the report cards of every year that the portal lists, in its order."""
    years = list_years(session)
    if not years:
        return Result(records=(), notes=(_("The portal lists no school year at the moment."),))
    halves = _BOTH if semester is None else (semester,)
    return _read_cards(
        session, [Wanted(year.id, half) for year in years for half in halves], report
    )


def _latest_published(session: PortalSession, tried: Wanted) -> Result[SemesterReport] | None:
    """Return the newest card that has marks, other than the one tried; None when there is none."""
    years = {year.id for year in list_years(session)} | {tried.year}
    for wanted in (
        Wanted(year, half) for year in sorted(years, reverse=True) for half in reversed(_BOTH)
    ):
        found = _read_card(session, wanted) if wanted != tried else None
        if found and found.card.is_published:
            note = _("Nothing is published yet for {wanted}; showing {shown}.").format(
                wanted=in_digits(tried.name), shown=in_digits(wanted.name)
            )
            return Result(records=(found,), notes=(note,))
    return None


def list_years(session: PortalSession) -> tuple[SchoolYear, ...]:
    """Return the school years that the portal's own list offers."""
    from massar_cli.portal.pages.school_years import SchoolYearsPage

    return session.open(SchoolYearsPage).read()


def _read_cards(
    session: PortalSession, wanted: Iterable[Wanted], report: Report | None = None
) -> Result[SemesterReport]:
    """Read the cards one after another; one that fails does not stop the others."""
    listed = list(wanted)
    records: list[SemesterReport] = []
    notes: list[str] = []
    errors: list[MassarError] = []
    for done, card in enumerate(listed):
        if report:
            report(done, len(listed))
        try:
            read = _read_card(session, card)
        except (PageChanged, PortalUnavailable, HeldBack) as error:
            # Held back before the first card, nothing at all was asked.
            is_at_once = isinstance(error, HeldBack) and not (records or errors)
            if is_at_once or len(listed) == 1:
                raise
            errors.append(error.about(card.name))
            continue
        if not read.card.is_published:
            told = in_digits(card.name)
            notes.append(_("{wanted}: nothing is published.").format(wanted=told))
        records.append(read)
    if errors and not records:
        raise errors[0]
    return Result(records=tuple(records), notes=tuple(notes), errors=tuple(errors))


def _read_card(session: PortalSession, wanted: Wanted) -> SemesterReport:
    from massar_cli.portal.pages.report_card import ReportCardPage

    fields = {"Annee": wanted.year, "IdSession": _SESSION_ID[wanted.semester]}
    card = session.open(ReportCardPage, fields=fields).read()
    if not card.is_published:
        # Before the school publishes, the page may list the subjects with all cells empty.
        card = replace(card, subjects=())
    return SemesterReport(
        student=session.student,
        school_year=year_label(wanted.year),
        semester=wanted.semester,
        card=card,
    )


def only_subject(result: Result[SemesterReport], text: str) -> Result[SemesterReport]:
    """Return the same report cards with the subjects alone that `text` names.

    Raises UsageProblem for a text without a letter or digit.
    """
    if not fold(text):
        raise UsageProblem(_('"{text}" names no subject.').format(text=text[:40]))
    records = tuple(
        replace(
            report,
            card=replace(
                report.card,
                subjects=tuple(
                    subject
                    for subject in report.card.subjects
                    if matches_subject(text, subject_id=subject.subject_id, name=subject.subject)
                ),
            ),
        )
        for report in result.records
    )
    notes = result.notes
    known = {
        one.subject: one.subject_id for report in result.records for one in report.card.subjects
    }
    if known and not any(report.card.subjects for report in records):
        notes += _notes_on_subjects(text, known)
    return result._replace(records=records, notes=notes)


def _notes_on_subjects(text: str, known: Mapping[str, str | None]) -> tuple[str, ...]:
    """Tell that no subject has a name, which one nearly has it, and which there are."""
    nothing = _('No subject matches "{text}".').format(text=text)
    if near := nearest_subjects(text, known):
        nothing += " " + _("Perhaps you mean: {names}.").format(names=listed(near))
    return nothing, _("Subjects: {names}").format(names=listed(known))


def have_averages_alone(reports: Iterable[SemesterReport]) -> bool:
    """Whether there are subjects, and none of them has a test or any other assessment."""
    subjects = [subject for report in reports for subject in report.card.subjects]
    return bool(subjects) and not any(subject.assessments for subject in subjects)
