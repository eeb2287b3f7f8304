"""Right-to-left text as a terminal needs it: marked, shaped and put in visual order, or as it is.

Everything here is about one text on one line; `cells` hands in texts that hold no marks yet.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from massar_cli.left_to_right import (
    RTL_LETTER,
    RTL_LETTERS,
    Run,
    ends_with_sign,
    left_to_right_runs,
)

if TYPE_CHECKING:  # loaded where text is shaped, and nowhere else
    from arabic_reshaper import ArabicReshaper

Base = Literal["L", "R"]
"""The direction of a whole text: where its first word stands."""

_LEFT_MARK, _RIGHT_MARK = "\u200e", "\u200f"
_ISOLATE, _END_OF_ISOLATE = "\u2066", "\u2069"
# Isolates would do as well, but take a column each in mlterm.
_EMBEDDINGS: dict[Base, str] = {"L": "\u202a", "R": "\u202b"}
_END_OF_EMBEDDING = "\u202c"
_STRONG: dict[str, Base] = {"L": "L", "R": "R", "AL": "R"}
# By the algorithm an Arabic comma between two Latin words would belong to them.
_ARABIC_STOP = re.compile(f"(?<=[\u060c\u061b\u061f])(?=\\s*[^\\s{RTL_LETTERS}])")
_GAP = re.compile(r"[^\w\s]*\s+")
# With its punctuation, which terminals draw in one go with it, and without numbers.
_RTL_WORD = re.compile(f"(?:(?![\u0660-\u0669\u06f0-\u06f9])[{RTL_LETTERS}])+")
_BLANKS = re.compile(r"(\s+)")
_LAM_ALEF = re.compile("\u0644[^\u0621-\u064a]*[\u0622\u0623\u0625\u0627]")
_ZERO_WIDTH_JOINER = "\u200d"
_JOINERS = re.compile("[\u200b-\u200d\u2060\ufeff]")
_VOWEL_SIGNS = re.compile("[\u064b-\u0652\u0670]")


class Rtl(StrEnum):
    """What is done with right-to-left text."""

    TERMINAL = "terminal"
    """Logical order, each text kept apart: the terminal puts the letters in their places."""
    SHAPE = "shape"
    """Shaped letters in visual order: the terminal prints one after the other."""
    WORDS = "words"
    """Words in visual order, each as it is read: the terminal shapes and turns each by itself."""
    OFF = "off"
    """As it came."""

    @property
    def is_visual(self) -> bool:
        """Whether texts come in the order in which they stand, so that lines begin at the right."""
        return self in (Rtl.SHAPE, Rtl.WORDS)


def has_rtl(text: str) -> bool:
    """Whether anything in a text is written from right to left."""
    return RTL_LETTER.search(text) is not None


def base_of(text: str) -> Base:
    """Return the direction of a text, which is that of its first letter.

    >>> base_of("2. \u0623\u0628 ab"), base_of("ab \u0623\u0628"), base_of("15,50")
    ('R', 'L', 'L')
    """
    return next((_STRONG[kind] for kind in _kinds(text) if kind in _STRONG), "L")


def _kinds(text: str) -> Iterator[str]:
    return map(unicodedata.bidirectional, text)


def arranged(text: str, mode: Rtl, base: Base | None = None) -> str:
    r"""Return one text as it is printed; `base` is that of the whole, if this is a part of it.

    >>> ascii(arranged("\u0623\u0628", Rtl.TERMINAL))
    "'\\u200e\\u202b\\u0623\\u0628\\u202c\\u200e'"
    >>> arranged("15,50", Rtl.TERMINAL), arranged("ab", Rtl.SHAPE)
    ('15,50', 'ab')
    """
    if mode is Rtl.OFF or not (has_rtl(text) or base == "R"):
        return text
    if mode.is_visual:
        return _visual(text, base or base_of(text), mode)
    return _apart(text, base or base_of(text))


def _apart(text: str, base: Base) -> str:
    """Return a text that no terminal mixes with its neighbours on the line.

    The embedding gives it its own direction. The marks around it keep the line's, and stand between
    this text and what is behind it; they hold too where embeddings are not known or, as at the
    beginning of a line in some terminals, lost.
    """
    marked = _marked(text, base)
    if base == "R":
        marked = _ARABIC_STOP.sub(_RIGHT_MARK, marked)
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


@lru_cache(maxsize=4096)
def _visual(text: str, base: Base, mode: Rtl) -> str:
    text, kept = _with_stand_ins(text, mode)
    if base == "R":
        text = _ARABIC_STOP.sub(_RIGHT_MARK, text)
    seen = _ordered(text, base, mode).replace(_RIGHT_MARK, "")
    return "".join(kept.get(one, one) for one in seen)


def _ordered(text: str, base: Base, mode: Rtl) -> str:
    # Not the library's newer function of the same name, which leaves brackets as they are.
    from bidi.algorithm import get_display

    # kitty draws the letters of a word over one another where a vowel sign is among them.
    text = shaped(text) if mode is Rtl.SHAPE else _VOWEL_SIGNS.sub("", _drawn(text))
    seen = get_display(text, base_dir=base)
    if mode is Rtl.SHAPE:
        return _behind_their_letters(seen)
    return _RTL_WORD.sub(lambda word: word[0][::-1], seen)


def shaped(text: str) -> str:
    """Return a text whose letters have their shapes, in the order in which they are read.

    It is as wide as what is printed, and found far sooner.
    """
    return _drawn("".join(map(_shaped_word, _BLANKS.split(text))))


@lru_cache(maxsize=4096)
def _shaped_word(word: str) -> str:
    if not has_rtl(word):
        return word
    # Behind a joiner the library looks for lam-alef in the wrong place, or beyond the end.
    if _LAM_ALEF.search(word):
        word = word.replace(_ZERO_WIDTH_JOINER, "")
    return str(_reshaper().reshape(word))


def _drawn(text: str) -> str:
    """Return a text without joiners, nor what this Python's Unicode, and the library, do not know.

    A joiner's work is done once the letters have their shapes; then it would be in the way.
    """
    known = (one if unicodedata.bidirectional(one) else "\ufffd" for one in text)
    return _JOINERS.sub("", "".join(known))


def _with_stand_ins(text: str, mode: Rtl) -> tuple[str, dict[str, str]]:
    """Return a text with one sign for each run that is read from left to right, and the runs.

    Such a sign takes part in the order of a text as an isolate would; the library knows none.
    """
    free = (one for one in _neutral_signs() if one not in text)
    kept: dict[str, str] = {}
    parts: list[str] = []
    done = 0
    for run, sign in zip(left_to_right_runs(text), free, strict=False):
        word = run.of(text)
        kept[sign] = _ordered(word, "L", mode) if has_rtl(word) else _drawn(word)
        parts += [text[done : run.start], sign]
        done = run.end
    return "".join([*parts, text[done:]]), kept


@cache
def _neutral_signs() -> list[str]:
    signs = map(chr, range(0x2190, 0x2C00))
    return [
        one
        for one in signs
        if unicodedata.bidirectional(one) == "ON" and not unicodedata.mirrored(one)
    ]


@cache
def _reshaper() -> "ArabicReshaper":
    from arabic_reshaper import ArabicReshaper

    # Lam-alef is one letter in every font; most fonts of terminals have no other ligature.
    return ArabicReshaper({"delete_harakat": False, "ARABIC LIGATURE ALLAH": False})


def _behind_their_letters(text: str) -> str:
    """Return a text in visual order whose vowel marks follow their letters again.

    A terminal puts a mark on the letter before it, and reversing has brought them in front.
    """
    if not any(unicodedata.category(one) == "Mn" for one in set(text)):
        return text
    done: list[str] = []
    marks: list[str] = []
    for one in text:
        if unicodedata.category(one) == "Mn" and (has_rtl(one) or not _ends_with_left(done)):
            marks.append(one)
        elif has_rtl(one):
            done += [one, *reversed(marks)]
            marks.clear()
        else:
            done += [*marks, one]
            marks.clear()
    return "".join((*done, *marks))


def _ends_with_left(letters: list[str]) -> bool:
    return bool(letters) and unicodedata.bidirectional(letters[-1]) == "L"
