"""Tables as a list that reads well aloud: one value a line, under its name, a record a block.

Nothing is padded, drawn, coloured or broken: whatever reads it goes from line to line. Only what is
put in order is broken before, since a terminal would break it afterwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from massar_cli.cells import heading_texts, labelled, printable, row_texts, title_text
from massar_cli.rtl import Rtl
from massar_cli.rtl_letters import has_rtl
from massar_cli.view import Table


def plain_lines(
    tables: Sequence[Table], point: str, rtl: Rtl, *, width: int | None = None
) -> Iterator[str]:
    """Yield the lines of the list; between two records, and two tables, stands an empty one.

    `width` is the terminal's, None where there is none: then every text is one line.
    """
    blocks = [block for table in tables if not table.is_empty for block in _blocks(table, point)]
    for number, block in enumerate(blocks):
        if number:
            yield ""
        for line in block:
            yield from _arranged(line, rtl, width)


def _arranged(line: str, rtl: Rtl, width: int | None) -> Iterator[str]:
    if rtl is Rtl.OFF or not has_rtl(line):
        yield line
        return
    from massar_cli.text_lines import paper_for  # which no screen reader needs

    paper = replace(paper_for([line], rtl, width=width), is_mirrored=False)
    yield from paper.finished(paper.wrapped(line, paper.room, folds=False))


def _blocks(table: Table, point: str) -> Iterator[list[str]]:
    head = [title_text(table), *map(printable, table.lines)]
    yield from _unless_empty(head)
    headings = heading_texts(table)
    for row in table.rows:
        cells = zip(headings, row_texts(table, row, point), strict=True)
        yield from _unless_empty(
            labelled(heading, cell, point) if heading else cell for heading, cell in cells if cell
        )
    yield from _unless_empty(labelled(label, value, point) for label, value in table.footer)


def _unless_empty(lines: Iterator[str] | Sequence[str]) -> Iterator[list[str]]:
    block = [line for line in lines if line]
    if block:
        yield block
