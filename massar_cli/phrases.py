"""Phrases found in the words of a label, whatever joins or inflects them.

A vocabulary writes a phrase as words with blanks between them; a word that ends in * stands for all
that begin so. Articles and joining words are left out on both sides.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from massar_cli.folding import fold

Meaning = TypeVar("Meaning")

_BETWEEN = frozenset(
    (
        *("de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "aux", "en", "par", "avec"),
        *("mon", "ma", "mes", "vos", "votre", "notre", "nos", "pour", "sur", "un", "une", "son"),
        *("ses", "sa", "the", "my", "of", "your", "في", "من", "الي", "علي", "عن", "ل", "ب", "ب"),
    )
)
_JOINING = frozenset(("et", "ou", "and", "or", "و", "او"))
_ARTICLE = re.compile(r"^و?(?:ال|لل|بال)(?=\w{2})")
_AND = "و"
_LEAST_AFTER_AND = 3


class Words(NamedTuple):
    """The bare words of a label, and the places before which it says "and"."""

    bare: tuple[str, ...]
    joined: frozenset[int] = frozenset()


class Match(NamedTuple, Generic[Meaning]):
    """A phrase that was found: what it means, and the words from `start` on that it takes."""

    meaning: Meaning
    start: int
    size: int


def bare_words(text: str) -> Words:
    """Return a label's words, folded, without articles and what only joins them.

    >>> bare_words("L'emploi du temps").bare, bare_words("Notes & absences").joined
    (('emploi', 'temps'), frozenset({1}))
    >>> bare_words("الغيابات والتأخرات") == (("غيابات", "تاخرات"), frozenset({1}))
    True
    """
    bare: list[str] = []
    joined: set[int] = set()
    for word in fold(re.sub(r"[&+/|,،;]", " et ", text)).split():
        if word in _JOINING:
            joined.add(len(bare))
        elif word not in _BETWEEN:
            if word.startswith(_AND) and _ARTICLE.match(word):
                joined.add(len(bare))
            bare.append(_ARTICLE.sub("", word, count=1))
    return Words(tuple(bare), frozenset(joined))


class Phrases(Generic[Meaning]):
    """A vocabulary: phrases by what they mean."""

    def __init__(self, texts: Mapping[Meaning, Iterable[str]]) -> None:
        self._texts = texts

    def words(self) -> Iterator[str]:
        """Yield every word of the phrases, as they are written here."""
        for texts in self._texts.values():
            for text in texts:
                yield from text.split()

    @cached_property
    def _patterns(self) -> tuple[tuple[tuple[str, ...], Meaning], ...]:
        """The phrases as folded words, the longest first."""
        patterns = [
            (tuple(fold(part) + ("*" if part.endswith("*") else "") for part in text.split()), one)
            for one, texts in self._texts.items()
            for text in texts
        ]
        patterns.sort(key=lambda pattern: (-len(pattern[0]), -sum(map(len, pattern[0]))))
        return tuple(patterns)

    def find(self, words: Sequence[str]) -> list[Match[Meaning]]:
        """Return the phrases among bare words, the longest first; a word belongs to one alone."""
        free = [True] * len(words)
        initials = {word[:1] for word in words} | {w[1:2] for w in words if w.startswith(_AND)}
        found: list[Match[Meaning]] = []
        for pattern, meaning in self._patterns:
            if pattern[0][0] not in initials:
                continue
            size = len(pattern)
            for start in range(len(words) - size + 1):
                places = range(start, start + size)
                if all(free[i] and _fits(words[i], pattern[i - start]) for i in places):
                    found.append(Match(meaning, start, size))
                    free[start : start + size] = [False] * size
        return found


def _fits(word: str, part: str) -> bool:
    """Whether a word is the one of a phrase, or the same after an Arabic "and"."""
    if word.startswith(_AND) and len(word) > _LEAST_AFTER_AND and _fits_bare(word[1:], part):
        return True
    return _fits_bare(word, part)


def _fits_bare(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
