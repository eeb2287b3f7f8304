"""What may be printed: nothing that steers a terminal, no cell that a spreadsheet runs."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import cycle

from massar_cli.cells import printable
from massar_cli.errors import PageChanged
from massar_cli.formats import FORMATS, Envelope
from massar_cli.language import LANGUAGES, use_language
from massar_cli.records import (
    Assessment,
    AssessmentKind,
    GradeStatus,
    ReportCard,
    SemesterReport,
    Student,
    SubjectResult,
)
from massar_cli.rtl import Rtl
from massar_cli.student_record import Profile, YearOutcome
from massar_cli.view import View
from massar_cli.views.grades import grades_view
from massar_cli.views.journey import journey_view
from massar_cli.views.profile import profile_view

_ENVELOPE = Envelope(fetched_at=datetime(2027, 3, 15, 18, tzinfo=UTC), source="portal")
_STEERING_KINDS = frozenset({"Cc", "Cs", "Zl", "Zp"})
_STEERING_DIRECTIONS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_STEERING = frozenset(
    (
        "\u200e",
        "\u200f",
        "\u061c",
        *map(chr, range(0x206A, 0x2070)),
        *map(chr, range(0xE0000, 0xE0080)),
    )
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_APART = re.compile("\u200e[\u202a\u202b]([^\u202a-\u202c]*)\u202c\u200e")
_MARKS = re.compile("[\u200e\u200f\u2066\u2069]")
csv.field_size_limit(4 * 1024 * 1024)  # a line that the other separator does not split is one
TEXTS_END = b"\x1f"


def steers(character: str) -> bool:
    """Whether a character does something to a terminal or to the direction of writing."""
    return (
        unicodedata.category(character) in _STEERING_KINDS
        or unicodedata.bidirectional(character) in _STEERING_DIRECTIONS
        or character in _STEERING
    )


def assert_harmless(text: str) -> None:
    """Fail where a text of one line holds anything that steers."""
    if not text.isprintable():  # which every such character is, and few others
        assert not any(map(steers, text)), ascii(text)


def check_texts(data: bytes) -> None:
    """Texts of the portal's come out harmless in every format and language, and complete in JSON.

    A byte 31 ends one text.
    """
    texts = [part.decode(errors="replace") for part in data.split(TEXTS_END)]
    for text in texts:
        assert_harmless(printable(text))
        assert printable(printable(text)) == printable(text)
        error = PageChanged(text, hint=text).about(text)
        assert_harmless(printable(f"massar: {error.message} {error.hint}"))
    some = cycle(texts)
    for view in (_grades(some), _journey(some), _profile(some)):
        check_view(view)
    language = LANGUAGES[len(data) % len(LANGUAGES)]
    use_language(language)
    try:
        width, colour = 20 + len(data) % 120, bool(len(data) % 2)
        for rtl in Rtl:
            _check_terminal(_grades(some), width=width, colour=colour, rtl=rtl)
    finally:
        use_language("en")


def check_view(view: View) -> None:
    """Fail where an answer that goes to a pipe or file steers, runs, or loses anything."""
    for line in _lines(_written(view, "table", _ENVELOPE)):
        assert_harmless(line)
    for line in _lines(_written(view, "md", _ENVELOPE)):
        assert_harmless(line)
    _check_csv(view)
    _check_json(view)


def _written(view: View, name: str, envelope: Envelope) -> str:
    stream = io.BytesIO()
    FORMATS[name](view, stream, envelope)
    return stream.getvalue().decode()


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n")


def _check_csv(view: View) -> None:
    columns, rows = view.csv()
    for excel, delimiter in ((False, ","), (True, ";")):
        text = _written(view, "csv", _ENVELOPE._replace(excel=excel)).removeprefix("\ufeff")
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        assert [len(row) for row in read] == [len(columns)] * (len(rows) + 1)
        for cell in (cell for row in read for cell in row):
            assert_harmless(cell)
            assert not cell.startswith(_FORMULA_SIGNS) or _NUMBER.fullmatch(cell), cell
        # As a spreadsheet reads it where the other separator is usual.
        other = csv.reader(io.StringIO(text, newline=""), delimiter="," if excel else ";")
        for cell in (cell for row in other for cell in row):
            number = cell.partition(delimiter)[0]
            assert not cell.startswith(_FORMULA_SIGNS) or _NUMBER.fullmatch(number), cell


def _check_json(view: View) -> None:
    text = _written(view, "json", _ENVELOPE)
    for line in _lines(text):
        assert_harmless(line)
    assert json.loads(text)["data"] == view.elements()
    lines = _written(view, "jsonl", _ENVELOPE).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == view.elements()


def _check_terminal(view: View, *, width: int, colour: bool, rtl: Rtl) -> None:
    from rich.cells import cell_len

    envelope = _ENVELOPE._replace(width=width, colour=colour, rtl=rtl)
    for line in _lines(_written(view, "table", envelope)):
        plain = _COLOUR.sub("", line) if colour else line
        if rtl is Rtl.TERMINAL:  # what the program itself keeps apart ends where its text ends
            plain = _APART.sub(lambda match: _MARKS.sub("", match[1]), plain)
        assert_harmless(plain)
        assert cell_len(plain) <= width, ascii(plain)


def _grades(texts: Iterator[str]) -> View:
    card = ReportCard(
        school=next(texts),
        level=next(texts),
        school_class=next(texts),
        average=Decimal("12.5"),
        subjects=tuple(_subject(texts) for _row in range(2)),
        remarks=((next(texts), next(texts)),),
    )
    student = Student(code="X130000000", name=next(texts))
    report = SemesterReport(student=student, school_year=next(texts), semester=1, card=card)
    return grades_view([report], summary=False)


def _subject(texts: Iterator[str]) -> SubjectResult:
    other, unknown = AssessmentKind.OTHER, GradeStatus.UNKNOWN
    return SubjectResult(
        subject=next(texts),
        subject_id=None,
        component=next(texts),
        continuous=Decimal("9.75"),
        assessments=(
            Assessment(next(texts), 1, AssessmentKind.TEST, Decimal(20), GradeStatus.GRADED, "20"),
            Assessment(next(texts), None, other, None, unknown, next(texts)),
            Assessment(next(texts), None, other, None, unknown, next(texts), "exam"),
        ),
    )


def _journey(texts: Iterator[str]) -> View:
    outcome = YearOutcome(
        school_year=next(texts),
        school=next(texts),
        level=next(texts),
        average=None,
        average_text=next(texts),
        decision=next(texts),
    )
    return journey_view([outcome], Student(code=None, name=next(texts)))


def _profile(texts: Iterator[str]) -> View:
    return profile_view(
        Profile(
            code=next(texts),
            first_name=next(texts),
            last_name=next(texts),
            gender=next(texts),
            birth_place=next(texts),
            school=next(texts),
            academy=next(texts),
            directorate=next(texts),
            guardian_first_name=next(texts),
            guardian_last_name=next(texts),
            guardian_phone=next(texts),
        ),
        None,
        all_fields=True,
    )
