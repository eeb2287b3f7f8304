"""The portal's pages as things of their own: what its menu offers, and what stands on any page."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

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


class Link(NamedTuple):
    """A link of a page: its text, and its whole address."""

    text: str
    address: str


class Cell(NamedTuple):
    """A cell of a table: its text on one line, and the links inside.

    `lines` are the lines of a text that the page shows on several, empty for one line alone;
    `marks` are the classes of the icons and badges in it.
    """

    text: str
    links: tuple[Link, ...] = ()
    lines: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()


FOOT = "tfoot"
"""The mark of a row in the foot of its table."""
GOES_ON = "goes-on"


class Row(NamedTuple):
    """A row of a table. `marks` are the classes of the row and of its icons, "bold" and `FOOT`.

    In a list, GOES_ON marks one that only a line break parts from the row before.
    """

    cells: tuple[Cell, ...]
    marks: frozenset[str] = frozenset()


BlockKind = Literal["table", "list", "notice", "files"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a page's content: a table, a list of labels and texts, a notice, or files.

    `columns` are the headings, empty where there are none. A list has the rows label and text; a
    notice one row with one cell; files have the rows name and address. `links` are those in its
    caption. `is_form` is set for the fields of a form, which are nothing that the page tells.
    """

    kind: BlockKind
    caption: str | None
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    links: tuple[Link, ...] = ()
    is_form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A value that a page's own selector offers."""

    value: str
    text: str
    is_chosen: bool


SelectorRole = Literal["year", "semester", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """A choice of year or semester, or another one, that a page offers by GET.

    `address` is where it leads, whole, without its query; `fixed` are the other fields of its form.
    `is_marked` tells that the page itself says which option is chosen; where it says nothing, a
    browser shows the first one.
    """

    name: str
    role: SelectorRole
    address: str
    fixed: tuple[tuple[str, str], ...]
    options: tuple[Option, ...]
    is_marked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stands in the content area of a page, in its order; nothing on it is left out.

    `next_address` is the next page of the same list, None on the last. `locked_selectors` are the
    roles of choices that the page offers in a way which is not followed: by a form that is posted,
    or by a script.
    """

    title: str | None
    blocks: tuple[Block, ...]
    selectors: tuple[Selector, ...] = ()
    next_address: str | None = None
    locked_selectors: tuple[SelectorRole, ...] = ()
