"""What stands on any page of the portal, as values."""

from dataclasses import dataclass
from typing import Literal, NamedTuple


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
