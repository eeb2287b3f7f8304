"""Portal text to values: marks, their status, whole numbers. Pure functions, nothing guessed."""

import re
from decimal import Decimal
from functools import lru_cache

from massar_cli.folding import fold
from massar_cli.records import GradeStatus

# Blanks that pages use for layout, and the marks that only steer the writing direction.
_INVISIBLE = dict.fromkeys(
    (*range(0x200B, 0x2010), 0x061C, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_DIGITS = {ord(arabic): str(i % 10) for i, arabic in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_NO_BREAK = frozenset("\xa0\u202f\u2007")
_NUMBER_TEXT = str.maketrans(
    {
        **_INVISIBLE,
        **dict.fromkeys(map(ord, _NO_BREAK), " "),
        **_DIGITS,
        ord("٫"): ".",
        ord(","): ".",
        ord("،"): ".",
    }
)
_BLANKS = re.compile(r"[^\S\xa0\u202f\u2007]+")
_NUMBER = re.compile(r"(\d{1,4})\s?(?:\.\s?(\d{1,4}))?", re.ASCII)

# How the portal writes an absent or exempt pupil is not known: these are the words that schools
# use. Anything else keeps its text and the status UNKNOWN.
_ABSENT = frozenset(
    map(fold, ("غائب", "غائبة", "متغيب", "متغيبة", "غياب", "Abs", "Absent", "Absente"))
)
_EXEMPT = frozenset(
    map(
        fold,
        (
            *("معفى", "معفاة", "معفية", "إعفاء", "معفى منه", "معفى منها"),
            *("Disp", "Dispense", "Dispensée", "Exempt", "Exempte", "Exemptée"),
        ),
    )
)


def western_digits(text: str) -> str:
    """Return `text` with Arabic-Indic digits written as 0 to 9.

    >>> western_digits("X١٣٠")
    'X130'
    """
    return text.translate(_DIGITS)


def one_line(text: str) -> str:
    r"""Return `text` as a page shows it: line ends and runs of blanks are one, the ends trimmed.

    A no-break space inside is the portal's own, and stays.

    >>> one_line("\xa0 ASSIDUITE \n  ET CONDUITE \xa0\n")
    'ASSIDUITE ET CONDUITE'
    """
    if text.isascii() or _NO_BREAK.isdisjoint(text):
        return " ".join(text.split())
    return _BLANKS.sub(" ", text).strip()


@lru_cache(maxsize=2048)
def to_decimal(text: str) -> Decimal | None:
    """Return the number that `text` is, written with a comma, a point or Arabic digits.

    >>> to_decimal("15,50"), to_decimal("١٥٫٥٠"), to_decimal(" 0 ")
    (Decimal('15.50'), Decimal('15.50'), Decimal('0'))
    >>> to_decimal("NaN"), to_decimal("1e1"), to_decimal("-2"), to_decimal("12/20"), to_decimal("")
    (None, None, None, None, None)
    """
    match = _NUMBER.fullmatch(text.translate(_NUMBER_TEXT).strip())
    if match is None:
        return None
    whole, fraction = match.groups()
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def to_count(text: str) -> int | None:
    """Return the whole number that `text` is, None for anything else.

    >>> to_count(" 36 "), to_count("٣٦"), to_count("36,5"), to_count("")
    (36, 36, None, None)
    """
    number = to_decimal(text)
    return int(number) if number is not None and number == int(number) else None


@lru_cache(maxsize=2048)
def to_grade(text: str) -> tuple[Decimal | None, GradeStatus]:
    """Return the mark that a cell's text is, and its status.

    >>> to_grade("0"), to_grade("")
    ((Decimal('0'), <GradeStatus.GRADED: 'graded'>), (None, <GradeStatus.NONE: 'none'>))
    >>> [to_grade(text)[1].value for text in ("غائب", "Dispensée", "??")]
    ['absent', 'exempt', 'unknown']
    """
    number = to_decimal(text)
    if number is not None:
        return number, GradeStatus.GRADED
    visible = text.translate(_INVISIBLE).strip()
    if not visible:
        return None, GradeStatus.NONE
    word = fold(visible)
    if word in _ABSENT:
        return None, GradeStatus.ABSENT
    if word in _EXEMPT:
        return None, GradeStatus.EXEMPT
    return None, GradeStatus.UNKNOWN
