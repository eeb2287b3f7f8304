"""One row of a table as each mode prints it, for a person to see which one reads right."""

from collections.abc import Iterator

from massar_cli.cli.direction import rtl_of_talk
from massar_cli.language import translate as _
from massar_cli.rtl import Rtl
from massar_cli.terminal_table import table_lines
from massar_cli.text_lines import paper_for
from massar_cli.view import Cell, Column, Table

_ROW: tuple[Cell, ...] = ("الرياضيات (2)", "غياب", "15,50", "فرنسية Français")
_LEAST_WIDTH = 60
"""A narrower terminal gets the same in two rows, so that no mode has to break it otherwise."""


def sample_lines(*, width: int) -> Iterator[str]:
    """Yield the row in each mode, under what chooses the mode."""
    half = len(_ROW) // 2
    rows = (_ROW,) if width >= _LEAST_WIDTH else (_ROW[:half], _ROW[half:])
    table = Table(title=(), columns=(Column(""),) * len(rows[0]), rows=rows)
    text = _(
        "One row in each mode. Where another one reads right, choose it: for one run with the "
        "option, for all with display.rtl in the configuration file."
    )
    paper = paper_for([text], rtl_of_talk(is_terminal=True), width=width)
    yield ""
    yield from paper.finished(paper.wrapped(text, paper.room))
    for mode in Rtl:
        yield f"--rtl {mode}"
        yield from table_lines([table], ".", width=width, colour=False, rtl=mode)
