"""Everything that happens to one student at school besides marks."""

from dataclasses import dataclass
from functools import cache
from itertools import chain

from massar_cli.practice.life.absences import Absence, absences_of
from massar_cli.practice.life.documents import documents_of
from massar_cli.practice.life.exams import Exam, exams_of
from massar_cli.practice.life.files import StoredFile
from massar_cli.practice.life.guidance import Wish, wishes_of
from massar_cli.practice.life.homework import Homework, homework_of
from massar_cli.practice.life.messages import Message, messages_of
from massar_cli.practice.life.pupils import Cycle, Pupil
from massar_cli.practice.life.timetable import Lesson, timetable_of
from massar_cli.practice.names import COLLEGE, PRIMARY, Bilingual
from massar_cli.practice.students import LifeKind, PracticeStudent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SchoolLife:
    """What the services of the portal show of one student, in the order of its pages."""

    absences: tuple[Absence, ...] = ()
    homework: tuple[Homework, ...] = ()
    timetable: tuple[Lesson, ...] = ()
    exams: tuple[Exam, ...] = ()
    messages: tuple[Message, ...] = ()
    documents: tuple[StoredFile, ...] = ()
    wishes: tuple[Wish, ...] = ()

    @property
    def unread(self) -> int:
        """How many messages were not read."""
        return sum(not message.is_read for message in self.messages)

    @property
    def to_justify(self) -> int:
        """How many absences nobody has decided about."""
        return sum(absence.justified is None for absence in self.absences)

    def file(self, ref: str) -> StoredFile | None:
        """Find a file of this student by its opaque name; nobody else's is found."""
        files = (
            *self.documents,
            *chain.from_iterable(one.files for one in self.homework),
            *chain.from_iterable(one.files for one in self.messages),
        )
        return next((one for one in files if one.ref == ref), None)

    def message(self, ref: str) -> Message | None:
        """Find a message of this student by its opaque name."""
        return next((one for one in self.messages if one.ref == ref), None)


def life_of(student: PracticeStudent) -> SchoolLife:
    """Give a student's school life, the same in every run."""
    return _life(student.code, student.school, student.life)


@cache
def _life(code: str, school: Bilingual, kind: LifeKind) -> SchoolLife:
    if kind in ("empty", "none"):
        return SchoolLife()
    cycle: Cycle = "primary" if school is PRIMARY else "college" if school is COLLEGE else "lycee"
    pupil = Pupil(code, cycle)
    return SchoolLife(
        absences=absences_of(pupil),
        homework=homework_of(pupil),
        timetable=timetable_of(pupil),
        exams=exams_of(pupil),
        messages=messages_of(pupil),
        documents=documents_of(pupil, hostile=kind == "hostile"),
        wishes=wishes_of(pupil),
    )
