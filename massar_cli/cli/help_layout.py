"""The help laid out in the reader's language and direction, at any width; loaded for help alone."""

import re
import sys
import textwrap
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import typer

from massar_cli.cli.direction import base_of_talk, rtl_of_talk, terminal_width
from massar_cli.language import mark, translate
from massar_cli.language import translate as _
from massar_cli.rtl import Rtl
from massar_cli.text_lines import Column, Piece, paper_for

_MOST_COLUMNS, _LEAST_COLUMNS, _EDGE = 80, 20, 2
_HANGING, _GAP = 4, 2
_LEAST_NAME, _MOST_NAME, _LEAST_TEXT = 8, 30, 24
_OF_TYPER = {
    "Arguments": mark("Arguments"),
    "Options": mark("Options"),
    "Commands": mark("Commands"),
    "Show this message and exit.": mark("Show this message and exit."),
}
_EXTRA = re.compile(r"  \[(?:default: (?P<default>.*?)(?:; .*)?|(?P<required>required))\]$")


# Typer keeps its own copy of Click, whose names are private.
_TyperFormatter: Any = typer.Context.formatter_class


class HelpFormatter(_TyperFormatter):  # type: ignore[misc]
    """Lays help out as Typer does, in the reader's language and direction, at any width."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        columns = terminal_width()
        self.width = max(min(columns, _MOST_COLUMNS) - _EDGE, _LEAST_COLUMNS)
        mode = rtl_of_talk(is_terminal=sys.stdout.isatty())
        self._paper = paper_for([_("Options")], mode, width=columns)
        self._lines: list[Piece] = []

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Add how the command is called."""
        beginning = prefix or _("Usage: ")
        usage = f"{beginning}{prog} {args}".rstrip()
        first, *others = self._broken(usage, self.width - _HANGING)
        self._lines += [first, *(self._paper.indented(line, _HANGING) for line in others)]

    def write_heading(self, heading: str) -> None:
        """Add the line above a list."""
        told = _("{heading}:").format(heading=translate(_OF_TYPER.get(heading, heading)))
        self._lines += self._indented(self._broken(told, self.width))

    def write_paragraph(self) -> None:
        """Add an empty line, unless nothing stands above it."""
        if self._lines:
            self._lines.append(Piece("", 0))

    def write_text(self, text: str) -> None:
        """Add paragraphs."""
        for number, paragraph in enumerate(text.split("\n\n")):
            if number:
                self.write_paragraph()
            self._lines += self._indented(self._broken(paragraph, self._room))

    def write_dl(self, rows: Sequence[tuple[str, str]], *_more: Any, **_named: Any) -> None:
        """Add a list: names, and beside each what it means, below where there is no room."""
        widest = max(len(name) for name, _text in rows)
        most = min(_MOST_NAME, max(self._room - _GAP - _LEAST_TEXT, _LEAST_NAME))
        names = Column(min(widest, most), gap=" " * _GAP)
        texts = Column(max(self._room - names.width - _GAP, 1))
        for name, text in rows:
            lines = self._broken(_translated_row(text), texts.width)
            if len(name) > names.width:
                self._lines += self._indented(_pieces(name, self._room))
                name_lines = []
            else:
                name_lines = [Piece(name, len(name))]
            pairs = zip_longest(name_lines, lines, fillvalue=Piece("", 0))
            self._lines += self._indented(
                [self._paper.side_by_side(pair, (names, texts)) for pair in pairs]
            )

    def getvalue(self) -> str:
        """Return the help."""
        return "".join(f"{line}\n" for line in self._paper.finished(self._lines))

    @property
    def _room(self) -> int:
        return int(self.width - self.current_indent)

    def _indented(self, lines: Sequence[Piece]) -> list[Piece]:
        return [
            self._paper.indented(line, self.current_indent) if line.width else line
            for line in lines
        ]

    def _broken(self, text: str, width: int) -> list[Piece]:
        if self._paper.mode is Rtl.OFF:
            return _pieces(text, width)
        return self._paper.wrapped(text, max(width, 1), base=base_of_talk(), folds=False)


def _pieces(text: str, width: int) -> list[Piece]:
    """Return a text that needs no order as lines, without loading what measures wide letters."""
    lines = textwrap.wrap(text, max(width, 1), break_long_words=False, break_on_hyphens=False)
    return [Piece(line, len(line)) for line in lines]


def _translated_row(text: str) -> str:
    """Return an option's help with Typer's own words about it translated."""
    if text in _OF_TYPER:
        return translate(_OF_TYPER[text])
    match = _EXTRA.search(text)
    if match is None:
        return text
    extra = (
        _("[required]")
        if match["required"]
        else _("[default: {value}]").format(value=match["default"])
    )
    return f"{text[: match.start()]}  {extra}"
