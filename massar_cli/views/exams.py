"""The view of planned tests."""

from collections.abc import Sequence

from massar_cli.language import translate as _
from massar_cli.records import Student
from massar_cli.school_life import PlannedTest
from massar_cli.view import View
from massar_cli.views.flat import Shown, flat_view, written_times
from massar_cli.views.names import subject_text

_FIELDS = ("date", "start", "end", "subject", "subject_id", "title", "room")


def exams_view(tests: Sequence[PlannedTest], student: Student | None) -> View:
    """Return planned tests."""
    return flat_view(
        "massar.exams/1",
        _("Planned tests"),
        tests,
        student,
        fields=_FIELDS,
        shown=(
            Shown(_("Date"), "date"),
            Shown(_("Time"), written_times),
            Shown(_("Subject"), subject_text),
            Shown(_("Test"), "title"),
            Shown(_("Room"), "room"),
        ),
    )
