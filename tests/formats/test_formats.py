"""Records to text: golden files, the contract's fields, and text that means harm."""

import csv
import io
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massar_cli.formats import FORMATS, MACHINE_FORMATS, Envelope, hold_the_same
from massar_cli.language import active_language, use_language
from massar_cli.reader import Reader
from massar_cli.records import (
    Assessment,
    AssessmentKind,
    GradeStatus,
    ReportCard,
    SemesterReport,
    SubjectResult,
)
from massar_cli.rtl import Rtl
from massar_cli.view import View
from massar_cli.views.grades import grades_view
from massar_cli.views.journey import journey_view
from massar_cli.views.page import page_view
from massar_cli.views.profile import profile_view
from tests.formats.records import (
    GRADES,
    HOSTILE,
    HOSTILE_TEXTS,
    JOURNEY,
    LYCEE,
    PAGE,
    PRIMARY,
    PROFILE,
    STUDENT,
    UNPUBLISHED,
)
from tests.formats.screens import APART

GOLDEN = Path(__file__).with_name("golden")
UPDATE = "MASSAR_UPDATE_GOLDEN"
MUST_UPDATE = bool(os.environ.get(UPDATE))  # read here, for no test sees the caller's settings
ENVELOPE = Envelope(
    fetched_at=datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=timezone(timedelta(hours=1))),
    source="portal",
)
VIEWS: dict[str, Callable[[], View]] = {
    "grades": lambda: grades_view(GRADES, summary=False),
    "summary": lambda: grades_view(GRADES, summary=True),
    "hostile": lambda: grades_view((HOSTILE,), summary=False),
    "journey": lambda: journey_view(JOURNEY, STUDENT),
    "profile": lambda: profile_view(PROFILE, STUDENT, all_fields=False),
    "page": lambda: page_view((PAGE,), STUDENT),
}
CHOSEN = Reader(digits="arabic", subject_names="ui")
SHAPES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "pipe_en.txt": ("table", "en", {}),
    "pipe_fr.txt": ("table", "fr", {"decimal_point": ","}),
    "pipe_ar.txt": ("table", "ar", {"decimal_point": ","}),
    "terminal_80.txt": ("table", "en", {"width": 80, "rtl": Rtl.TERMINAL}),
    "terminal_120.txt": ("table", "en", {"width": 120, "rtl": Rtl.TERMINAL}),
    "shaped_80.txt": ("table", "ar", {"width": 80, "decimal_point": ",", "rtl": Rtl.SHAPE}),
    "chosen_ar.txt": ("table", "ar", {"decimal_point": "٫", "reader": CHOSEN}),
    "chosen_fr.txt": ("table", "fr", {"decimal_point": ",", "reader": CHOSEN}),
    "plain.txt": ("table", "fr", {"width": 80, "decimal_point": ",", "plain": True}),
    "csv": ("csv", "fr", {"decimal_point": ","}),
    "excel.csv": ("csv", "fr", {"decimal_point": ",", "excel": True}),
    "json": ("json", "fr", {"decimal_point": ","}),
    "jsonl": ("jsonl", "fr", {"decimal_point": ","}),
    "md": ("md", "en", {}),
}
CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    before = active_language()
    use_language("en")
    yield
    use_language(before)


def text_of(view: View, format_: str, **changes: Any) -> str:
    stream = io.BytesIO()
    FORMATS[format_](view, stream, ENVELOPE._replace(**changes))
    return stream.getvalue().decode()


