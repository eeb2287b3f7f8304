"""The week's lessons: six days of hours from 08:30 to 18:30, with a long pause at noon."""

from dataclasses import dataclass

from massar_cli.practice.life.dates import dice
from massar_cli.practice.life.pupils import Pupil, room_of, teacher_of
from massar_cli.practice.names import Bilingual

MORNING = ("08:30", "09:30", "10:30", "11:30")
NOON = ("12:30", "14:30")
AFTERNOON = ("14:30", "15:30", "16:30", "17:30")
HOURS = (*MORNING, *AFTERNOON)
"""When each hour begins."""
DAYS = range(6)
_ENDS = {"08:30": "09:30", "09:30": "10:30", "10:30": "11:30", "11:30": "12:30",
         "14:30": "15:30", "15:30": "16:30", "16:30": "17:30", "17:30": "18:30"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A lesson of one hour or two; `day` counts from Monday."""

    day: int
    start: str
    end: str
    length: int
    subject: Bilingual
    teacher: Bilingual
    room: Bilingual


# Letters stand for subjects in the order of their weight, a dash continues a lesson of two hours,
# a dot is an empty hour; each word is a half-day.
_WEEKS = {
    "lycee": ("a-b- c-d.", "e.a- b-h-", "d-c- ....", "a-f. b.e.", "c-g- .i..", "d-ab ...."),
    "college": ("a-b- c-d.", "g.a. e-h-", "b-f- ....", "a-d- c.j.", "e.f- .ib.", "c-.a ...."),
    "primary": ("a-c. b-..", "b-a- ..d.", "a-e. ....", "c-b- f.h.", "a-d. ..g.", "b-.. ...."),
}


def end_of(start: str) -> str:
    """Tell when the hour ends that begins at `start`."""
    return _ENDS[start]


def timetable_of(pupil: Pupil) -> tuple[Lesson, ...]:
    """Give the lessons of the week, day by day."""
    lessons: list[Lesson] = []
    week = _WEEKS[pupil.cycle]
    shift = dice(pupil.code, 2)
    for day in DAYS:
        # Two classes of a level have the same days in another order; Wednesday and Saturday end
        # at noon everywhere.
        line = week[day] if day in (2, 5) else week[(0, 1, 3, 4)[(_PLACE[day] + shift) % 4]]
        for half, hours in zip(line.split(), (MORNING, AFTERNOON), strict=True):
            lessons += _half_day(pupil, day, half, hours)
    return tuple(lessons)


_PLACE = {0: 0, 1: 1, 3: 2, 4: 3}


def _half_day(pupil: Pupil, day: int, half: str, hours: tuple[str, ...]) -> list[Lesson]:
    lessons = []
    for place, letter in enumerate(half):
        if letter in ".-":
            continue
        length = 2 if half[place + 1 : place + 2] == "-" else 1
        subject = pupil.subjects[ord(letter) - ord("a")]
        lessons.append(
            Lesson(
                day=day,
                start=hours[place],
                end=end_of(hours[place + length - 1]),
                length=length,
                subject=subject,
                teacher=teacher_of(pupil, subject),
                room=room_of(pupil, subject),
            )
        )
    return lessons
