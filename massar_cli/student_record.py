"""What a school keeps of a student beside marks, as values: the school path and own data.

Text and averages are as in `records`.
"""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOutcome:
    """A line of the school path: one year, the portal's average for it and the decision."""

    school_year: str
    school: str | None
    level: str | None
    average: Decimal | None
    average_text: str | None
    decision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The student's own data. The guardian's are personal to somebody else: not in `repr`."""

    code: str
    first_name: str | None
    last_name: str | None
    gender: str | None
    birth_place: str | None
    school: str | None
    academy: str | None
    directorate: str | None
    guardian_first_name: str | None = field(default=None, repr=False)
    guardian_last_name: str | None = field(default=None, repr=False)
    guardian_phone: str | None = field(default=None, repr=False)
