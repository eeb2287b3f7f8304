"""Fold the spellings of one word together, so that portal text can be compared.

The portal writes the same word with and without hamza, ta marbuta, accents, capitals, tatweel or
doubled blanks. `fold` maps all of them to one key. Keys are compared, never shown.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ة": "ه",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ٱ": "ا",
        "ء": None,
        "ـ": None,
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "°": " ",
        "º": " ",
    }
)
LONGEST_FOLDED = 500
"""Letters behind this are not compared: no word of the portal is so long."""
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the comparison key of `text`: letters and digits only, one space between words.

    >>> fold("الإجتماعيّات ") == fold("الاجتماعيات")
    True
    >>> fold("  Deuxième  semestre ")
    'deuxieme semestre'
    >>> fold("N° ٢")
    'n 2'
    """
    return _NOT_WORD.sub(" ", fold_letters(text)).strip()


def fold_letters(text: str) -> str:
    """Return `text` with its letters and digits folded, and its signs and blanks as they are.

    >>> fold_letters("Août, ٠٨:٣٠ - 10:30")
    'aout, 08:30 - 10:30'
    """
    decomposed = unicodedata.normalize("NFKD", text[:LONGEST_FOLDED].translate(_LETTERS))
    letters = [
        str(unicodedata.digit(c)) if c.isdigit() else c
        for c in decomposed
        if unicodedata.category(c) not in {"Mn", "Cf"}
    ]
    return "".join(letters).casefold()
