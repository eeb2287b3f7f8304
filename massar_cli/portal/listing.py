"""The list on a page that nobody has documented: its rows, found and mapped by their headings.

A page's content may have several blocks. The list is those whose headings mean what identifies a
row of that kind of page; the others are counted, so that nobody takes the list for all there is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from massar_cli.errors import PageChanged
from massar_cli.folding import fold
from massar_cli.language import listed
from massar_cli.language import translate as _
from massar_cli.portal.listing_headings import ABOUT_THE_STUDENT, Headings
from massar_cli.portal.nothing import says_nothing
from massar_cli.portal_menu import PageKind
from massar_cli.portal_pages import FOOT, GOES_ON, Block, Cell, Content, Link, Row

CAPTION = "caption"
"""The name in `raw` of what stands above a row: the title of its card, or of a part of a table."""
FILE = "file"
"""The field of a column that is known by its links to files alone."""
_TOTALS = frozenset(map(fold, ("Total", "Totaux", "Somme", "المجموع", "مجموع", "المجموع العام")))
_FREE_TEXTS = frozenset(("attachments", "choice", "sender", "text", "title", FILE))
"""Fields in which the word for a total may be what a record says."""
_NO_CELL = Cell("")
_MOST_NAMED = 12
_LONGEST_HEADING = 5
"""The words of a heading that may stand before its value in one text."""

Value = TypeVar("Value")
Teller = Callable[[str], object]
"""Gives something for a text that can only be a value of one field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the list of one kind of page must have.

    Each group of `required` are fields of which one must have a heading. `tellers` find the fields
    of a table that has no headings, from its values, and of a text in a card which has no label.
    `values` take what may follow a heading in one text: `Pour le 15/03/2027`. `captions` are the
    fields that the title of a card may be, the first one whose teller takes it; `unlabelled` is
    that of any other text in a card which has no label. `files_identify` says that a link to a file
    is enough to make a row.
    """

    kind: PageKind
    headings: Headings
    required: tuple[tuple[str, ...], ...]
    tellers: Mapping[str, Teller] = field(default_factory=dict)
    values: Mapping[str, Teller] = field(default_factory=dict)
    captions: Mapping[str, Teller] = field(default_factory=dict)
    unlabelled: str | None = None
    files_identify: bool = False

    def is_met_by(self, fields: Iterable[str | None]) -> bool:
        """Whether fields are those of a row of this kind."""
        found = set(fields)
        return all(not found.isdisjoint(group) for group in self.required)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """A row of the list: all its texts by their headings, and the cells of the known fields.

    `headings` are those of the known fields; `files` are the links that lead to files.
    """

    raw: Mapping[str, str]
    cells: Mapping[str, Cell]
    headings: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Link, ...] = ()
    marks: frozenset[str] = frozenset()

    def text(self, *fields: str) -> str | None:
        """Return the first text that there is in the cells of `fields`, None for none.

        A dash or another sign alone stands for an empty cell.
        """
        texts = (self.cells.get(name, _NO_CELL).text for name in fields)
        return next((text for text in texts if any(map(str.isalnum, text))), None)

    def lines(self, *fields: str) -> str | None:
        """Return the same as `text`, on as many lines as the page has."""
        for name in fields:
            if self.text(name):
                return self._without_files(self.cells[name])
        return None

    def _without_files(self, cell: Cell) -> str | None:
        """Return a text without the names of the files behind it, which are told apart."""
        text = "\n".join(cell.lines) or cell.text
        for link in reversed(cell.links):
            if link in self.files and link.text:
                text = text.removesuffix(link.text).rstrip()
        return text or None

    def value(self, to_value: Callable[[str], Value | None], *fields: str) -> Value | None:
        """Return the first value that a cell of `fields` has, None for none."""
        values = (to_value(self.cells[name].text) for name in fields if name in self.cells)
        return next((value for value in values if value is not None), None)


class Listing(NamedTuple):
    """The rows of a list; how many other tables or lists have something, and how many are totals.

    The rows of totals are not among the others.
    """

    rows: tuple[ListedRow, ...]
    others: int = 0
    totals: int = 0


class _Part(NamedTuple):
    """A block in the shape of a table, with the field of each column."""

    columns: tuple[str, ...]
    fields: tuple[str | None, ...]
    rows: tuple[Row, ...]
    caption: str | None
    is_table: bool = True


def read_listing(content: Content, shape: Shape) -> Listing:
    """Return the list on a page, an empty one where the page says that there is nothing.

    Raises PageChanged for a page on which no list of this kind is recognised.
    """
    files = frozenset(
        link.address
        for block in content.blocks
        if block.kind == "files"
        for row in block.rows
        for cell in row.cells
        for link in cell.links
    )
    blocks = [_untitled(block, content) for block in content.blocks if not block.is_form]
    parts = [part for block in blocks for part in _parts(block, shape, files)]
    known = [part for part in parts if shape.is_met_by(part.fields)]
    others = [part for part in parts if part not in known and _has_something(part, shape)]
    if known:
        rows = tuple(row for part in known for row in _listed(part, shape, files))
        are_cards = not any(part.is_table for part in known)
        counted = (part.is_table or (are_cards and any(part.columns)) for part in others)
        totals = sum(_is_total(row, part, shape) for part in known for row in part.rows)
        return Listing(rows, sum(counted), totals)
    if not others and _is_said_to_be_empty(content, shape):
        return Listing(())
    headings = dict.fromkeys(
        name for part in parts for name in part.columns if name and not _is_about_student(name)
    )
    if not headings:
        raise PageChanged(_("there is no list on it"))
    named = listed(tuple(headings)[:_MOST_NAMED])
    raise PageChanged(_("its headings are not known: {headings}").format(headings=named))


def _untitled(block: Block, content: Content) -> Block:
    """Return a block without the page's own title, which says nothing of one block."""
    return replace(block, caption=None) if block.caption == content.title else block


