"""Scrubs one text: each word that is not the portal's, each number, code, address and sign.

What cannot be seen is removed first, so that nothing is told by it and no word hides behind it.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from urllib.parse import unquote

from massar_cli.dates import MONTHS
from massar_cli.folding import fold
from massar_cli.levels import out_of
from massar_cli.scrubbing.numbers import Numbers
from massar_cli.scrubbing.stand_ins import Codes, Secret, Words
from massar_cli.scrubbing.vocabulary import is_portal_text

_MARK = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_KEPT_MARK = re.compile(f"[{_MARK}]")
_SIGNS = re.compile(
    "[\\s!-/:-@\\[-`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u060c\u061b\u061f\u066a-\u066d\u06d4\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2190-\u21ff"
    "\u2200-\u22ff\u2500-\u25ff\u2605\u2606\u2610-\u2612\u2705\u2713-\u2718\u274c]"
)
_NO_SIGN = "□"
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARK}])*")
_MONTH_OF = {fold(one): number for number, names in enumerate(MONTHS, 1) for one in names}
_NAME = r"[^\W\d_][^\W\d_\u0300-\u036f\u064b-\u065f]*(?:\s[^\W\d_]+)?"
_NUMBERS = (
    r"(?P<years>(?<!\d)(?:19|20)\d\d\s?[/-]\s?(?:19|20)\d\d(?!\d))"
    r"|(?P<time>(?<![\d:])\d{1,2}\s?[:h]\s?[0-5]\d(?::[0-5]\d)?(?!\d)"
    r"|(?<![\d:])\d{1,2}\s?h(?![^\W_]))"
    r"|(?P<decimal>\d+[.,٫]\d+)"
    r"|(?P<level>(?<![^\W_])\d{1,2}(?:e|eme|er|ere)?[A-Za-z]{2,8}\d{0,2}(?![^\W_]))"
    r"|(?P<whole>\d+)"
)
_TOKEN = re.compile(
    r"(?P<email>[^\s<>\"'@,;:()]{1,64}@[^\s<>\"'@,;()]{1,255})"
    r"|(?P<url>(?:https?://|www\.)[^\s<>\"']+)"
    r"|(?P<phone>(?<!\d)(?:(?:\+|00)\s?212[\s.-]?(?:\(0\))?\d|0[5-8])(?:[\s.-]?\d){8}(?!\d))"
    r"|(?P<code>(?<![^\W_])[A-Za-z]{1,2}[\s-]?\d{6,12}(?!\d))"
    r"|(?P<date>(?<![\d/.])(?:\d{1,2}\s?(?P<s>[/.-])\s?\d{1,2}\s?(?P=s)\s?\d{4}"
    r"|\d{4}\s?(?P<t>[/.-])\s?\d{1,2}\s?(?P=t)\s?\d{1,2})(?!\d))"
    r"|(?P<short>(?<![\d/.-])\d{1,2}\s?/\s?\d{1,2}(?:\s?/\s?\d{2})?(?![\d/]))"
    rf"|(?P<worded>(?<!\d)\d{{1,2}}(?:\s?er)?\s?[-/.]?\s?(?:من\s|de\s)?{_NAME})"
    rf"|{_NUMBERS}|(?P<word>{_WORD.pattern})",
    re.IGNORECASE,
)
_NO_DATE = re.compile(_NUMBERS, re.IGNORECASE)
_BEFORE_A_MONTH = re.compile(r"\d{1,2}(?:\s?er)?\s?[-/.]?\s?(?:من\s|de\s)?", re.IGNORECASE)
_YEAR_AFTER = re.compile(r"\s?[-/,،.]?\s?(?:من\s|سنة\s|عام\s)?(?:19|20)\d\d(?!\d)")
_DIGITS = re.compile(r"(?<=\d)(?!\d)")
_DAY_AND_MONTH = ("day", "month")
_OF_MARKS = frozenset(("10", "20"))
_LEVELS = {10: ("4AP", "5AP", "6AP"), 20: ("1APIC", "2APIC", "3APIC")}
_NUMBERED = frozenset(
    map(
        fold,
        (
            *("contrôle", "devoir", "semestre", "session", "cc", "n", "no", "évaluation", "unité"),
            *("trimestre", "فرض", "الفرض", "الدورة", "دورة", "الأسدس", "أسدس", "رقم", "page"),
            *("صفحة", "الصفحة", "séance", "الحصة", "test", "option"),
        ),
    )
)
_AFTER_A_NUMBER = frozenset(
    ("er", "ere", "eme", "e", "re", "nd", "nde", "h", "mn", "min", "ap", "bac", "apic", "ac")
)
_ELIDED = frozenset("ldnscjmt")
_ALONE = frozenset(("a", "à", "y", "و", "À"))
_ENCODED = re.compile(r"(?:%[0-9a-fA-F]{2}){2}|%25[0-9a-fA-F]{2}")
_SPACED_OUT = re.compile(r"(?<![^\W_])[^\W\d_](?:[\s.\-_·]{1,2}[^\W\d_](?![^\W_])){2,}")
_LONGEST = 40


class Texts:
    """Scrubs the texts of one page, all with the same stand-ins."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        secret = Secret()
        self.words = Words(secret, names)
        self.numbers = Numbers(secret)
        self.codes = Codes()
        self._addresses: dict[str, int] = {}
        self.scrub_address: Callable[[str], str] = lambda _address: "https://example.org/"

    def scrub(
        self,
        text: str,
        pieces: Mapping[int, bool] | None = None,
        *,
        is_numbered: bool = False,
        is_told: bool = True,
    ) -> str:
        """Return a text, already without what cannot be seen, in which nothing is personal.

        `pieces` says of words that go on in other texts, by the place where the piece starts,
        whether they stay. `is_numbered` says that small numbers only tell one thing from another;
        `is_told` is False for a label, whose words may well be names of fields and classes too.
        """
        if not pieces and is_portal_text(text) and not self.words.names_somebody(text):
            return text
        plain = _plain(text)
        spaced = {
            place
            for match in _SPACED_OUT.finditer(plain)
            for place in range(match.start(), match.end())
        }
        done: list[str] = []
        end = 0
        before = ""
        while (token := _next_token(plain, end)) is not None:
            kind, start, stop = token
            done.append(_signs(text[end:start]))
            piece, original = plain[start:stop], text[start:stop]
            if kind == "word":
                stays = (pieces or {}).get(start)
                if stays is None:
                    stays = start not in spaced and self._stays(plain, start, stop)
                done.append(original if stays else self.words.stand_in(piece, is_told=is_told))
                before = fold(piece)
            else:
                numbered = is_numbered or before in _NUMBERED or _is_ordinal(plain, stop)
                done.append(_in_digits_of(original, self._number(kind, piece, numbered=numbered)))
            end = stop
        done.append(_signs(text[end:]))
        return "".join(done)

    def _stays(self, plain: str, start: int, stop: int) -> bool:
        word = plain[start:stop]
        if len(word) > _LONGEST or not self.words.is_portals(word):
            return False
        after_digit = start > 0 and plain[start - 1].isdigit()
        before_digit = stop < len(plain) and plain[stop].isdigit()
        if after_digit or before_digit:
            return after_digit and not before_digit and fold(word) in _AFTER_A_NUMBER
        if len(fold(word)) == 1:
            following = plain[stop : stop + 1]
            return (following in "'’" and following != "" and fold(word) in _ELIDED) or (
                word in _ALONE or (fold(word) == "n" and following in "°º")
            )
        return True

    def _number(self, kind: str, piece: str, *, numbered: bool) -> str:  # noqa: C901, PLR0911
        numbers = self.numbers
        if kind == "email":
            number = self._addresses.setdefault(piece.lower(), len(self._addresses) + 1)
            return f"x{number}@example.org"
        if kind == "url":
            return self.scrub_address(piece)
        if kind == "phone":
            made = iter("212600000000" if re.match(r"\+|00", piece) else "0600000000")
            if piece.startswith("00"):
                made = iter("00212600000000")
            return re.sub(r"\d", lambda _digit: next(made, "0"), piece)
        if kind == "code":
            return self.codes.stand_in(re.sub(r"[\s-]", "", piece))
        if kind in ("date", "short", "worded"):
            return self._date(kind, piece)
        if kind == "years":
            return re.sub(r"\d{4}", lambda year: numbers.year(year[0]), piece)
        if kind == "time":
            return self._time(piece)
        if kind == "decimal":
            whole, point, rest = re.split(r"([.,٫])", piece, maxsplit=1)
            return numbers.decimal(whole, point, rest)
        if kind == "level":
            names = _LEVELS[out_of(piece) or 20]
            return names[int(numbers.whole(str(len(piece)))) % len(names)]
        return numbers.ordinal(piece) if numbered else numbers.whole(piece)

    def _date(self, kind: str, piece: str) -> str:
        parts = re.findall(r"\d+", piece)
        numbers = [int(part) for part in parts]
        month = _month_in(piece) if kind == "worded" else None
        if (
            kind == "short"
            and len(parts) == len(_DAY_AND_MONTH)
            and parts[1] in _OF_MARKS
            and numbers[0] <= numbers[1]
        ):
            return f"{self.numbers.whole(parts[0])}{piece[len(parts[0]) :]}"
        is_iso = len(parts[0]) == 4  # noqa: PLR2004
        if month is not None:
            day_at, month_at, year_at = 0, -1, 1 if len(numbers) > 1 else -1
        else:
            day_at, month_at, year_at = (2, 1, 0) if is_iso else (0, 1, 2)
        try:
            number = month if month is not None else numbers[month_at]
            year = numbers[year_at] if 0 <= year_at < len(numbers) else None
            full = self._year(year, number)
            made = self.numbers.day(dt.date(full, number, numbers[day_at]))
        except (ValueError, IndexError, OverflowError):
            return re.sub(r"\d+", lambda part: self.numbers.whole(part[0]), piece)
        shown = {day_at: made.day, month_at: made.month, year_at: made.year}
        places = iter(range(len(parts)))

        def put(match: re.Match[str]) -> str:
            number = shown[next(places)]
            if len(match[0]) == 2 and number > 99:  # noqa: PLR2004
                number %= 100
            return str(number).zfill(len(match[0]))

        text = re.sub(r"\d+", put, piece)
        if month is not None:
            name = _month_name(piece)
            text = text.replace(name, _like(name, made.month), 1)
        return text

    def _year(self, year: int | None, month: int) -> int:
        if year is None:
            first = self.numbers.newest_school_year
            return first if month >= 9 else first + 1  # noqa: PLR2004
        return 2000 + year if year < 100 else year  # noqa: PLR2004

    def _time(self, piece: str) -> str:
        parts = re.findall(r"\d+", piece)
        hour = int(parts[0])
        if hour > 23:  # noqa: PLR2004
            return re.sub(r"\d+", lambda part: self.numbers.whole(part[0]), piece)
        if len(parts) == 1 and hour < 7:  # noqa: PLR2004
            return self.numbers.hours(parts[0]) + piece[len(parts[0]) :]
        minute = self.numbers.minute(hour * 60 + (int(parts[1]) if len(parts) > 1 else 0))
        if len(parts) == 1:
            return f"{minute // 60}{piece[len(parts[0]) :]}{minute % 60:02d}"
        made = iter((str(minute // 60).zfill(len(parts[0])), f"{minute % 60:02d}", "00"))
        return re.sub(r"\d+", lambda _part: next(made), piece)


def visible(text: str) -> str:
    r"""Return a text without all that cannot be seen, decoded, and with known marks alone.

    >>> visible("sal\u200bma\u202e")
    'salma'
    """
    for _turn in range(2):
        if _ENCODED.search(text):
            text = unquote(text)
    if text.isascii():
        return "".join(c for c in text if c >= " " or c in "\t\n\r\f")
    return "".join(
        c
        for c in text
        if c in "\t\n\r\f"
        or not (
            c in _FILLERS
            or (category := unicodedata.category(c))[0] == "C"
            or (category[0] == "M" and not _KEPT_MARK.match(c))
        )
    )


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where the words of a text are."""
    return [match.span() for match in _WORD.finditer(_plain(text))]


def _next_token(plain: str, place: int) -> tuple[str, int, int] | None:
    """Return the kind of the next word or number from a place on, and where it is."""
    match = _TOKEN.search(plain, place)
    if match is None:
        return None
    start = match.start()
    if match.lastgroup == "worded":
        end = _end_of_date(plain, start, match.end())
        if end is not None:
            return "worded", start, end
        match = _NO_DATE.match(plain, start) or match
    kind, piece = match.lastgroup or "", match[0]
    if kind == "level" and out_of(piece) is None:
        return "whole", start, start + len(_DIGITS.split(piece, maxsplit=1)[0])
    return kind, start, match.end()


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if letter.isdigit():
        return str(unicodedata.digit(letter))
    one = unicodedata.normalize("NFKC", letter)
    return one if len(one) == 1 and letter not in "°ºª" else letter


def _plain(text: str) -> str:
    """Return a text of the same length with plain digits, and with letters in their usual form."""
    return text if text.isascii() else "".join(map(_plain_letter, text))


def _signs(text: str) -> str:
    """Return what stands between words; an unknown sign may tell something, so it is another."""
    return "".join(c if _SIGNS.match(c) or _KEPT_MARK.match(c) else _NO_SIGN for c in text)


def _in_digits_of(original: str, made: str) -> str:
    """Return a number in the digits of the one it stands for."""
    digit = next((c for c in original if c.isdecimal() and not c.isascii()), None)
    if digit is None:
        return made
    zero = ord(digit) - unicodedata.decimal(digit)
    return "".join(chr(zero + int(c)) if c.isascii() and c.isdigit() else c for c in made)


def _is_ordinal(plain: str, stop: int) -> bool:
    match = _WORD.match(plain, stop)
    return match is not None and fold(match[0]) in _AFTER_A_NUMBER - {"h", "mn", "min"}


def _month_name(piece: str) -> str:
    """Return the month's name in a piece, empty for none."""
    for match in re.finditer(r"[^\W\d_][^\W\d_]*(?:\s[^\W\d_]+)?", piece):
        for part in (match[0], *match[0].split()):
            if fold(part) in _MONTH_OF:
                return part
    return ""


def _month_in(piece: str) -> int | None:
    """Return the month that a day's number is followed by; a mark and a word are no date."""
    name = _month_name(piece)
    if not name or not _BEFORE_A_MONTH.fullmatch(piece[: piece.index(name)]):
        return None
    return _MONTH_OF[fold(name)]


def _end_of_date(plain: str, start: int, stop: int) -> int | None:
    """Return where a date in words ends, None for what is none."""
    piece = plain[start:stop]
    if _month_in(piece) is None:
        return None
    name = _month_name(piece)
    end = start + piece.index(name) + len(name)
    year = _YEAR_AFTER.match(plain, end)
    return year.end() if year else end


def _like(name: str, month: int) -> str:
    """Return a month's name in the language of another."""
    names = MONTHS[month - 1]
    is_latin = fold(name).isascii()
    made = next(one for one in names if fold(one).isascii() is is_latin)
    return made.upper() if name.isupper() and is_latin else made
