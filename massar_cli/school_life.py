"""What the portal tells of school life: absences, homework, lessons, tests, messages, documents.

None of these pages is documented, so all that does not identify a row is optional: None means that
the portal does not say. Dates are days in Casablanca. `raw` is the whole row as the page has it,
column heading to text. Whose a record is, is told beside it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

Day = dt.date
Raw = Mapping[str, str]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Attachment(NamedTuple):
    """A file that the portal offers: the link's text, and its whole address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A missed period: a part of a day, a day, or the days from `date` to `until`.

    `session` is the hours as written, `hours` their number. `reason` may be a medical one, and is
    not in `repr`. `semester` is told by the date.
    """

    date: Day | None
    until: Day | None
    subject: str | None
    subject_id: str | None
    session: str | None
    hours: Decimal | None
    justified: bool | None
    reason: str | None = field(repr=False)
    semester: Literal[1, 2] | None
    raw: Raw = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeworkItem:
    """One task to hand in."""

    published: Day | None
    due: Day | None
    subject: str | None
    subject_id: str | None
    text: str | None
    attachments: tuple[Attachment, ...]
    raw: Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One slot of the timetable; `date` where the page shows a certain week."""

    weekday: Weekday | None
    date: Day | None
    start: dt.time | None
    end: dt.time | None
    subject: str | None
    subject_id: str | None
    teacher: str | None
    room: str | None
    text: str | None
    raw: Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTest:
    """A test or exam that is announced; `title` says which, as the portal writes it."""

    date: Day | None
    start: dt.time | None
    end: dt.time | None
    subject: str | None
    subject_id: str | None
    title: str | None
    room: str | None
    raw: Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message or announcement; `url` leads to the whole of it where the list has only a title."""

    date: Day | None
    sender: str | None
    title: str | None
    text: str | None
    unread: bool | None
    url: str | None
    attachments: tuple[Attachment, ...]
    raw: Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolDocument:
    """A certificate or another file that the school offers."""

    title: str | None
    date: Day | None
    attachments: tuple[Attachment, ...]
    raw: Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class OrientationWish:
    """A line of the guidance page: a wish, where it stands, and until when it may be changed."""

    rank: int | None
    choice: str | None
    status: str | None
    date: Day | None
    text: str | None
    raw: Raw
