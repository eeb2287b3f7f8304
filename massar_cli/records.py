"""What the portal's pages say, as values: the vocabulary of the whole program.

Marks are `Decimal`, out of 20, or out of 10 in primary. `None` means that the portal does not
say. Text is as the portal writes it, outer white space trimmed.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Semester = Literal[1, 2, "year"]
"""A half of the school year, or "year" for the annual average, which the portal serves alike."""


class GradeStatus(StrEnum):
    """Why an assessment has a number, or has none."""

    GRADED = "graded"
    ABSENT = "absent"
    EXEMPT = "exempt"
    NONE = "none"
    UNKNOWN = "unknown"


class AssessmentKind(StrEnum):
    """What a column of marks holds."""

    TEST = "test"
    ACTIVITIES = "activities"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """Who a record is about: the Massar code, and the name on the account's landing page."""

    code: str | None
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One of the students of a parent's account: the Massar code, and the names known of them."""

    code: str
    name: str | None
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedChild:
    """One student of an account, as a list of them shows it; the nickname is the person's own."""

    code: str
    name: str | None
    nickname: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolYear:
    """A school year that the portal offers: `id` is the value it wants, `label` its text."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """One thing that is marked: a test, the integrated activities, or an unknown column.

    `number` counts tests from 1. `grade` is set when `status` is GRADED; `raw` is the cell's text.
    `field` names the field of `SubjectResult` whose cell held no number but this text.
    """

    name: str
    number: int | None
    kind: AssessmentKind
    grade: Decimal | None
    status: GradeStatus
    raw: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectResult:
    """A row of the report card: one subject, or one component of a subject (primary)."""

    subject: str
    subject_id: str | None
    component: str | None = None
    coefficient: Decimal | None = None
    continuous: Decimal | None = None
    exam: Decimal | None = None
    class_max: Decimal | None = None
    class_average: Decimal | None = None
    class_min: Decimal | None = None
    assessments: tuple[Assessment, ...] = ()

    @property
    def has_marks(self) -> bool:
        """Whether a mark of the pupil or the class is published here; a coefficient is none."""
        numbers = self.continuous, self.exam, self.class_max, self.class_average, self.class_min
        return any(number is not None for number in numbers) or any(
            a.status is not GradeStatus.NONE for a in self.assessments
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCard:
    """What the report-card fragment prints; it names neither the pupil nor the semester.

    `out_of` is 10 in primary, 20 in secondary, None when the level is not recognised.
    `average` and `exam_average` are the portal's own, never computed here. `remarks` are labels
    and texts below the tables that are neither.
    """

    school: str | None = None
    level: str | None = None
    school_class: str | None = None
    class_size: int | None = None
    out_of: int | None = None
    average: Decimal | None = None
    exam_average: Decimal | None = None
    subjects: tuple[SubjectResult, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def is_published(self) -> bool:
        """Whether the school has published any mark on this card."""
        return (
            self.average is not None
            or self.exam_average is not None
            or any(subject.has_marks for subject in self.subjects)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SemesterReport:
    """A report card together with what was asked for to get it."""

    student: Student | None
    school_year: str
    semester: Semester
    card: ReportCard
