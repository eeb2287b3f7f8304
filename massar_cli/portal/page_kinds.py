"""What a page of the menu is about: guessed from its label, and from the words of its address.

The label counts more than the address, the longest phrase more than a word inside it, and
what contradicts itself is `other`.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

from massar_cli.folding import fold
from massar_cli.phrases import Match, Words, bare_words
from massar_cli.portal import page_words
from massar_cli.portal_menu import PageKind

_KNOWN = {
    "tuteureleves/getnoteseleve": PageKind.GRADES,
    "tuteureleves/getbulletins": PageKind.GRADES,
    "tuteureleves/getscolariteeleve": PageKind.JOURNEY,
    "tuteureleves/getinfoeleve": PageKind.PROFILE,
}
"""The pages that published programs read; no label makes them anything else."""

_CERTAIN = 1000
_OF_A_LABEL = 20
_OF_A_WHOLE_LABEL = 3
"""More for a label that says nothing else."""
_OF_A_VAGUE_LABEL = 8
_OF_AN_ADDRESS = 5
_OF_A_VAGUE_ADDRESS = 2

_OF_ONE_ANOTHER = {PageKind.GRADES, PageKind.EXAMS}
"""Marks of tests and exams, or dates of both: what the label begins with has the other after it."""
_ADDRESS_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_VERB = re.compile(r"^(?:get|show|view|liste?|afficher|consulter|suivi)(?=[a-z]{3})")
_SILENT_WORDS = frozenset(
    (
        *("massar", "tuteur", "tuteureleves", "eleve", "eleves", "get", "index", "list", "liste"),
        *("suivi", "details", "detail", "default", "home", "page", "accueil", "show", "view"),
        *("afficher", "consulter", "consultation", "voir", "mes", "my", "aspx", "cshtml"),
    )
)
_LONGEST_LABEL = 200


class Guess(NamedTuple):
    """A kind, and how much speaks for it; 0 where nothing does."""

    kind: PageKind
    score: int

    @property
    def is_sure(self) -> bool:
        """Whether the label says this and nothing else."""
        return self.score >= _OF_A_LABEL + _OF_A_WHOLE_LABEL


@lru_cache(maxsize=512)
def guess_kind(label: str, address: str) -> Guess:
    """Return what a page is about, as its label and its address below the base tell.

    >>> guess_kind("الغياب", "x/y").kind.value, guess_kind("Emploi du temps", "x/y").kind.value
    ('absences', 'timetable')
    >>> [guess_kind(text, "x").kind.value for text in ("Devoirs surveillés", "Devoirs à la maison")]
    ['exams', 'homework']
    >>> guess_kind("الأنشطة المندمجة", "Eleve/Activites").kind.value
    'other'
    >>> guess_kind("Suivi", "Eleve/GetAbsencesEleve").kind.value
    'absences'
    >>> guess_kind("Notes et absences", "x").kind.value
    'other'
    """
    path = address.partition("?")[0].strip("/").lower()
    if path in _KNOWN:
        return Guess(_KNOWN[path], _CERTAIN)
    words = bare_words(label[:_LONGEST_LABEL])
    of_address = _of_address(address)
    if found := page_words.LABELS.find(words.bare):
        return _of_label(words, found, of_address)
    scores = {**of_address}
    for match in page_words.VAGUE_LABELS.find(words.bare):
        scores[match.meaning] = of_address.get(match.meaning, 0) + _OF_A_VAGUE_LABEL
    best = _highest(scores)
    # What belongs to a part of the application may be anything there.
    return best if best.score >= _OF_AN_ADDRESS else Guess(PageKind.OTHER, 0)


def says_nothing(label: str) -> bool:
    """Whether a label has only words such as "list", so that its group tells what it is about.

    >>> says_nothing("Liste"), says_nothing("Liste des absences")
    (True, False)
    """
    words = bare_words(label[:_LONGEST_LABEL]).bare
    silent = sum(match.size for match in page_words.FILLING.find(words))
    return bool(words) and silent == len(words)


def _of_label(words: Words, found: list[Match[PageKind]], of_address: dict[PageKind, int]) -> Guess:
    """Return what a label with known phrases is about.

    The longest phrase wins, of equal ones the first: "messages about absences" are messages. Where
    two are joined by "and" it is both, so only the address can tell.
    """
    kinds = {match.meaning for match in found}
    first = min(found, key=lambda match: match.start)
    if kinds == _OF_ONE_ANOTHER and first.size > 1:
        kind = first.meaning
    elif len(kinds) > 1 and _are_joined(words, found):
        return _highest({kind: of_address.get(kind, 0) for kind in kinds})
    else:
        kind = min(found, key=lambda match: (-match.size, match.start)).meaning
    if kind is PageKind.OTHER:
        return Guess(PageKind.OTHER, 0)
    said = sum(match.size for match in found if match.meaning is kind)
    is_whole = said + sum(match.size for match in page_words.FILLING.find(words.bare)) >= len(
        words.bare
    )
    score = _OF_A_LABEL + (_OF_A_WHOLE_LABEL if is_whole else 0) + of_address.get(kind, 0)
    return Guess(kind, score)


def _are_joined(words: Words, found: list[Match[PageKind]]) -> bool:
    ordered = sorted(found, key=lambda match: match.start)
    return any(
        one.meaning is not other.meaning
        and any(one.start < place <= other.start for place in words.joined)
        for one, other in pairwise(ordered)
    )


def _highest(scores: dict[PageKind, int]) -> Guess:
    """Return the kind that most speaks for; two with as much are none."""
    ordered = sorted(scores.items(), key=lambda item: -item[1])
    if not ordered or not ordered[0][1] or ordered[0][0] is PageKind.OTHER:
        return Guess(PageKind.OTHER, 0)
    if len(ordered) > 1 and ordered[0][1] == ordered[1][1]:
        return Guess(PageKind.OTHER, 0)
    return Guess(*ordered[0])


def _of_address(address: str) -> dict[PageKind, int]:
    """Return what the words of an address speak for.

    The last part of the path that says anything is the page's own; those before it are the part of
    the application that it belongs to, as help may be among the messages.
    """
    path, _mark, query = address.partition("?")
    parts = [words for part in unquote(path).split("/") if (words := _address_words(part))]
    own = [*parts[-1:], _address_words(unquote(query))]
    scores: dict[PageKind, int] = {}
    for phrases, weight, among in (
        (page_words.ADDRESSES, _OF_AN_ADDRESS, own),
        (page_words.ADDRESSES, _OF_A_VAGUE_ADDRESS, parts[:-1]),
        (page_words.VAGUE_ADDRESSES, _OF_A_VAGUE_ADDRESS, own),
    ):
        for match in (match for words in among for match in phrases.find(words)):
            scores[match.meaning] = max(scores.get(match.meaning, 0), weight)
    return scores


def _address_words(text: str) -> tuple[str, ...]:
    words = (_VERB.sub("", fold(word)) for word in _ADDRESS_WORD.findall(text))
    return tuple(word for word in words if word not in _SILENT_WORDS)
