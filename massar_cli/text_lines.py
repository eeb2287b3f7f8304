"""Texts on lines of a given width: how wide they are printed, where they are broken, side by side.

Text is broken in logical order and arranged afterwards, so that a sentence goes on below its
beginning whatever its direction.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from massar_cli.rtl import Rtl, arranged
from massar_cli.rtl_letters import Base, base_of, has_rtl

_BREAKS = re.compile(r"(?<!«)\s+(?![:;?!»])")
"""Where a line may end: at blanks, but not between a word and its sign, which French parts."""
_OF_ADDRESS = "://"


class Piece(NamedTuple):
    """Something printed, and the columns that it takes."""

    text: str
    width: int


class Column(NamedTuple):
    """A place for one text beside others; `gap` stands between it and the next one."""

    width: int
    is_number: bool = False
    gap: str = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What lines are printed on.

    `width` is None where lines may be as long as they are; `margin` are the columns before each.
    Mirrored, the first column stands to the right, and every line ends where the others end.
    """

    mode: Rtl = Rtl.OFF
    width: int | None = None
    colour: bool = False
    is_mirrored: bool = False
    margin: int = 0

    @property
    def room(self) -> int | None:
        """The columns that there are for text."""
        return None if self.width is None else self.width - self.margin

    def width_of(self, text: str) -> int:
        """Return the columns that a text takes once it is printed."""
        return _width(text, is_shaped=self.mode is Rtl.SHAPE)

    def wrapped(
        self, text: str, width: int | None, *, base: Base | None = None, folds: bool = True
    ) -> list[Piece]:
        """Return a text as lines of at most `width` columns, arranged as they are printed.

        A word that is longer stands on a line as it is where the paper has room for it, and so does
        an address on any: it could not be copied or opened once it is broken. Other words are
        broken between letters, if it `folds`.
        """
        base = base or base_of(text)
        lines = [text] if width is None else self._broken(text, width, folds=folds)
        return [self.piece(line, base=base) for line in lines]

    def longest_word(self, text: str) -> int:
        """Return the columns of the longest word of a text, which none should be broken for."""
        return max(map(self.width_of, _words(text)), default=0)

    def piece(self, text: str, *, base: Base | None = None) -> Piece:
        """Return a text as it is printed."""
        return Piece(arranged(text, self.mode, base), self.width_of(text))

    def painted(self, piece: Piece, colour: str) -> Piece:
        """Return something printed in a colour, where colours are wanted."""
        if not self.colour or not piece.text:
            return piece
        return Piece(f"\x1b[{colour}m{piece.text}\x1b[0m", piece.width)

    def side_by_side(self, pieces: Sequence[Piece], columns: Sequence[Column]) -> Piece:
        """Return one line of pieces, each in its column."""
        parts: list[str] = []
        for number, (piece, column) in enumerate(zip(pieces, columns, strict=True)):
            if number:
                parts.append(columns[number - 1].gap)
            blanks = " " * (column.width - piece.width)
            to_right = column.is_number or self.is_mirrored
            parts.append(blanks + piece.text if to_right else piece.text + blanks)
        width = sum(column.width for column in columns)
        width += sum(len(column.gap) for column in columns[:-1])
        return Piece("".join(reversed(parts) if self.is_mirrored else parts), width)

    def joined(self, pieces: Sequence[Piece], between: str) -> Piece:
        """Return pieces on one line, in the order in which they are read."""
        texts = [piece.text for piece in pieces]
        width = sum(piece.width for piece in pieces) + len(between) * (len(pieces) - 1)
        return Piece(between.join(reversed(texts) if self.is_mirrored else texts), width)

    def indented(self, piece: Piece, columns: int) -> Piece:
        """Return a piece that stands further in, from whichever side lines begin at.

        What is too long for that stands as far in as it can.
        """
        if self.room is not None:
            columns = max(0, min(columns, self.room - piece.width))
        text = piece.text if self.is_mirrored else " " * columns + piece.text
        return Piece(text, piece.width + columns)

    def finished(self, lines: Sequence[Piece]) -> Iterator[str]:
        """Yield lines for the stream; mirrored, they share their right edge."""
        edge = 0
        if self.is_mirrored:
            edge = self.width or max((line.width for line in lines), default=0)
        for line in lines:
            blanks = " " * max(self.margin, edge - line.width)
            yield (blanks + line.text).rstrip(" ")

    def _broken(self, text: str, width: int, *, folds: bool) -> list[str]:
        """Return a text broken between words; where it must be, between letters."""
        if self.width_of(text) <= width:
            return [text]
        lines: list[list[str]] = []
        left = 0
        for word in _words(text):
            # Widths are added up: to measure every longer line would take far longer.
            needed = self.width_of(word)
            if lines and needed < left:
                lines[-1].append(word)
                left -= needed + 1
                continue
            is_whole = not folds or needed <= width or self._stays_whole(word)
            parts = [word] if is_whole else self._folded(word, width)
            lines += [[part] for part in parts]
            left = width - self.width_of(parts[-1])
        return [" ".join(words) for words in lines] or [""]

    def _stays_whole(self, word: str) -> bool:
        if _OF_ADDRESS in word and not has_rtl(word):
            return True
        return self.room is not None and self.width_of(word) <= self.room

    def _folded(self, word: str, width: int) -> list[str]:
        parts: list[list[str]] = [[]]
        left = width
        for letter in _letters(word):
            needed = self.width_of(letter)
            if parts[-1] and needed > left:
                parts.append([])
                left = width
            parts[-1].append(letter)
            left -= needed
        return ["".join(letters) for letters in parts]


def paper_for(
    texts: Sequence[str], mode: Rtl, *, width: int | None = None, colour: bool = False
) -> Paper:
    """Return the paper for an answer that consists of `texts`.

    What has no right-to-left text in it looks the same in every mode.
    """
    if not any(map(has_rtl, texts)):
        mode = Rtl.OFF
    return Paper(
        mode=mode,
        width=width,
        colour=colour,
        is_mirrored=mode.is_visual,
        # Some terminals lose the mark at the very beginning of a line: it belongs to no letter yet.
        margin=int(mode is Rtl.TERMINAL),
    )


@lru_cache(maxsize=4096)
def _width(text: str, *, is_shaped: bool) -> int:
    from rich.cells import cell_len

    if is_shaped and has_rtl(text):
        from massar_cli.visual_order import shaped

        text = shaped(text)
    return cell_len(text)


def _words(text: str) -> list[str]:
    return [word for word in _BREAKS.split(text) if word]


def _letters(word: str) -> Iterator[str]:
    """Yield the letters of a word, each with the marks that belong to it."""
    letter = ""
    for one in word:
        if letter and not unicodedata.category(one).startswith("M"):
            yield letter
            letter = ""
        letter += one
    if letter:
        yield letter
