"""Texts of the portal and of people, to values: nothing but what each function says it returns."""

from datetime import date

from massar_cli.codes import has_usual_shape, normal_code, student_code, user_name
from massar_cli.convert import one_line, to_count, to_decimal, to_grade
from massar_cli.errors import UsageProblem
from massar_cli.folding import LONGEST_FOLDED, fold
from massar_cli.levels import out_of
from massar_cli.portal.headings import OTHER, SUBJECT, continuous_column, exam_columns
from massar_cli.records import GradeStatus
from massar_cli.school_calendar import parse_year
from massar_cli.subjects import SUBJECTS, matches_subject, subject_id
from tests.fuzz.bounds import value_or_error

_MOST_LETTERS = 18
"""What the longest of single letters decomposes into."""
_TODAY = date(2026, 11, 1)


def check_words(data: bytes) -> None:
    """Check that every text reads as a value of its kind; a person's as one, or UsageProblem."""
    text = data.decode(errors="replace")
    _check_portal_text(text)
    _check_typed_text(text)


def _check_portal_text(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert len(fold(text)) <= LONGEST_FOLDED * _MOST_LETTERS
    number = to_decimal(text)
    assert number is None or 0 <= number < 10_000
    count = to_count(text)
    assert count is None or count == number
    grade, status = to_grade(text)
    assert grade == number
    assert (status is GradeStatus.GRADED) == (grade is not None)
    identity = subject_id(text)
    assert identity is None or identity in SUBJECTS
    assert matches_subject(text, subject_id=identity, name=text)
    assert out_of(text) in (None, 10, 20)
    assert continuous_column(text).number in (None, *range(1, 100))
    headings = tuple(text.split("|"))
    fields = exam_columns(headings)
    if fields is not None:
        assert len(fields) == len(headings)
        known = [field for field in fields if field != OTHER]
        assert len(set(known)) == len(known)
        assert SUBJECT in known


def _check_typed_text(text: str) -> None:
    year = value_or_error(lambda: parse_year(text, _TODAY))
    assert isinstance(year, UsageProblem) or year in range(2005, 2028)
    code = value_or_error(lambda: normal_code(text))
    if isinstance(code, str):
        assert normal_code(code) == code
        assert code.isprintable()
        assert " " not in code
        assert "@" in user_name(code)
        assert has_usual_shape(code) in (True, False)
        assert (student_code(code) or "") in code.upper()
    else:
        assert isinstance(code, UsageProblem)
