"""Any page that the account's menu offers: its content, every page of its lists joined."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

from massar_cli.errors import UsageProblem
from massar_cli.language import plural
from massar_cli.language import translate as _
from massar_cli.portal.session import PortalSession
from massar_cli.portal_menu import MenuPage, PageKind
from massar_cli.portal_pages import Block, Content
from massar_cli.services.finding import find_named_and_others, open_found
from massar_cli.services.periods import notes_on_locked
from massar_cli.services.result import Result


def get_page(session: PortalSession, name: str) -> Result[Content]:
    """Return the content of the page that a label, a part of one or an address means."""
    page, notes = find_named_and_others(session, name)
    content = read_page(session, page)
    return Result(records=(content,), notes=(*notes, *_notes(content, page.kind)))


def get_table(session: PortalSession, name: str, number: int | None) -> Result[Content]:
    """Return one table of a page alone; raises UsageProblem where there is no such one."""
    result = get_page(session, name)
    return result._replace(records=tuple(only_table(content, number) for content in result.records))


def read_page(
    session: PortalSession, page: MenuPage | str, *, query: Mapping[str, str] | None = None
) -> Content:
    """Return the content of a page of the menu, or at an address, with all pages of its lists.

    Raises PageChanged where its pages do not follow one another.
    """
    from massar_cli.portal.pages.content import ContentPage
    from massar_cli.services.pager import with_next_pages

    with session.section():
        if isinstance(page, str):
            opened = session.open(ContentPage, address=page, query=query)
        else:
            opened = open_found(session, ContentPage, page, query=query)
        return reduce(_joined, (one.read() for one in with_next_pages(session, opened)))


def only_table(content: Content, number: int | None) -> Content:
    """Return the content with one table alone: the only one, or the one of that number.

    Raises UsageProblem where there is no such table, or several without a number.
    """
    tables = [block for block in content.blocks if block.kind == "table"]
    if number is None and len(tables) > 1:
        raise UsageProblem(
            plural("The page has {count} table.", "The page has {count} tables.", len(tables)),
            hint=_("Choose one: --table 1 to --table {count}").format(count=len(tables)),
        )
    if not tables:
        raise UsageProblem(
            _("The page has no table."), hint=_("Its texts are in the other formats, as in --json.")
        )
    if number is not None and not 1 <= number <= len(tables):
        raise UsageProblem(
            _("The page has no table {number}; it has {count}.").format(
                number=number, count=len(tables)
            )
        )
    return replace(content, title=None, blocks=(tables[(number or 1) - 1],))


def _notes(content: Content, kind: PageKind) -> tuple[str, ...]:
    notes = []
    if not content.blocks:
        notes.append(_("There is nothing on the page."))
    if kind is not PageKind.GRADES:  # massar grades asks for every year and semester of them
        notes += notes_on_locked(content)
    return tuple(notes)


def _joined(first: Content, more: Content) -> Content:
    """Return the content of two pages of a list: tables of one shape are one, nothing is twice."""
    blocks = list(first.blocks)
    taken: set[int] = set()
    for block in more.blocks:
        place = _place_of(block, blocks, taken)
        if place is None:
            before_files = len(blocks) - bool(blocks and blocks[-1].kind == "files")
            blocks.insert(len(blocks) if block.kind == "files" else before_files, block)
        elif block.kind in ("table", "files"):
            taken.add(place)
            known = set(blocks[place].rows) if block.kind == "files" else set()
            rows = tuple(row for row in block.rows if row not in known)
            blocks[place] = replace(blocks[place], rows=blocks[place].rows + rows)
    return replace(first, blocks=tuple(blocks), next_address=more.next_address)


def _place_of(block: Block, blocks: Sequence[Block], taken: set[int]) -> int | None:
    """Return which block goes on in this one, or is the same; None where there is none."""
    for place, other in enumerate(blocks):
        if place in taken or other.kind != block.kind:
            continue
        if block.kind == "files" or block == other:
            return place
        if block.kind == "table" and (
            (other.caption, other.columns, _width(other))
            == (block.caption, block.columns, _width(block))
        ):
            return place
    return None


def _width(block: Block) -> int:
    return max(len(block.columns), *(len(row.cells) for row in block.rows[:1]), 0)
