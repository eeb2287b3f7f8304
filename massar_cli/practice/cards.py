"""What a report card of the practice portal holds, before it is printed."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from massar_cli.practice.names import Bilingual


class Special(Enum):
    """What stands in a cell in place of a number."""

    ABSENT = "absent"
    EXEMPT = "exempt"


Mark = Decimal | Special | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of both tables of a report card."""

    component: Bilingual | None
    test1: Mark
    test2: Mark
    test3: Mark
    test4: Mark
    activities: Mark
    continuous: Mark = None
    coefficient: int | None = None
    highest: Decimal | None = None
    mean: Decimal | None = None
    lowest: Decimal | None = None
    exam: Mark = None


@dataclass(frozen=True, slots=True)
class SubjectMarks:
    """A subject and its rows, of which the last one carries the coefficient."""

    subject: Bilingual
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCard:
    """The marks of one semester, or of the whole year."""

    subjects: tuple[SubjectMarks, ...] = ()
    session_average: Decimal | None = None
    exam_average: Decimal | None = None
    annual: bool = False
    components: bool = False
