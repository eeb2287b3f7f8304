"""The view of any page's content."""

from typing import Any

from massar_cli.language import translate as _
from massar_cli.portal_pages import Block, Content
from massar_cli.records import Student
from massar_cli.view import Column, Csv, Table, View
from massar_cli.views.values import student_element


def page_view(content: Content, student: Student | None) -> View:
    """Return a page's blocks. CSV has the rows of its first table."""
    blocks = _with_title(content)
    return View(
        schema="massar.page/1",
        elements=lambda: [_element(block, student) for block in blocks],
        csv=lambda: _csv(next(block for block in blocks if block.kind == "table")),
        tables=lambda: [_table(block) for block in blocks],
    )


def _with_title(content: Content) -> tuple[Block, ...]:
    """Return the blocks; a title that is no block's caption is a notice of its own."""
    title = content.title
    if title is None or any(block.caption == title for block in content.blocks):
        return content.blocks
    return (Block(kind="notice", caption=title, columns=(), rows=()), *content.blocks)


def _element(block: Block, student: Student | None) -> dict[str, Any]:
    return {
        "student": student_element(student),
        "kind": block.kind,
        "caption": block.caption,
        "columns": list(block.columns),
        "rows": [[cell.text for cell in row.cells] for row in block.rows],
    }


def _csv(block: Block) -> Csv:
    width = len(block.columns) or max((len(row.cells) for row in block.rows), default=0)
    headings = block.columns or ("",) * width
    return Csv(
        tuple(heading or f"column_{i}" for i, heading in enumerate(headings, start=1)),
        [[cell.text for cell in row.cells] for row in block.rows],
    )


def _table(block: Block) -> Table:
    title = (block.caption,) if block.caption else ()
    rows = tuple(tuple(cell.text for cell in row.cells) for row in block.rows)
    if block.kind == "list" and not any(row[0] for row in rows):
        rows = tuple(row[1:] for row in rows)
    if block.kind == "notice":
        return Table(title=title, columns=(), rows=(), lines=tuple(row[0] for row in rows))
    headings = block.columns
    if not rows:
        told = " · ".join(filter(None, headings))
        return Table(title=title, columns=(), rows=(), lines=(told,) if told else ())
    if block.kind == "files":
        headings = (_("File"), _("Address"))
    elif not headings:
        headings = ("",) * max(map(len, rows), default=0)
    return Table(title=title, columns=tuple(map(Column, headings)), rows=rows)