def rows_of(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def card_with(*subjects: SubjectResult, **fields: Any) -> View:
    card = ReportCard(subjects=subjects, **fields)
    report = SemesterReport(student=STUDENT, school_year="2025/2026", semester=1, card=card)
    return grades_view((report,), summary=False)


def width_of(line: str) -> int:
    return sum(not unicodedata.combining(one) and unicodedata.category(one) != "Cf" for one in line)


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("shape", SHAPES)
def test_each_answer_looks_in_each_format_as_it_did(name: str, shape: str) -> None:
    format_, language, changes = SHAPES[shape]
    use_language(language)
    text = text_of(VIEWS[name](), format_, **changes)
    separator = "." if "." not in shape else "_"
    file = GOLDEN / f"{name}{separator}{shape}"
    if MUST_UPDATE:
        file.write_bytes(text.encode())
    assert file.exists(), f"run once with {UPDATE}=1, then read what it wrote"
    assert text == file.read_bytes().decode()


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("format_", sorted(MACHINE_FORMATS))
def test_what_programs_read_is_the_same_for_every_reader(format_: str, language: str) -> None:
    usual = {name: text_of(view(), format_) for name, view in VIEWS.items()}
    use_language(language)
    chosen = {name: text_of(view(), format_, reader=CHOSEN) for name, view in VIEWS.items()}
    assert chosen == usual


def test_no_golden_file_is_left_over() -> None:
    expected = {
        f"{name}{'.' if '.' not in shape else '_'}{shape}" for name in VIEWS for shape in SHAPES
    }
    assert {file.name for file in GOLDEN.iterdir()} == expected


def test_the_fields_of_grades_are_the_contracts_in_its_order() -> None:
    document = json.loads(text_of(VIEWS["grades"](), "json"))
    assert list(document) == ["schema", "fetched_at", "source", "data", "errors"]
    assert document["schema"] == "massar.grades/1"
    for card in document["data"]:
        assert list(card) == [
            *("student", "school_year", "semester", "school", "level", "class", "class_size"),
            *("out_of", "average", "exam_average", "subjects"),
        ]
        for subject in card["subjects"]:
            assert list(subject) == [
                *("subject", "subject_id", "component", "coefficient", "continuous", "exam"),
                *("class_max", "class_average", "class_min", "assessments"),
            ]
            for assessment in subject["assessments"]:
                assert list(assessment) == [*("name", "number", "kind", "grade", "status", "raw")]
    assert list(document["data"][0]["student"]) == ["code", "name"]
    assert document["data"][2]["student"] is None


def test_the_fields_of_journey_and_profile_are_the_contracts_in_its_order() -> None:
    journey = json.loads(text_of(VIEWS["journey"](), "json"))
    assert journey["schema"] == "massar.journey/1"
    columns = ["school_year", "school", "level", "average", "decision"]
    assert [list(one) for one in journey["data"]] == [["student", *columns]] * 3
    assert rows_of(text_of(VIEWS["journey"](), "csv"))[0] == columns
    profile = json.loads(text_of(VIEWS["profile"](), "json"))
    assert profile["schema"] == "massar.profile/1"
    columns = [
        *("code", "first_name", "last_name", "gender", "birth_place"),
        *("school", "academy", "directorate"),
    ]
    assert list(profile["data"][0]) == ["student", *columns]
    assert rows_of(text_of(VIEWS["profile"](), "csv"))[0] == columns


def test_the_columns_of_csv_are_the_contracts_in_its_order() -> None:
    assert text_of(VIEWS["grades"](), "csv").splitlines()[0] == (
        "school_year,semester,subject,component,assessment,number,grade,status,raw"
    )
    assert text_of(VIEWS["summary"](), "csv").splitlines()[0] == (
        "school_year,semester,subject,component,"
        "coefficient,continuous,exam,class_max,class_average,class_min"
    )


def test_an_assessment_that_does_not_exist_has_no_row_but_is_in_the_json() -> None:
    rows = rows_of(text_of(VIEWS["grades"](), "csv"))
    assert "none" not in {row[7] for row in rows}
    assert len(rows) == 1 + 3 + 4 + 3 + 1 + 1
    data = json.loads(text_of(VIEWS["grades"](), "json"))["data"]
    third = data[0]["subjects"][0]["assessments"][2]
    assert third == {
        "name": "الفرض الثالث",
        "number": 3,
        "kind": "test",
        "grade": None,
        "status": "none",
        "raw": "",
    }


@pytest.mark.parametrize("name", VIEWS)
def test_json_lines_are_the_elements_without_the_envelope(name: str) -> None:
    text = text_of(VIEWS[name](), "jsonl")
    assert text.endswith("\n")
    data = json.loads(text_of(VIEWS[name](), "json"))["data"]
    assert [json.loads(line) for line in text.split("\n")[:-1]] == data


def test_the_time_has_its_offset_and_the_source_and_errors_are_told() -> None:
    error = {"kind": "page-changed", "message": "m", "hint": "h", "exit_code": 5}
    text = text_of(VIEWS["journey"](), "json", source="demo", errors=[error])
    document = json.loads(text)
    assert document["fetched_at"] == "2026-02-03T04:05:06+01:00"
    assert document["source"] == "demo"
    assert document["errors"] == [error]


@pytest.mark.parametrize(
    ("mark", "in_json", "in_csv", "in_excel"),
    [
        ("15.50", "15.5", "15.5", "15,5"),
        ("15.00", "15", "15", "15"),
        ("20", "20", "20", "20"),
        ("0.00", "0", "0", "0"),
        ("100", "100", "100", "100"),
        ("0.05", "0.05", "0.05", "0,05"),
        ("13.125", "13.125", "13.125", "13,125"),
        ("1E+1", "10", "10", "10"),
        (None, "null", "", ""),
    ],
)
def test_a_number_has_no_needless_zeros_and_none_is_no_number(
    mark: str | None, in_json: str, in_csv: str, in_excel: str
) -> None:
    grade = Decimal(mark) if mark is not None else None
    view = card_with(
        SubjectResult(
            subject="s",
            subject_id=None,
            continuous=grade,
            assessments=(
                Assessment("t", 1, AssessmentKind.TEST, grade, GradeStatus.GRADED, "as written"),
            ),
        ),
        average=grade,
    )
    line = text_of(view, "jsonl")
    assert f'"average": {in_json},' in line
    assert f'"continuous": {in_json},' in line
    assert f'"grade": {in_json},' in line
    row = ["2025/2026", "1", "s", "", "t", "1"]
    assert rows_of(text_of(view, "csv"))[1] == [*row, in_csv, "graded", "as written"]
    excel = text_of(view, "csv", excel=True)
    assert rows_of(excel, ";")[1] == [*row, in_excel, "graded", "as written"]


def test_csv_for_spreadsheets_differs_in_mark_separator_line_ends_and_point_alone() -> None:
    plain = rows_of(text_of(VIEWS["summary"](), "csv"))
    text = text_of(VIEWS["summary"](), "csv", excel=True)
    assert text.startswith("\ufeff")
    assert text.count("\n") == text.count("\r\n") == len(plain)
    excel = rows_of(text[1:], ";")
    assert [row[:4] for row in excel] == [row[:4] for row in plain]
    assert [[cell.replace(",", ".") for cell in row[4:]] for row in excel] == [
        row[4:] for row in plain
    ]


def test_csv_lines_end_in_a_line_feed_alone() -> None:
    assert "\r" not in text_of(VIEWS["hostile"](), "csv")


@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_hostile_text_stays_in_its_cell_and_never_runs(text: str, excel: bool) -> None:
    mark = Assessment(text, 1, AssessmentKind.TEST, None, GradeStatus.UNKNOWN, text)
    view = card_with(SubjectResult(subject=text, subject_id=None, assessments=(mark,)))
    printed = text_of(view, "csv", excel=excel).removeprefix("\ufeff")
    header, row = rows_of(printed, ";" if excel else ",")
    assert len(row) == len(header) == 9
    (cell,) = {row[2], row[4], row[8]}
    bare = CONTROLS.sub("", text).replace("\n", "")
    runs = text[:1] in "=+-@\t\r" or bare[:1] in "=+-@"
    is_number = re.fullmatch(r"[+-]?\d+([.,]\d+)?", bare) is not None
    assert cell == (f"'{bare}" if runs and not is_number else bare)
    assert not CONTROLS.search(cell)


@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_a_formula_never_runs_where_the_other_separator_ends_a_cell(sign: str, excel: bool) -> None:
    own, other = ";,"[not excel], ";,"[excel]
    mark = Assessment("t", 1, AssessmentKind.TEST, None, GradeStatus.UNKNOWN, f"{sign}1{own}a")
    view = card_with(
        SubjectResult(subject=f"a{other}{sign}x()", subject_id=None, assessments=(mark,))
    )
    printed = text_of(view, "csv", excel=excel).removeprefix("\ufeff")
    assert rows_of(printed, own)[1][2:9:6] == [f"a{other}'{sign}x()", f"'{sign}1{own}a"]
    # Without quotes, as a program that takes no notice of them splits the line.
    cells = re.split("[;,]", printed.splitlines()[1].replace('"', ""))
    assert not [cell for cell in cells if cell.startswith(sign)]


@pytest.mark.parametrize("before", [" ", "\u00a0", "\u00ad", "\u200b", "\ufeff"])
def test_a_formula_never_runs_behind_what_is_not_seen(before: str) -> None:
    mark = Assessment("t", 1, AssessmentKind.TEST, None, GradeStatus.UNKNOWN, f"a;{before}=1")
    view = card_with(SubjectResult(subject=f"{before}=x()", subject_id=None, assessments=(mark,)))
    row = text_of(view, "csv").splitlines()[1]
    assert row.split(",")[2] == f"'{before}=x()"
    assert row.endswith(f"a;'{before}=1")


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, "\U000e0001tag\U000e007f"])
def test_json_keeps_every_text_and_shows_no_control(text: str) -> None:
    view = card_with(SubjectResult(subject=text, subject_id=None, component=text))
    for format_ in ("json", "jsonl"):
        printed = text_of(view, format_)
        assert not CONTROLS.search(printed)
        document = json.loads(printed)
        card = document["data"][0] if format_ == "json" else document
        assert card["subjects"][0]["subject"] == text
        assert card["subjects"][0]["component"] == text


