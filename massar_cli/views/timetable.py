"""The view of the timetable."""

from collections.abc import Sequence

from massar_cli.language import translate as _
from massar_cli.records import Student
from massar_cli.school_life import Lesson
from massar_cli.view import View
from massar_cli.views.flat import Shown, flat_view, weekday_name, written_day, written_times
from massar_cli.views.names import subject_text

_FIELDS = ("weekday", "date", "start", "end", "subject", "subject_id", "teacher", "room", "text")


def timetable_view(lessons: Sequence[Lesson], student: Student | None) -> View:
    """Return the timetable."""
    return flat_view(
        "massar.timetable/1",
        _("Timetable"),
        lessons,
        student,
        fields=_FIELDS,
        shown=(
            Shown(_("Day"), _day),
            Shown(_("Time"), written_times),
            Shown(_("Subject"), lambda lesson: subject_text(lesson) or lesson.text),
            Shown(_("Teacher"), "teacher", is_extra=True),
            Shown(_("Room"), "room"),
        ),
    )


def _day(lesson: Lesson) -> str | None:
    """Return the day's name in the reader's language, with its date where there is one."""
    name = weekday_name(lesson.weekday) if lesson.weekday else None
    date = written_day(lesson.date) if lesson.date else None
    return " ".join(filter(None, (name, date))) or None
