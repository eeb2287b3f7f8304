"""The view of a capture: that of the command which reads its kind, else that of any page."""

from collections.abc import Callable
from typing import Any, Literal

from massar_cli.portal_menu import PageKind
from massar_cli.records import SemesterReport
from massar_cli.school_calendar import year_label
from massar_cli.view import View


def capture_view(
    kind: PageKind, record: Any, period: tuple[int, Literal[1, 2]], *, is_content: bool
) -> View:
    """Return what a page was read into; `is_content` says that it was read as any page.

    `period` is the year and the semester of a report card, which its page does not tell.
    """
    if is_content:
        from massar_cli.views.page import page_view

        return page_view([record], None)
    return _typed_view(kind, record, period)


def _typed_view(kind: PageKind, record: Any, period: tuple[int, Literal[1, 2]]) -> View:
    from massar_cli.views import (
        absences,
        documents,
        exams,
        grades,
        homework,
        journey,
        messages,
        orientation,
        profile,
        timetable,
    )

    views: dict[PageKind, Callable[[Any, None], View]] = {
        PageKind.HOMEWORK: homework.homework_view,
        PageKind.TIMETABLE: timetable.timetable_view,
        PageKind.EXAMS: exams.exams_view,
        PageKind.MESSAGES: messages.messages_view,
        PageKind.DOCUMENTS: documents.documents_view,
        PageKind.ORIENTATION: orientation.orientation_view,
        PageKind.JOURNEY: journey.journey_view,
    }
    if kind is PageKind.ABSENCES:
        return absences.absences_view(record, None, total=False)
    if kind is PageKind.PROFILE:
        return profile.profile_view(record, None, all_fields=True)
    if kind is PageKind.GRADES:
        year, semester = period
        report = SemesterReport(
            student=None, school_year=year_label(str(year)), semester=semester, card=record
        )
        return grades.grades_view([report], summary=False)
    return views[kind](record, None)