@pytest.mark.parametrize("format_", ["table", "md", "csv"])
@pytest.mark.parametrize("width", [None, 60])
@pytest.mark.parametrize("rtl", Rtl)
def test_no_control_character_reaches_a_person(format_: str, width: int | None, rtl: Rtl) -> None:
    text = text_of(VIEWS["hostile"](), format_, width=width, rtl=rtl)
    if rtl is Rtl.TERMINAL:  # what keeps texts apart is our own, and closes where it opens
        text = APART.sub(r"\2", text)
    assert not CONTROLS.search(text)


def test_a_table_has_one_line_a_row_whatever_the_texts_hold() -> None:
    view = VIEWS["hostile"]()
    lines = text_of(view, "table").splitlines()
    assert len(lines) == 1 + 2 + len(HOSTILE_TEXTS) + 1
    rows = [line for line in text_of(view, "md").splitlines() if line.startswith("|")]
    assert len(rows) == 2 + len(HOSTILE_TEXTS)
    bars = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows}
    assert len(bars) == 1


def test_markdown_shows_the_texts_as_they_are() -> None:
    text = text_of(
        card_with(SubjectResult(subject="*a* <b> [c](d) `e` _f_", subject_id=None)), "md"
    )
    assert r"\*a\* \<b\> \[c\](d) \`e\` \_f\_" in text


