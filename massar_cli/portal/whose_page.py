"""Whose page it is, where a page tells: the Massar codes that it calls its student's."""

import re
from collections.abc import Iterator

from massar_cli.convert import western_digits
from massar_cli.portal.listing_headings import ABOUT_THE_STUDENT
from massar_cli.portal_pages import Block, Content

_CODE = re.compile(r"(?<![A-Z0-9])[A-Z]\d{9}(?![A-Z0-9])", re.ASCII)


def named_students(content: Content) -> frozenset[str]:
    """Return the Massar codes that stand under a heading or behind a label about the student."""
    return frozenset(
        code
        for block in content.blocks
        for label, text in _labelled(block)
        if (codes := _CODE.findall(western_digits(text).upper())) and _is_about_student(label)
        for code in codes
    )


def _labelled(block: Block) -> Iterator[tuple[str, str]]:
    for row in block.rows:
        if block.kind == "table":
            yield from zip(block.columns, (cell.text for cell in row.cells), strict=False)
        elif block.kind == "list" and row.cells:
            yield row.cells[0].text, " ".join(cell.text for cell in row.cells[1:])
        if block.kind in ("list", "notice"):
            for cell in row.cells:
                label, _colon, text = cell.text.partition(":")
                yield label, text


def _is_about_student(label: str) -> bool:
    return ABOUT_THE_STUDENT.field_of(label) is not None
