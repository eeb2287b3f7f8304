"""Right-to-left text in the order in which it stands, for a terminal that prints what comes."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from massar_cli.left_to_right import left_to_right_runs
from massar_cli.rtl_letters import ARABIC_STOP, RTL_LETTERS, Base, has_rtl

if TYPE_CHECKING:  # loaded where letters get their shapes, and nowhere else
    from arabic_reshaper import ArabicReshaper

_RIGHT_MARK = "\u200f"
# With its punctuation, which terminals draw in one go with it, and without numbers.
_RTL_WORD = re.compile(f"(?:(?![\u0660-\u0669\u06f0-\u06f9])[{RTL_LETTERS}])+")
_BLANKS = re.compile(r"(\s+)")
_LAM_ALEF = re.compile("\u0644[^\u0621-\u064a]*[\u0622\u0623\u0625\u0627]")
_ZERO_WIDTH_JOINER = "\u200d"
_JOINERS = re.compile("[\u200b-\u200d\u2060\ufeff]")
_VOWEL_SIGNS = re.compile("[\u064b-\u0652\u0670]")


@lru_cache(maxsize=4096)
def in_visual_order(text: str, base: Base, *, is_shaped: bool) -> str:
    """Return a text in the order in which it stands, its letters with or without their shapes."""
    text, kept = _with_stand_ins(text, is_shaped=is_shaped)
    if base == "R":
        text = ARABIC_STOP.sub(_RIGHT_MARK, text)
    seen = _ordered(text, base, is_shaped=is_shaped).replace(_RIGHT_MARK, "")
    return "".join(kept.get(one, one) for one in seen)


def _ordered(text: str, base: Base, *, is_shaped: bool) -> str:
    # Not the library's newer function of the same name, which leaves brackets as they are.
    from bidi.algorithm import get_display

    # kitty draws the letters of a word over one another where a vowel sign is among them.
    text = shaped(text) if is_shaped else _VOWEL_SIGNS.sub("", _drawn(text))
    seen = get_display(text, base_dir=base)
    if is_shaped:
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


def _with_stand_ins(text: str, *, is_shaped: bool) -> tuple[str, dict[str, str]]:
    """Return a text with one sign for each run that is read from left to right, and the runs.

    Such a sign takes part in the order of a text as an isolate would; the library knows none.
    """
    free = (one for one in _neutral_signs() if one not in text)
    kept: dict[str, str] = {}
    parts: list[str] = []
    done = 0
    for run, sign in zip(left_to_right_runs(text), free, strict=False):
        word = run.of(text)
        kept[sign] = _ordered(word, "L", is_shaped=is_shaped) if has_rtl(word) else _drawn(word)
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
