"""What the program shall print of a pupil, told from the truth alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from massar_cli.dates import WEEKDAYS

from . import menu, spelling
from .truth import (
    ACADEMY,
    DIRECTORATE,
    Absence,
    Language,
    Mark,
    Pupil,
    ReportCard,
    Service,
    StoredFile,
    SubjectMarks,
    Text,
)

Record = dict[str, Any]
KINDS: dict[Service, str] = {
    "marks": "grades",
    "journey": "journey",
    "profile": "profile",
    "absences": "absences",
    "homework": "homework",
    "timetable": "timetable",
    "tests": "exams",
    "messages": "messages",
    "documents": "documents",
    "orientation": "orientation",
}
ADDRESSES: dict[Service, str] = {
    "marks": menu.NOTES,
    "journey": menu.JOURNEY,
    "profile": menu.PROFILE,
    "absences": menu.ABSENCES,
    "homework": menu.HOMEWORK,
    "timetable": menu.TIMETABLE,
    "tests": menu.TESTS,
    "messages": menu.MESSAGES,
    "documents": menu.DOCUMENTS,
    "orientation": menu.ORIENTATION,
}
_SEMESTERS = {1: 1, 2: 2, 3: "year"}


class Expected:
    """The records of one pupil, as a portal at an address says them in one language."""

    def __init__(self, pupil: Pupil, language: Language, url: str) -> None:
        self.pupil, self.language, self.url = pupil, language, url

    def _said(self, text: Text | None) -> str | None:
        return None if text is None else text.said(self.language)

    # Report cards.

    def card(self, year: int, session: int) -> Record:
        pupil = self.pupil
        card = pupil.report_card(year, session) or ReportCard(year, session, (), None)
        return {
            "school_year": f"{year}/{year + 1}",
            "semester": _SEMESTERS[session],
            "school": self._said(pupil.school),
            "level": self._said(pupil.level),
            "class": pupil.classroom,
            "class_size": pupil.class_size,
            "out_of": 10 if "PRIMAIRE" in pupil.level.fr else 20,
            "average": _number(card.average),
            "exam_average": _number(card.exam),
            "subjects": [self._subject(row, session) for row in card.rows],
        }

    def _subject(self, row: SubjectMarks, session: int) -> Record:
        tests: list[tuple[object, Mark]] = [*enumerate(row.tests, 1), (None, row.activities)]
        if session == 3:
            tests = []
        if isinstance(row.continuous, str):
            tests.append(("continuous", row.continuous))
        return {
            "subject": self._said(row.subject),
            "component": self._said(row.component),
            "coefficient": _number(row.coefficient),
            "continuous": _number(row.continuous),
            "exam": _number(row.exam),
            "class_max": _number(row.highest),
            "class_average": _number(row.mean),
            "class_min": _number(row.lowest),
            "marks": {name: told for name, mark in tests if (told := _told(mark))},
        }

    # What else is recorded.

    def journey(self) -> list[Record]:
        return [
            {
                "school_year": f"{one.year}/{one.year + 1}",
                "school": self._said(one.school),
                "level": self._said(one.level),
                "average": _number(one.average),
                "decision": self._said(one.result),
            }
            for one in self.pupil.journey
        ]

    def profile(self) -> list[Record]:
        pupil = self.pupil
        return [
            {
                "code": pupil.code,
                "first_name": f"{pupil.first_name.ar} ({pupil.first_name.fr})",
                "last_name": f"{pupil.last_name.ar} ({pupil.last_name.fr})",
                "gender": ("أنثى" if pupil.girl else "ذكر")
                if self.language == "ar"
                else ("Féminin" if pupil.girl else "Masculin"),
                "birth_place": self._said(pupil.birth_place),
                "school": self._said(pupil.school),
                "academy": self._said(ACADEMY),
                "directorate": self._said(DIRECTORATE),
            }
        ]

    def absences(self, fits: Callable[[Absence], bool]) -> list[Record]:
        every = "جميع المواد" if self.language == "ar" else "Toutes les matières"
        records: list[Record] = [
            {
                "date": one.day.isoformat(),
                "until": None,
                "subject": self._said(one.subject) or every,
                "session": spelling.absence_time(one, self.language),
                "hours": _hours(one),
                "justified": one.justified,
                "reason": self._said(one.reason),
                "semester": one.semester,
            }
            for semester in (1, 2)
            for one in reversed(self.pupil.absences)
            if one.semester == semester and fits(one)
        ]
        return sorted(records, key=lambda one: str(one["date"]), reverse=True)

    def homework(self) -> list[Record]:
        return [
            {
                "published": one.given.isoformat(),
                "due": one.due.isoformat(),
                "subject": self._said(one.subject),
                "text": one.text,
                "attachments": self._files(one.file, "Pedagogie/DaftarNoussous/Murfaq?id="),
            }
            for one in self.pupil.homework
        ]

    def _files(self, stored: StoredFile | None, address: str) -> list[Record]:
        if stored is None:
            return []
        return [{"name": stored.name, "url": f"{self.url}/{address}{stored.number}"}]

    def timetable(self) -> list[Record]:
        return [
            {
                "weekday": WEEKDAYS[one.weekday][0],
                "date": None,
                "start": f"{one.span.start:%H:%M}",
                "end": f"{one.span.end:%H:%M}",
                "subject": self._said(one.subject),
                "teacher": self._said(one.teacher),
                "room": one.room,
            }
            for one in self.pupil.timetable
        ]

    def tests(self, years: Iterable[int]) -> list[Record]:
        return [
            {
                "date": one.day.isoformat(),
                "start": f"{one.span.start:%H:%M}",
                "end": f"{one.span.end:%H:%M}",
                "subject": self._said(one.subject),
                "title": self._said(one.kind),
                "room": one.room,
            }
            for year in years
            for one in self.pupil.tests
            if one.year == year
        ]

    def messages(self, *, unread: bool = False) -> list[Record]:
        return [
            {
                "date": one.received.date().isoformat(),
                "sender": self._said(one.sender),
                "title": one.subject,
                "text": one.body,
                "unread": not one.read,
                "url": None,
                "attachments": [],
            }
            for one in self.pupil.messages
            if not (unread and one.read)
        ]

    def documents(self) -> list[Record]:
        name = "تحميل" if self.language == "ar" else "Télécharger"
        return [
            {
                "title": self._said(one.title),
                "date": one.issued.isoformat(),
                "attachments": [
                    {"name": name, "url": f"{self.url}/Services/Wathaiq/Tahmil/{one.file.number}"}
                ],
            }
            for one in self.pupil.documents
        ]

    def orientation(self) -> list[Record]:
        return [
            {
                "rank": one.rank,
                "choice": self._said(one.track),
                "status": self._said(one.opinion),
                "date": None,
            }
            for one in self.pupil.wishes
        ]

    def pages(self) -> list[Record]:
        return [
            {"address": ADDRESSES[one], "kind": KINDS[one]}
            for one in sorted(self.pupil.services, key=lambda one: ADDRESSES[one])
        ]


def marks_of(subject: Record) -> dict[object, tuple[str, object]]:
    """Return the marks that a subject's record tells, by test, or by the field that has none."""
    return {
        one["number"] if one["kind"] != "other" else "continuous": (one["status"], one["grade"])
        for one in subject["assessments"]
        if one["status"] != "none"
    }


def _told(mark: Mark) -> tuple[str, object] | None:
    if mark is None:
        return None
    return (mark, None) if isinstance(mark, str) else ("graded", _number(mark))


def _number(value: Mark) -> float | None:
    return float(value) if isinstance(value, Decimal) else None


def _hours(absence: Absence) -> float:
    if absence.span:
        return absence.span.minutes / 60
    return 8 if absence.extent == "day" else 4
