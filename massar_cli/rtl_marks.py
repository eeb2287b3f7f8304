"""Marks for a terminal that reorders: they keep a text apart, and its left-to-right runs together.

Texts hold no marks yet.
"""

import re

from massar_cli.left_to_right import Run, ends_with_sign, left_to_right_runs
from massar_cli.rtl_letters import ARABIC_STOP, RTL_LETTER, Base, has_rtl

_LEFT_MARK, _RIGHT_MARK = "\u200e", "\u200f"
_ISOLATE, _END_OF_ISOLATE = "\u2066", "\u2069"
# Isolates would do as well, but take a column each in mlterm.
_EMBEDDINGS: dict[Base, str] = {"L": "\u202a", "R": "\u202b"}
_END_OF_EMBEDDING = "\u202c"
_GAP = re.compile(r"[^\w\s]*\s+")


def apart(text: str, base: Base) -> str:
    """Return a text that no terminal mixes with its neighbours on the line.

    The embedding gives it its own direction. The marks around it keep the line's, and stand between
    this text and what is behind it; they hold too where embeddings are not known or, as at the
    beginning of a line in some terminals, lost.
    """
    marked = _marked(text, base)
    if base == "R":
        marked = ARABIC_STOP.sub(_RIGHT_MARK, marked)
    return f"{_LEFT_MARK}{_EMBEDDINGS[base]}{marked}{_END_OF_EMBEDDING}{_LEFT_MARK}"


def _marked(text: str, base: Base) -> str:
    """Return a text with marks around what is read from left to right in it."""
    parts: list[str] = []
    done = 0
    first = RTL_LETTER.search(text)
    for run in left_to_right_runs(text):
        if base == "L" and (first is None or first.start() >= run.end):
            continue  # so far there is nothing that it could be mixed up with
        word = run.of(text)
        before, after, before_next = _marks(word, run, base)
        gap = _GAP.match(text, run.end)
        end = gap.end() if gap else run.end
        parts += [text[done : run.start], before, word, after, text[run.end : end], before_next]
        done = end
    return "".join([*parts, text[done:]])


def _marks(word: str, run: Run, base: Base) -> tuple[str, str, str]:
    """Return the marks before a run, behind it, and before what stands next.

    In a right-to-left text all are before letters where that is possible: terminals keep a mark
    with the letter before it, and who copies a command should not copy a mark at its end. Between
    left-to-right words they could not hold an Arabic clause together; there an isolate does.
    """
    if base == "L" or has_rtl(word):
        return _ISOLATE, _END_OF_ISOLATE, ""
    return (
        (_RIGHT_MARK if run.follows_another else "") + _LEFT_MARK,
        _LEFT_MARK if ends_with_sign(word) else "",
        _RIGHT_MARK if run.precedes_another else "",
    )