def _is_said_to_be_empty(content: Content, shape: Shape) -> bool:
    return any(
        says_nothing(text, shape.kind)
        for block in content.blocks
        for row in block.rows
        for cell in row.cells
        for text in (cell.text, _besides_links(cell))
    )


def _besides_links(cell: Cell) -> str:
    """Return the only line of a text that is no link, empty where there are several."""
    links = sorted((link.text for link in cell.links), key=len, reverse=True)
    lines = list(cell.lines)
    for link in links:
        lines = [line.replace(link, "", 1) if link else line for line in lines]
    told = [line for line in lines if line.strip()]
    return told[0] if len(told) == 1 else ""


def _parts(block: Block, shape: Shape, files: frozenset[str]) -> Iterator[_Part]:
    # The files block repeats links that stand in the others.
    if block.kind == "list":
        block = replace(block, rows=tuple(_with_label(row, shape) for row in block.rows))
    if block.kind == "table":
        for piece in _pieces(_table(block, shape), shape):
            yield _with_files(piece, files) if shape.files_identify else piece
        return
    if block.kind == "list" and not any(row.cells[0].text for row in block.rows if row.cells):
        rows = tuple(Row(row.cells[1:2], row.marks) for row in block.rows)
        part = _Part(("",), (None,), rows, block.caption, is_table=False)
    elif block.kind == "list":
        yield from _cards(block, shape)
        return
    else:
        return
    yield _with_files(part, files) if shape.files_identify else part


def _with_files(part: _Part, files: frozenset[str]) -> _Part:
    """Return a part with the field of the only column that has links to files."""
    places = {
        place
        for row in part.rows
        for place, cell in enumerate(row.cells)
        if any(link.address in files for link in cell.links)
    }
    if len(places) != 1 or part.fields[place := places.pop()] is not None:
        return part
    fields = tuple(FILE if i == place else name for i, name in enumerate(part.fields))
    return part._replace(fields=fields)


def _table(block: Block, shape: Shape) -> _Part:
    columns, rows = block.columns, block.rows
    if any(columns):
        return _Part(columns, shape.headings.fields_of(columns), rows, block.caption)
    if rows:
        first = tuple(cell.text for cell in rows[0].cells)
        fields = shape.headings.fields_of(first)
        if shape.is_met_by(fields):
            return _Part(first, fields, rows[1:], block.caption)
    width = max((len(row.cells) for row in rows), default=0)
    return _Part(("",) * width, _fields_by_values(rows, width, shape), rows, block.caption)