def test_marks_of_a_table_have_two_decimals_to_the_right_and_the_readers_point() -> None:
    english = text_of(VIEWS["grades"](), "table").splitlines()
    french = text_of(VIEWS["grades"](), "table", decimal_point=",").splitlines()
    assert len(english) == len(french)
    row = next(line for line in english if line.startswith("الرياضيات"))
    assert re.split(r"\s{2,}", row) == [
        *("الرياضيات", "15.50", "0.00", "15.00", "14.17", "13.75", "7"),
        *("18.19", "13.70", "7.09"),
    ]
    heading = english[1]
    assert row.index("15.50") + 5 == heading.index("Test 1") + 6
    assert next(line for line in french if line.startswith("الرياضيات")) == row.replace(".", ",")
    assert "Semester average: 14.30" in english
    assert "Semester average: 14,30" in french


def test_what_stands_in_place_of_a_mark_is_shown() -> None:
    lines = text_of(VIEWS["grades"](), "table").splitlines()
    physics = next(line for line in lines if line.startswith("الفيزياء"))
    sport = next(line for line in lines if line.startswith("Éducation"))
    assert re.split(r"\s{2,}", physics)[1:4] == ["absent", "20.00", "9.50"]
    assert re.split(r"\s{2,}", physics)[5:7] == ["10.00", "0.5"]
    assert re.split(r"\s{2,}", sport)[1:] == ["exempt", "??", "absent"]
    assert "ملاحظة: عمل جيد" in lines


