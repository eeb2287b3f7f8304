"""What is read from left to right inside a right-to-left text: options, commands, paths, dates.

A terminal keeps Latin words in order by itself. It misplaces signs at the edge of one (`--due`,
`/home/x/`) and turns numbers round that hyphens join (`2027-03-15`): those have to be kept
together. They are found by how they are written, for they come from messages, from the portal and
from the reader's own files alike.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from massar_cli.rtl_letters import RTL_LETTER, RTL_LETTERS

# An argument of a command may be in quotes, and of any letters.
_IN_QUOTES = "(?:\"[^\"]{0,99}\"|'[^']{0,99}')"
_STRETCH = re.compile(
    rf"(?:\bmassar (?:[^{RTL_LETTERS}\"']{{0,99}}{_IN_QUOTES})+|[^{RTL_LETTERS}])+"
)
# What follows a label, or begins with a sign behind the end of a clause, is another run.
_BETWEEN_RUNS = re.compile(r"(?<=:)\s+|(?<=[.,;!?])\s+(?=[-/~])|[·•]")
_HOURS = r"[0-9]{1,2}:[0-9]{2}"
_TELEPHONE = r"\+?[0-9]{2,3}(?:[ .-][0-9]{2}){3,}"
_TIME = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} {_HOURS}(?: [+-][0-9]{{4}})?"
_NUMBERS = rf"[^\w\s+]*(?:{_TIME}|{_HOURS}\s?[-–]\s?{_HOURS}|{_TELEPHONE})(?!\w|:\d)"
_WORD = re.compile(rf"{_NUMBERS}|\S+")
_KEPT_BY_ITSELF = re.compile(r"\d+(?:[.,:/]\d+)*%?(?:[^\W\d_].*)?", re.DOTALL)
_LETTER, _LETTER_OR_DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"[^\W_]")
_ENDS_WITH_LETTER_OR_DIGIT = re.compile(r"[^\W_][\u0300-\u036f]*\Z")
_EVEN_QUOTES, _STOPS = "'\"`", ".,:;!?…"
_QUOTES = f"{_EVEN_QUOTES}‘’“”«»<>"
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))
_MOST_SIGNS = 40
"""A person puts fewer signs round a word."""
_OPENING, _CLOSING = ("".join(some) for some in zip(*_PAIRS, strict=True))


class Run(NamedTuple):
    """From which letter of a text to before which; what it could be mixed up with around it."""

    start: int
    end: int
    follows_another: bool
    """Whether a Latin word or a number stands before it, and nothing right-to-left between."""
    precedes_another: bool

    def of(self, text: str) -> str:
        """Return the run's letters."""
        return text[self.start : self.end]


def left_to_right_runs(text: str) -> Iterator[Run]:
    r"""Yield the runs of a text that have to be kept together.

    >>> text = "\u0623 --due DATE, \u0628 2027-03-15. \u062c 15,50 SVT"
    >>> [run.of(text) for run in left_to_right_runs(text)]
    ['--due DATE', '2027-03-15']
    """
    for stretch in _STRETCH.finditer(text):
        for piece in _pieces(text, *stretch.span()):
            for start, end in _runs(text, *piece):
                yield Run(
                    start,
                    end,
                    _LETTER_OR_DIGIT.search(text, stretch.start(), start) is not None,
                    _LETTER_OR_DIGIT.search(text, end, stretch.end()) is not None,
                )


def ends_with_sign(run: str) -> bool:
    """Whether a run ends with what could be taken for a sign of the text around it."""
    return not _ENDS_WITH_LETTER_OR_DIGIT.search(run)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _BETWEEN_RUNS.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of a piece: numbers each by itself, or words to the end of the piece."""
    for match in _WORD.finditer(text, start, end):
        if _LETTER.search(match[0]):
            span = _bare(text, match.start(), end)
            if not _is_kept_by_itself(text[slice(*span)]):
                yield span
            return
        span = _bare(text, *match.span())
        if _LETTER_OR_DIGIT.search(match[0]) and not _KEPT_BY_ITSELF.fullmatch(text, *span):
            yield span


def _is_kept_by_itself(run: str) -> bool:
    begins_well = _LETTER.match(run) or _KEPT_BY_ITSELF.fullmatch(run)
    return bool(begins_well) and not ends_with_sign(run) and not RTL_LETTER.search(run)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a run without the quotes, brackets and stops of the sentence that it stands in."""
    for _time in range(_MOST_SIGNS):
        run = text[start:end]
        if not run:
            break
        if _is_opened_outside(run):
            start += 1
        elif _is_closed_outside(run):
            end -= 1
        elif run[0] == "(" and run[-1] == ")" and run.count("(") == 1:
            start, end = start + 1, end - 1
        else:
            break
    return start, end


def _is_opened_outside(run: str) -> bool:
    first = run[0]
    is_unclosed = any(first == one and run.count(one) > run.count(other) for one, other in _PAIRS)
    return first.isspace() or first in _QUOTES or first in _CLOSING or is_unclosed


def _is_closed_outside(run: str) -> bool:
    last = run[-1]
    is_unopened = any(last == other and run.count(one) < run.count(other) for one, other in _PAIRS)
    is_stop = last in _STOPS and not run.endswith("...")
    is_quote = last in _QUOTES and (last not in _EVEN_QUOTES or run.count(last) % 2 == 1)
    return last.isspace() or last in _OPENING or is_stop or is_quote or is_unopened
