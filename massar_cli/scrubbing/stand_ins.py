"""Stand-ins for words, codes and names of a page: the same for the same, of the same script.

They are made from a secret that lives as long as the run, so nobody can go back from them; and of
letters which no name and no portal word is made of, so that a checked file shows what it holds.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator

from massar_cli.folding import fold
from massar_cli.scrubbing.names import is_name
from massar_cli.scrubbing.vocabulary import is_portal_word

_SYLLABLES = {
    "latin": ("xqvz", "aeiouy"),
    "arabic": ("ظضذغ", "اوي"),
    "tifinagh": ("ⵥⴹⵣ", "ⴰⵉⵓ"),
}
_LENGTHS = ((1, 1), (2, 3), (4, 6), (7, 10), (11, 14))
"""The length classes: a stand-in is as long as some word of the same class."""
_MADE_UP = re.compile(
    r"(?:[xqvz][aeiouy])*[xqvz]?|(?:[ظضذغ][اوي])*[ظضذغ]?|(?:[ⵥⴹⵣ][ⴰⵉⵓ])*[ⵥⴹⵣ]?", re.IGNORECASE
)


def is_made_up(word: str) -> bool:
    """Whether a word is of the kind that stand-ins are.

    >>> is_made_up("Xoqiva"), is_made_up("ظوضي"), is_made_up("Salma")
    (True, True, False)
    """
    return _MADE_UP.fullmatch(word) is not None


_LEAST_OF_A_NAME = 3
_AND = "و"
"""Arabic writes it on the word that follows."""


class Secret:
    """What stand-ins are drawn from: random, and never kept."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def numbers(self, purpose: str, text: str) -> Iterator[int]:
        """Yield large numbers without end, the same ones for the same text of one purpose."""
        turn = 0
        while True:
            message = f"{purpose}\0{text}\0{turn}".encode("utf-8", "surrogatepass")
            yield int.from_bytes(hmac.digest(self._key, message, hashlib.sha256))
            turn += 1


class Words:
    """The stand-ins of one page's words; those of `names` are a person's whatever they mean."""

    def __init__(self, secret: Secret, names: Iterable[str] = ()) -> None:
        self._secret = secret
        words = (fold(word) for name in names for word in name.split())
        self._of_people = frozenset(word for word in words if len(word) >= _LEAST_OF_A_NAME)
        self._made: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()
        self.replaced: set[str] = set()
        """The keys of the words that were replaced in what the page tells."""

    def is_portals(self, word: str) -> bool:
        """Whether a word is one of the portal's, and here nobody's name."""
        return is_portal_word(word) and not self.names_somebody(word)

    def names_somebody(self, text: str) -> bool:
        """Whether a word of a text is one of the names that are known."""
        words = fold(text).split()
        return any(
            word in self._of_people or word.removeprefix(_AND) in self._of_people for word in words
        )

    def stand_in(self, word: str, *, is_told: bool = True) -> str:
        """Return the stand-in of a word, in its script, its length class and its capitals.

        `is_told` is False for a word of an address or of a tag, which the page does not tell.
        """
        key = fold(word) or word
        if is_told:
            self.replaced.add(key)
        script = _script(word)
        if (script, key) not in self._made:
            self._made[script, key] = self._make(script, key)
        return _in_capitals_of(word, self._made[script, key])

    def _make(self, script: str, key: str) -> str:
        consonants, vowels = _SYLLABLES[script]
        least, most = next(
            ((low, high) for low, high in _LENGTHS if len(key) <= high), _LENGTHS[-1]
        )
        for turn, number in enumerate(self._secret.numbers(script, key)):
            size = least + number % (most - least + 1) + turn // 40
            rest, letters = number >> 8, []
            for place in range(size):
                alphabet = vowels if place % 2 else consonants
                letters.append(alphabet[rest % len(alphabet)])
                rest //= len(alphabet)
            made = "".join(letters)
            if made not in self._taken and not is_portal_word(made) and not is_name(fold(made)):
                self._taken.add(made)
                return made
        raise AssertionError  # the numbers have no end


class Codes:
    """Codes that are obviously made up: X130000000 and the ones after it.

    None of them has the digits of a code of the page itself, all of which are noted first.
    """

    def __init__(self) -> None:
        self._is_settled = False
        self._own: set[str] = set()
        self._made: dict[str, str] = {}
        self._next = 0

    def settle(self) -> None:
        """Make stand-ins from now on: all codes of the page are noted."""
        self._is_settled = True

    def stand_in(self, code: str) -> str:
        """Return a made-up code with as many letters and digits, the same for the same code."""
        digits = "".join(filter(str.isdigit, code))
        letters = "X" * (len(code) - len(digits))
        if not self._is_settled:
            self._own.add(digits)
            return letters + _code_digits(0, len(digits))
        key = code.upper()
        if key not in self._made:
            while (made := _code_digits(self._next, len(digits))) in self._own:
                self._next += 1
            self._next += 1
            self._made[key] = letters + made
        return self._made[key]


def _code_digits(number: int, size: int) -> str:
    return f"13{number:0{max(1, size - 2)}d}"


def _script(word: str) -> str:
    for letter in word:
        name = unicodedata.name(letter, "")
        if name.startswith("ARABIC"):
            return "arabic"
        if name.startswith("TIFINAGH"):
            return "tifinagh"
    return "latin"


def _in_capitals_of(word: str, made: str) -> str:
    letters = [letter for letter in word if letter.isalpha()]
    if len(letters) > 1 and all(letter == letter.upper() for letter in letters):
        return made.upper()
    return made.capitalize() if letters and letters[0] != letters[0].lower() else made