def test_components_are_rows_of_their_own() -> None:
    lines = text_of(grades_view((PRIMARY,), summary=True), "table").splitlines()
    assert lines[0].endswith("2020/2021 · Annual average")
    assert re.split(r"\s{2,}", lines[1])[:2] == ["Subject", "Component"]
    assert [re.split(r"\s{2,}", line)[:3] for line in lines[3:5]] == [
        ["اللغة العربية", "القراءة", "8.00"],
        ["اللغة العربية", "الإملاء", "7.75"],
    ]
    assert lines[-1] == "Annual average: 8.21"


def test_an_unpublished_card_is_no_table() -> None:
    view = grades_view((UNPUBLISHED,), summary=False)
    assert text_of(view, "table") == ""
    assert text_of(view, "table", width=40) == ""
    assert text_of(view, "table", plain=True) == ""
    assert text_of(view, "csv").count("\n") == 1
    assert json.loads(text_of(view, "jsonl"))["subjects"] == []
    assert text_of(view, "md").strip().startswith("**2025/2026 · Semester 2**")


def test_no_answer_at_all_is_well_formed_in_every_format() -> None:
    view = grades_view((), summary=False)
    assert json.loads(text_of(view, "json"))["data"] == []
    assert text_of(view, "jsonl") == text_of(view, "table") == text_of(view, "md") == ""
    assert text_of(view, "csv").count("\n") == 1


def test_the_guardian_is_left_out_unless_asked_for() -> None:
    for format_ in FORMATS:
        assert "212600000000" not in text_of(VIEWS["profile"](), format_)
        everything = profile_view(PROFILE, STUDENT, all_fields=True)
        assert "212600000000" in text_of(everything, format_)
    assert "212600000000" not in repr(PROFILE)


def test_an_average_in_words_is_shown_but_is_no_number() -> None:
    view = VIEWS["journey"]()
    assert "غير متوفر" in text_of(view, "table")
    assert json.loads(text_of(view, "json"))["data"][2]["average"] is None
    assert rows_of(text_of(view, "csv"))[3] == ["2023/2024", "", "الجذع المشترك", "", "'=1+1"]


@pytest.mark.parametrize("name", ["grades", "summary", "journey", "profile", "hostile", "page"])
@pytest.mark.parametrize("width", [60, 80, 100, 120, 160, 240])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    for line in text_of(VIEWS[name](), "table", width=width).splitlines():
        assert width_of(line) <= width, line


@pytest.mark.parametrize("width", [30, 40, 50, 60, 72])
def test_where_no_table_fits_each_row_is_a_block_with_every_mark_whole(width: int) -> None:
    text = text_of(grades_view((LYCEE,), summary=False), "table", width=width)
    marks = ["15.50", "0.00", "15.00", "14.17", "13.75", "18.19", "13.70", "7.09"]
    items = [
        item
        for line in text.splitlines()
        if line.startswith("  ")
        for item in line.strip().split(" · ")
    ]
    assert [item.rpartition(": ")[2] for item in items][:9] == [*marks[:5], "7", *marks[5:]]
    assert all(len(line) <= width for line in text.splitlines())


@pytest.mark.parametrize("width", range(76, 180, 4))
def test_no_mark_is_ever_broken_or_left_out_at_a_terminal(width: int) -> None:
    lines = text_of(grades_view((LYCEE,), summary=False), "table", width=width).splitlines()
    rows = [
        re.findall(r"\d+\.\d\d(?!\d)", line)
        for line in lines
        if "average" not in line and re.search(r"\d\.\d", line)
    ]
    tests = [["15.50", "0.00", "15.00", "14.17", "13.75"], ["20.00", "9.50", "12.25", "10.00"]]
    extras = [["18.19", "13.70", "7.09"], ["20.00"]]
    full = [a + b for a, b in zip(tests, extras, strict=True)]
    assert rows in (tests, full), "\n".join(lines)


