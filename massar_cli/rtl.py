"""Right-to-left text in a terminal."""

import re

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
# What stands between the cells of a line: colours, two blanks, rules, the dots of a title.
_BETWEEN_CELLS = re.compile("(\x1b\\[[0-9;]*m|\\s{2,}|[\u2500-\u257f]+| · )")


def isolate_cells(line: str) -> str:
    r"""Return a printed line with each right-to-left cell isolated.

    A terminal that reorders by itself then neither swaps neighbouring cells nor moves the frame.
    Isolates take no room, so this is done after the layout.

    >>> isolate_cells("12  abc") == "12  abc"
    True
    >>> isolate_cells("\u0623\u0628  12") == "\u2068\u0623\u0628\u2069  12"
    True
    """
    if not _RIGHT_TO_LEFT.search(line):
        return line
    return "".join(map(_isolated, _BETWEEN_CELLS.split(line)))


def _isolated(cell: str) -> str:
    """Return one cell isolated where it needs to be, the blanks around it left outside."""
    text = cell.strip()
    if not _RIGHT_TO_LEFT.search(text):
        return cell
    return cell.replace(text, f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}")
