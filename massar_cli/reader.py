"""Whom tables are written for: which digits, which decimal sign, whose names of subjects.

A format that people read is written for one reader; what programs read never changes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from massar_cli.language import active_language

DIGITS = ("western", "arabic")
SUBJECT_NAMES = ("portal", "ui")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class Reader(NamedTuple):
    """What a reader chose beside the language.

    `digits` are `western`, as Morocco writes in every language, or `arabic`, which counts for
    Arabic alone. `subject_names` are the portal's, or those of the interface's language.
    """

    digits: str = DIGITS[0]
    subject_names: str = SUBJECT_NAMES[0]


class _Active:
    """The one reader at a time."""

    reader = Reader()


@contextmanager
def written_for(reader: Reader) -> Iterator[None]:
    """Write tables for a reader."""
    before = _Active.reader
    _Active.reader = reader
    try:
        yield
    finally:
        _Active.reader = before


def decimal_point(reader: Reader) -> str:
    """Return the reader's decimal sign.

    >>> decimal_point(Reader(digits="arabic"))  # in English
    '.'
    """
    if _has_arabic_digits(reader):
        return "٫"
    return "." if active_language() == "en" else ","


def in_digits(text: str) -> str:
    """Return a number, a day, a time or a school year in the reader's digits."""
    return text.translate(_ARABIC_DIGITS) if _has_arabic_digits(_Active.reader) else text


def names_subjects() -> bool:
    """Whether subjects and levels are named in the interface's language, where they are known."""
    return _Active.reader.subject_names == "ui"


def _has_arabic_digits(reader: Reader) -> bool:
    return reader.digits == "arabic" and active_language() == "ar"