def _pieces(part: _Part, shape: Shape) -> Iterator[_Part]:
    """Give a table in pieces, cut where a row has headings again: they need not be the same."""
    piece, rows, caption = part, list[Row](), part.caption
    for row in part.rows:
        texts = tuple(cell.text for cell in row.cells)
        if not _are_headings(texts, part.columns, shape):
            rows.append(row)
            caption = _title_across(row) or caption
            continue
        if rows:
            yield piece._replace(rows=tuple(rows))
        fields = shape.headings.fields_of(texts)
        piece, rows = part._replace(columns=texts, fields=fields, caption=caption), []
    yield piece._replace(rows=tuple(rows))


def _are_headings(texts: Sequence[str], columns: Sequence[str], shape: Shape) -> bool:
    """Whether the texts of a row are all headings, among them those that a list must have."""
    if not all(not text or text in columns or shape.headings.field_of(text) for text in texts):
        return False
    fields = {field for field in shape.headings.fields_of(tuple(texts)) if field is not None}
    # One word alone, such as the name of a document, may be a value too.
    return len(fields) > 1 and shape.is_met_by(fields)


def _title_across(row: Row) -> str | None:
    """Return the text of the one cell that a row across the table is."""
    first = row.cells[0] if row.cells else _NO_CELL
    # A spanned cell is the same object in each place; equal texts of several cells are values.
    is_across = len(row.cells) > 2 and all(cell is first for cell in row.cells)  # noqa: PLR2004
    return first.text if is_across and first.text else None


def _fields_by_values(rows: Sequence[Row], width: int, shape: Shape) -> tuple[str | None, ...]:
    """Return the fields of columns without headings: those that one column alone can be."""
    fields: list[str | None] = [None] * width
    texts = [
        [text for row in rows if place < len(row.cells) and (text := row.cells[place].text)]
        for place in range(width)
    ]
    for name, teller in shape.tellers.items():
        places = [
            place
            for place, column in enumerate(texts)
            if column and all(teller(text) is not None for text in column)
        ]
        if len(places) == 1 and fields[places[0]] is None:
            fields[places[0]] = name
    return tuple(fields)


def _with_label(row: Row, shape: Shape) -> Row:
    """Return a row of a list with the known heading that its text begins with as its label."""
    label, value = _labelled(row)
    words = value.text.split(" ")
    if label or not shape.values or value.links or value.lines:
        return row
    for size in range(min(len(words) - 1, _LONGEST_HEADING), 0, -1):
        heading, rest = " ".join(words[:size]), " ".join(words[size:])
        teller = shape.values.get(shape.headings.field_of(heading) or "")
        if teller is not None and teller(rest.lstrip(" :")) is not None:
            cells = Cell(heading.rstrip(" :")), value._replace(text=rest.lstrip(" :"))
            return row._replace(cells=cells)
    return row


def _cards(block: Block, shape: Shape) -> Iterator[_Part]:
    """Give each record of a list of labels and texts; a label that comes again begins the next."""
    labels: set[str] = set()
    rows: list[Row] = []
    for row in block.rows:
        label = row.cells[0].text if row.cells else ""
        if label and label in labels:
            yield _card(rows, block, shape)
            labels, rows = set(), []
        labels.add(label)
        rows.append(row)
    if rows:
        yield _card(rows, block, shape)


def _labelled(row: Row) -> tuple[str, Cell]:
    label = row.cells[0] if row.cells else _NO_CELL
    rest = row.cells[1:]
    if len(rest) == 1:
        return label.text, rest[0]
    text = " ".join(cell.text for cell in rest if cell.text)
    return label.text, Cell(text, tuple(link for cell in rest for link in cell.links))


def _card(rows: Sequence[Row], block: Block, shape: Shape) -> _Part:
    pairs = [_labelled(row) for row in rows]
    columns, cells = [label for label, _cell in pairs], [cell for _label, cell in pairs]
    fields = list(shape.headings.fields_of(tuple(columns)))
    _tell_unlabelled(columns, cells, fields, shape)
    if shape.unlabelled in fields:
        at = fields.index(shape.unlabelled)
        end = at + 1
        while end < len(rows) and GOES_ON in rows[end].marks and not (columns[end] or fields[end]):
            end += 1
        cells[at:end] = [_joined(cells[at:end])]
        del columns[at + 1 : end], fields[at + 1 : end]
    caption = block.caption
    for name, teller in shape.captions.items():
        if caption and name not in fields and teller(caption) is not None:
            columns, fields = [CAPTION, *columns], [name, *fields]
            cells, caption = [Cell(caption, block.links), *cells], None
    row = Row(tuple(cells), frozenset(mark for one in rows for mark in one.marks))
    return _Part(tuple(columns), tuple(fields), (row,), caption, is_table=False)


