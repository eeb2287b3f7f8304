"""What marks are out of, told from the level that the report card prints."""

import re
from functools import lru_cache
from itertools import pairwise

from massar_cli.folding import fold

_PRIMARY = 10
_SECONDARY = 20

# Compiled at the first use, which keeps the program's start short.
_ARTICLE = r"^(?:[بو]?ال|لل)"
_WORDS = {
    **dict.fromkeys(map(fold, ("ابتدائي", "ابتدائية", "primaire")), _PRIMARY),
    **dict.fromkeys(
        map(
            fold,
            (
                *("ثانوي", "إعدادي", "إعدادية", "تأهيلي", "تأهيلية"),
                *("جذع", "باكالوريا", "بكالوريا", "باك"),
                *("secondaire", "collège", "collégial", "collégiale"),
                *("lycée", "qualifiant", "tronc", "baccalauréat", "bac"),
            ),
        ),
        _SECONDARY,
    ),
}

# Level codes, with the number of the class where it follows: "6AP", "3APIC-1", "TCSF", "2BACSPF1".
# `1APIC` begins like `1AP`: only a whole word is a code.
_YEAR = r"(?:e|eme|er|ere|re)?"
_CODES = {
    rf"[1-6]{_YEAR}(?:ap|apg|aep)\d{{0,2}}": _PRIMARY,
    rf"[1-3]{_YEAR}(?:ac|asc|apic)\d{{0,2}}": _SECONDARY,
    r"tc(?:[aelpst][a-z]{0,4})?\d{0,2}": _SECONDARY,
    rf"[12]{_YEAR}bac[a-z]{{0,8}}\d{{0,2}}": _SECONDARY,
}


@lru_cache(maxsize=256)
def out_of(level: str | None) -> int | None:
    """Return what the marks of `level` are out of: 10 in primary, 20 in lower and upper secondary.

    Sources: school facts, of high certainty for 20 and of medium certainty for 10; the portal
    vocabulary has one lycée level in French and the codes of lower secondary, the other names
    are those that schools use. None when no word of `level` is known, or when its words disagree.

    >>> out_of("1ère Année Bac Sciences Mathématiques - Option Français"), out_of("السادسة ابتدائي")
    (20, 10)
    >>> out_of("3APIC-1"), out_of("6AP"), out_of("Bacha"), out_of(None)
    (20, 10, None, None)
    """
    words = fold(level or "").split()
    found = {_WORDS.get(word) or _WORDS.get(re.sub(_ARTICLE, "", word)) for word in words}
    # A code may be written in two words: "6 AP", "T.C.".
    for candidate in (*words, *map("".join, pairwise(words))):
        found |= {marks for code, marks in _CODES.items() if re.fullmatch(code, candidate)}
    found.discard(None)
    return found.pop() if len(found) == 1 else None