def test_a_wide_terminal_shows_every_column_and_a_narrow_one_the_marks() -> None:
    view = grades_view((LYCEE,), summary=False)
    wide = text_of(view, "table", width=200)
    narrow = text_of(view, "table", width=80)
    for extra in ("Class max", "Class mean", "Class min", "Coef."):
        assert extra in wide
        assert extra not in narrow
    assert "18.19" not in narrow


def test_a_pipe_gets_arabic_in_logical_order_with_nothing_added() -> None:
    text = text_of(VIEWS["grades"](), "table")
    assert not re.search(
        "[\u2066-\u2069\u202a-\u202e\u200e\u200f\ufb50-\ufdff\ufe70-\ufefc\x1b]", text
    )
    assert "الفيزياء والكيمياء" in text


def test_colours_come_only_where_they_are_wanted() -> None:
    assert "\x1b[" in text_of(VIEWS["journey"](), "table", width=80, colour=True)
    assert "\x1b" not in text_of(VIEWS["journey"](), "table", width=80)


def test_a_long_name_is_broken_over_lines_and_not_cut() -> None:
    name = "مادة " * 30 + "النهاية"
    view = card_with(SubjectResult(subject=name, subject_id=None, continuous=Decimal(15)))
    assert name in text_of(view, "table")
    shown = text_of(view, "table", width=80)
    letters = re.sub(r"[^\u0600-\u06ff]", "", shown)
    assert letters == name.replace(" ", "") or "…" in shown


any_text = st.text(st.characters(codec="utf-8"), max_size=30)


@given(subject=any_text, name=any_text, raw=any_text, component=st.none() | any_text)
def test_any_text_survives_json_and_stays_in_its_csv_cell(
    subject: str, name: str, raw: str, component: str | None
) -> None:
    mark = Assessment(name, None, AssessmentKind.OTHER, None, GradeStatus.UNKNOWN, raw)
    view = card_with(
        SubjectResult(subject=subject, subject_id=None, component=component, assessments=(mark,))
    )
    result = json.loads(text_of(view, "json"))["data"][0]["subjects"][0]
    assert result["subject"] == subject
    assert result["component"] == component
    assert result["assessments"][0]["name"] == name
    assert result["assessments"][0]["raw"] == raw
    header, row = rows_of(text_of(view, "csv"))
    assert len(row) == len(header)
    for cell in row:
        is_number = re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell, re.ASCII)
        assert cell[:1] not in tuple("=+-@\t\r") or is_number
    for width in (None, 70):
        lines = text_of(view, "table", width=width)
        assert not CONTROLS.search(re.sub("[\u2068\u2069]", "", lines))


@given(st.decimals(0, 20, places=2, allow_nan=False, allow_infinity=False))
def test_any_mark_is_the_same_number_in_every_format(mark: Decimal) -> None:
    view = card_with(SubjectResult(subject="s", subject_id=None, continuous=mark), average=mark)
    document = json.loads(text_of(view, "json"), parse_float=Decimal, parse_int=Decimal)
    assert document["data"][0]["average"] == mark
    summary = grades_view(
        (
            replace(
                LYCEE,
                card=ReportCard(
                    subjects=(SubjectResult(subject="s", subject_id=None, continuous=mark),)
                ),
            ),
        ),
        summary=True,
    )
    written = rows_of(text_of(summary, "csv"))[1][5]
    assert Decimal(written) == mark
    assert not re.fullmatch(r".*\.\d*0", written)
    assert f"Semester average: {mark:.2f}\n" in text_of(view, "table")


def test_large_files_are_compared_to_their_last_byte() -> None:
    at_another_time = ENVELOPE._replace(fetched_at=ENVELOPE.fetched_at + timedelta(days=1))
    many = grades_view(GRADES * 200, summary=False)
    more = grades_view((*GRADES * 200, LYCEE), summary=False)

    def written(view: View, format_: str, envelope: Envelope) -> bytes:
        stream = io.BytesIO()
        FORMATS[format_](view, stream, envelope)
        return stream.getvalue()

    for format_ in FORMATS:
        old = written(many, format_, ENVELOPE)
        assert len(old) > 100_000
        assert hold_the_same(old, written(many, format_, at_another_time))
        assert not hold_the_same(old, written(more, format_, at_another_time))
