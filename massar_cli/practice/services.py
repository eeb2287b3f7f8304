"""The services that nobody has documented: absences, homework, timetable and all the others.

Each edition shows the same facts on pages of its own: other addresses, words, orders and markup.
"""

import re
from collections.abc import Sequence
from typing import TypeVar

from werkzeug.wrappers import Response

from massar_cli.practice.forms import Forms
from massar_cli.practice.life import timetable
from massar_cli.practice.life.dates import TODAY, YEARS, school_year_of, semester_of
from massar_cli.practice.life.school_life import SchoolLife, life_of
from massar_cli.practice.pages import Pages
from massar_cli.practice.visit import Handler, Visit, refuse

_LINES = 8
"""How many lines of a list a page of the 2018 edition shows."""
_NUMBER = re.compile(r"[0-9]{1,9}")
_WHOLE_SPANS = ("day", "morning", "afternoon")

Row = TypeVar("Row")


class ServicePages:
    """Everything that a student's menu offers besides marks, path and profile."""

    def __init__(self, pages: Pages, forms: Forms) -> None:
        self._pages = pages
        self._forms = forms
        self.handlers: dict[str, Handler] = {
            "absences": self._absences,
            "lateness": self._lateness,
            "homework": self._homework,
            "timetable": self._timetable,
            "exams": self._exams,
            "messages": self._messages,
            "message": self._message,
            "documents": self._documents,
            "guidance": self._guidance,
        }
        """How each kind of page is answered; which of them there are is the edition's choice."""

    def _absences(self, visit: Visit) -> Response:
        rows = _life(visit).absences
        if not visit.edition.core:
            return self._list(visit, "absences", [one for one in rows if one.span in _WHOLE_SPANS])
        year = _chosen(visit, "annee", school_year_of(TODAY))
        semester = _chosen(visit, "semestre", semester_of(TODAY))
        rows = tuple(
            one
            for one in rows
            if (school_year_of(one.day), semester_of(one.day)) == (year, semester)
        )
        return self._page(
            visit,
            "absences",
            rows=rows,
            years=YEARS[::-1],
            chosen_year=year,
            chosen_semester=semester,
        )

    def _lateness(self, visit: Visit) -> Response:
        rows = [one for one in _life(visit).absences if one.span not in _WHOLE_SPANS]
        return self._list(visit, "lateness", rows)

    def _homework(self, visit: Visit) -> Response:
        rows = _life(visit).homework
        if visit.edition.core:
            return self._page(visit, "homework", rows=rows)
        return self._list(visit, "homework", rows)

    def _timetable(self, visit: Visit) -> Response:
        lessons = _life(visit).timetable
        return self._page(
            visit,
            "timetable",
            lessons={(lesson.day, lesson.start): lesson for lesson in lessons},
            goes_on={
                (lesson.day, timetable.HOURS[timetable.HOURS.index(lesson.start) + 1])
                for lesson in lessons
                if lesson.length > 1
            },
            days=timetable.DAYS,
            morning=timetable.MORNING,
            noon=timetable.NOON,
            afternoon=timetable.AFTERNOON,
            end_of=timetable.end_of,
        )

    def _exams(self, visit: Visit) -> Response:
        rows = _life(visit).exams
        year = school_year_of(TODAY)
        if not visit.edition.core:
            # The year is chosen by a form that is posted.
            year = _number(visit.request.form.get("SelectedAnnee", "")) or year
            rows = tuple(one for one in rows if school_year_of(one.day) == year)
        return self._page(visit, "exams", rows=rows, years=YEARS, chosen_year=year)

    def _messages(self, visit: Visit) -> Response:
        return self._page(visit, "messages")

    def _message(self, visit: Visit) -> Response:
        message = _life(visit).message(visit.request.args.get("ref", ""))
        if message is None:
            return self._pages.error(visit, 404, "not-found")
        return self._forms.page(visit, f"{visit.edition.name}/message.html", message=message)

    def _documents(self, visit: Visit) -> Response:
        return self._page(visit, "documents")

    def _guidance(self, visit: Visit) -> Response:
        return self._page(visit, "guidance")

    def _list(self, visit: Visit, name: str, rows: Sequence[Row]) -> Response:
        """Show one page of a list."""
        pages = max(1, -(-len(rows) // _LINES))
        page = min(_chosen(visit, "grid-page", 1) or 1, pages)
        first = (page - 1) * _LINES
        shown = rows[first : first + _LINES]
        return self._page(visit, name, rows=shown, first=first, page=page, pages=pages)

    def _page(self, visit: Visit, name: str, **values: object) -> Response:
        return self._pages.page(visit, f"{visit.edition.name}/{name}.html", **values)


def offered(handler: Handler) -> Handler:
    """Turn away a student whose menu has no services."""

    def guarded(visit: Visit) -> Response:
        if visit.student is None or not visit.student.has_services:
            return refuse(visit)
        return handler(visit)

    return guarded


def _life(visit: Visit) -> SchoolLife:
    return SchoolLife() if visit.student is None else life_of(visit.student)


def _chosen(visit: Visit, name: str, usual: int) -> int:
    number = _number(visit.request.args.get(name, ""))
    return usual if number is None else number


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None
