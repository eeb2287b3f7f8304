"""Which letters are written from right to left, and which way a whole text goes."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

Base = Literal["L", "R"]
"""The direction of a whole text: where its first word stands."""

RTL_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""For a set of a regular expression."""
RTL_LETTER = re.compile(f"[{RTL_LETTERS}]")
ARABIC_STOP = re.compile(f"(?<=[\u060c\u061b\u061f])(?=\\s*[^\\s{RTL_LETTERS}])")
"""Where an Arabic comma, by the algorithm, would belong to Latin words that it stands between."""
_STRONG: dict[str, Base] = {"L": "L", "R": "R", "AL": "R"}


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
