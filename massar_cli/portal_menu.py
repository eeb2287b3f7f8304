"""The account as its first page shows it, as values: the menu's pages and its students."""

from dataclasses import dataclass
from enum import StrEnum

from massar_cli.records import Child


class PageKind(StrEnum):
    """What a page of the menu is about, as far as its label and address tell."""

    ABSENCES = "absences"
    HOMEWORK = "homework"
    TIMETABLE = "timetable"
    EXAMS = "exams"
    MESSAGES = "messages"
    DOCUMENTS = "documents"
    ORIENTATION = "orientation"
    GRADES = "grades"
    JOURNEY = "journey"
    PROFILE = "profile"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuPage:
    """A page that the account's menu offers.

    `label` is the link's text; `address` is below the portal's base, with its query.
    """

    label: str
    address: str
    kind: PageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """What the page after the sign-in tells of the account.

    `name` is the one in its greeting. `pages` is None where no menu was recognised. `children` is
    empty for an account of one student.
    """

    name: str | None
    pages: tuple[MenuPage, ...] | None
    children: tuple[Child, ...] = ()
