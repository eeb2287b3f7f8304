"""Planned tests, past ones of the year among them."""

from dataclasses import dataclass
from datetime import date

from massar_cli.practice.life.dates import TODAY, spread
from massar_cli.practice.life.pupils import Pupil, room_of
from massar_cli.practice.names import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """One test; `start` and `end` may not be fixed yet, and neither may the room."""

    day: date
    start: str | None
    end: str | None
    subject: Bilingual
    kind: Bilingual
    room: Bilingual | None


_TEST = {
    1: Bilingual("الفرض الأول", "Premier contrôle"),
    2: Bilingual("الفرض الثاني", "Deuxième contrôle"),
}
_ACTIVITY = Bilingual("الأنشطة المندمجة", "Activités intégrées")
_LOCAL = Bilingual("الامتحان الموحد المحلي", "Examen normalisé local")
_MOCK = Bilingual("امتحان تجريبي", "Examen blanc")
_HOURS = (("08:30", "10:30"), ("10:30", "11:30"), ("14:30", "16:30"), ("15:00", "16:00"))
_PERIODS = (
    (date(2025, 10, 13), date(2026, 6, 5), 6),
    (date(2026, 10, 5), date(2027, 1, 22), 9),
    (date(2027, 2, 15), TODAY, 2),
    (TODAY, date(2027, 5, 28), 9),
)
_MONDAY = date(2026, 12, 14)


def exams_of(pupil: Pupil) -> tuple[Exam, ...]:
    """Give every test of two school years, oldest first."""
    days = sorted({
        _MONDAY,
        *(
            day
            for first, last, count in _PERIODS
            for day in spread(f"{pupil.code}:exams", first, last, count)
        ),
    })  # fmt: skip
    return tuple(_exam(pupil, day, number) for number, day in enumerate(days))


def _exam(pupil: Pupil, day: date, number: int) -> Exam:
    subject = pupil.subjects[number * 2 % len(pupil.subjects)]
    start, end = _HOURS[number % len(_HOURS)]
    is_late = (day.year, day.month) == (2027, 5)
    is_local = day.month == 1
    kind = _LOCAL if is_local else _MOCK if is_late else (_ACTIVITY, _TEST[1], _TEST[2])[number % 3]
    return Exam(
        day=day,
        start=None if is_late and number % 2 else start,
        end=None if is_late else end,
        subject=subject,
        kind=kind,
        room=None if is_late or (number + 1) % 5 == 0 else room_of(pupil, subject),
    )