def _tell_unlabelled(
    columns: Sequence[str], cells: Sequence[Cell], fields: list[str | None], shape: Shape
) -> None:
    """Note the fields of texts without a label: what one text alone can be, then the first."""
    places = [place for place, label in enumerate(columns) if not label]
    for name, teller in shape.tellers.items():
        fitting = [
            place
            for place in places
            if fields[place] is None and teller(cells[place].text) is not None
        ]
        if len(fitting) == 1 and name not in fields:
            fields[fitting[0]] = name
    free = [place for place in places if fields[place] is None]
    if shape.unlabelled and shape.unlabelled not in fields and free:
        fields[free[0]] = shape.unlabelled


def _joined(cells: Sequence[Cell]) -> Cell:
    """Return the cells of one text as one."""
    if len(cells) == 1:
        return cells[0]
    return Cell(
        text=" ".join(cell.text for cell in cells),
        links=tuple(link for cell in cells for link in cell.links),
        lines=tuple(line for cell in cells for line in cell.lines or (cell.text,)),
        marks=frozenset(mark for cell in cells for mark in cell.marks),
    )


def _has_something(part: _Part, shape: Shape) -> bool:
    """Whether a part that is not the list has anything besides whose page it is."""
    rows = [row for row in part.rows if not _is_empty(row, shape)]
    told = [name for name in part.columns if name]
    return bool(rows) and not (told and all(map(_is_about_student, told)))


def _is_about_student(heading: str) -> bool:
    return ABOUT_THE_STUDENT.field_of(heading) is not None


def _is_empty(row: Row, shape: Shape) -> bool:
    texts = {cell.text for cell in row.cells if cell.text}
    if not texts:
        return not any(cell.links for cell in row.cells)
    return len(texts) == 1 and says_nothing(next(iter(texts)), shape.kind)


def _is_total(row: Row, part: _Part, shape: Shape) -> bool:
    """Whether a row that begins with the word for a total is one, and no record of that name.

    It is one in the foot of the table, under a word across several columns, or where nothing that
    a record must have is there.
    """
    first = row.cells[0] if row.cells else _NO_CELL
    if fold(first.text) not in _TOTALS:
        return False
    if FOOT in row.marks or any(cell is first for cell in row.cells[1:]):
        return True
    told = {
        name
        for name, cell in zip(part.fields, row.cells, strict=False)
        if name and (cell.links or (cell.text and (cell is not first or name in _FREE_TEXTS)))
    }
    return not shape.is_met_by(told)


def _listed(part: _Part, shape: Shape, files: frozenset[str]) -> Iterator[ListedRow]:
    names = _names(part.columns)
    caption = part.caption
    for row in part.rows:
        if _is_empty(row, shape) or _is_total(row, part, shape):
            continue
        if title := _title_across(row):
            caption = title
            continue
        yield _listed_row(row, names, part.fields, caption, files)


def _listed_row(
    row: Row,
    names: Sequence[str],
    fields: Sequence[str | None],
    caption: str | None,
    files: frozenset[str],
) -> ListedRow:
    raw = {name: row.cells[i].text if i < len(row.cells) else "" for i, name in enumerate(names)}
    raw |= {str(i + 1): row.cells[i].text for i in range(len(names), len(row.cells))}
    cells = {name: row.cells[i] for i, name in enumerate(fields) if name and i < len(row.cells)}
    if caption:
        raw[_names((*raw, CAPTION))[-1]] = caption
    links = dict.fromkeys(link for cell in row.cells for link in cell.links)
    return ListedRow(
        raw=raw,
        cells=cells,
        headings={name: heading for name, heading in zip(fields, names, strict=True) if name},
        files=tuple(link for link in links if link.address in files),
        marks=row.marks,
    )


def _names(columns: Sequence[str]) -> list[str]:
    """Return a name for each column in `raw`: its heading, told apart from an equal one before."""
    names: dict[str, None] = {}
    counts: dict[str, int] = {}  # how far each name was counted, so that many equal ones are quick
    for place, heading in enumerate(columns, 1):
        first = name = heading or str(place)
        while name in names:
            counts[first] = counts.get(first, 1) + 1
            name = f"{first} ({counts[first]})"
        names[name] = None
    return [*names]
