"""Every fixture page gives the record beside it; a folder more needs no test more."""

from typing import Any

import pytest

from massar_cli.errors import PageChanged
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.pages.report_card import ReportCardPage
from massar_cli.portal.pages.school_path import SchoolPathPage
from massar_cli.records import GradeStatus
from tests.pages.fixture_cases import (
    CASES,
    FIXTURES,
    MODULES,
    Case,
    first_difference,
    outcome,
    page_class,
    page_classes,
)

GOOD = [case for case in CASES if not case.is_refused]
PAIRS = [
    (case, Case(case.module, case.name.removesuffix("_ar") + "_fr"))
    for case in GOOD
    if case.name.endswith("_ar")
    and Case(case.module, case.name.removesuffix("_ar") + "_fr") in CASES
]
# Reads whatever the application shows, so the answers of all other pages too.
GENERAL = "content"
# What a page says whatever its language.
SAME_IN_EVERY_LANGUAGE = {
    *("class_size", "school_class", "out_of", "average", "exam_average", "average_text"),
    *("subject_id", "coefficient", "continuous", "exam"),
    *("class_max", "class_average", "class_min"),
    *("number", "kind", "grade", "field"),
    *("id", "label", "school_year", "code", "guardian_phone"),
    *("role", "value", "is_chosen", "is_marked", "next_address", "address", "marks", "is_form"),
    *("date", "until", "hours", "justified", "published", "due", "weekday", "start", "end"),
    *("unread", "rank"),
}
STATUSES = tuple(status.value for status in GradeStatus)
EMPTY = "nothing_recorded"
LISTS = {module for module in MODULES if issubclass(page_class(module), ListPage)}
NEXT_PAGES = {
    "page_1_of_2_ar": 2,
    "page_1_of_2_fr": 2,
    "page_2_of_2_ar": None,
    "page_2_of_2_fr": None,
    "page_3_of_7_fr": 4,
    "one_page_ar": None,
    "empty_grid_fr": None,
}


def identity(case: Case) -> str:
    return f"{case.module}/{case.name}"


def facts(value: Any, path: str = "") -> list[tuple[str, Any]]:
    """Return the numbers and ids of a record with their places."""
    if isinstance(value, list):
        return [fact for i, one in enumerate(value) for fact in facts(one, f"{path}[{i}]")]
    if isinstance(value, dict):
        return [
            fact
            for name, one in value.items()
            if name != "raw" or not isinstance(one, dict)
            for fact in (
                [(f"{path}.{name}", one)]
                if name in SAME_IN_EVERY_LANGUAGE or (name == "status" and one in STATUSES)
                else facts(one, f"{path}.{name}")
            )
        ]
    return []


@pytest.mark.parametrize("case", CASES, ids=identity)
def test_a_fixture_page_gives_the_record_beside_it(case: Case) -> None:
    expected = case.expected
    if case.is_refused:
        assert expected == {"error": "page-changed"}, "a refused case expects nothing else"
    difference = first_difference(expected, outcome(case.module, case.html))
    assert difference is None, difference


def test_no_folder_belongs_to_a_page_that_does_not_exist() -> None:
    folders = {folder.name for folder in FIXTURES.iterdir() if folder.is_dir()}
    assert folders - {"fuzz", "landing", "session"} <= set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_every_page_has_good_cases_in_both_languages_and_refused_ones(module: str) -> None:
    names = [case.name for case in CASES if case.module == module]
    good = [name for name in names if not name.startswith("refused_")]
    assert any(name.endswith("_ar") for name in good)
    assert any(name.endswith("_fr") for name in good)
    assert len(good) < len(names)


@pytest.mark.parametrize("module", MODULES)
def test_a_page_module_has_exactly_one_page_class_with_address_and_landmark(module: str) -> None:
    classes = page_classes(module)
    assert len(classes) == 1
    # Nobody has published the other pages' addresses: the menu names them.
    is_named = module == GENERAL or issubclass(classes[0], ListPage)
    assert classes[0].path == "" if is_named else classes[0].path.startswith("TuteurEleves/")
    assert classes[0].method in {"GET", "POST"}
    assert classes[0].landmark


@pytest.mark.parametrize(("arabic", "french"), PAIRS, ids=[identity(case) for case, _fr in PAIRS])
def test_the_arabic_and_the_french_copy_give_the_same_numbers_and_ids(
    arabic: Case, french: Case
) -> None:
    in_arabic = facts(outcome(arabic.module, arabic.html))
    in_french = facts(outcome(french.module, french.html))
    assert first_difference([*map(list, in_arabic)], [*map(list, in_french)]) is None
    if not arabic.name.startswith((EMPTY, "nothing_published", "empty_grid", "no_years")):
        assert any(value for _path, value in in_arabic)


def test_every_page_is_compared_in_both_languages() -> None:
    assert {arabic.module for arabic, _french in PAIRS} == set(MODULES)


@pytest.mark.parametrize("case", GOOD, ids=identity)
def test_no_page_class_takes_the_answer_of_another_page_for_its_own(case: Case) -> None:
    for other in MODULES:
        # Lists are told apart by the menu: a day and a subject may be an absence or a test.
        if other in (case.module, GENERAL) or {other, case.module} <= {*LISTS, GENERAL}:
            continue
        with pytest.raises(PageChanged):
            page_class(other)(case.html).read()


@pytest.mark.parametrize("case", [c for c in GOOD if c.module == "report_card"], ids=identity)
def test_a_report_card_is_published_unless_its_case_says_that_nothing_is(case: Case) -> None:
    card = ReportCardPage(case.html).read()
    assert card.is_published is not case.name.startswith("nothing_published")


@pytest.mark.parametrize("name", NEXT_PAGES)
def test_the_pager_names_the_page_after_this_one_and_nothing_on_the_last(name: str) -> None:
    assert SchoolPathPage(Case("school_path", name).html).next_page() == NEXT_PAGES[name]


@pytest.mark.parametrize("case", [c for c in GOOD if c.module in LISTS], ids=identity)
def test_a_list_is_empty_only_where_its_case_says_that_nothing_is_recorded(case: Case) -> None:
    page = page_class(case.module)(case.html)
    assert bool(page.read()) is not case.name.startswith(EMPTY)


@pytest.mark.parametrize(
    ("name", "headings"),
    [("refused_unknown_headings_ar", "الوضع, القيمة"), ("refused_no_list_ar", "")],
)
def test_a_refused_list_names_its_headings_and_none_of_its_values(name: str, headings: str) -> None:
    with pytest.raises(PageChanged) as caught:
        page_class("absences")(Case("absences", name).html, "https://x.men.gov.ma/m/Page").read()
    assert headings in caught.value.message
    assert "/m/Page" in caught.value.message
    assert "أ" not in caught.value.message.replace(headings, "")


@pytest.mark.parametrize(
    ("case", "others"),
    [
        (Case("absences", "months_and_totals_fr"), 1),
        (Case("absences", "hours_fr"), 0),
        (Case("absences", "form_above_the_list_fr"), 0),
        (Case("timetable", "days_across_fr"), 0),
    ],
    ids=lambda value: value if isinstance(value, int) else identity(value),
)
def test_other_tables_of_a_page_are_counted(case: Case, others: int) -> None:
    page = page_class(case.module)(case.html)
    assert isinstance(page, ListPage)
    assert page.listing.others == others


def test_a_refused_page_is_named_in_the_error_with_its_address() -> None:
    for case in CASES:
        if case.is_refused:
            page = page_class(case.module)
            with pytest.raises(PageChanged) as caught:
                page(case.html).read()
            assert page.path in caught.value.message, identity(case)
            assert caught.value.exit_code == 5


def test_the_first_difference_names_the_field_that_differs() -> None:
    expected = {"subjects": [{"exam": "1"}, {"exam": "2"}], "average": None}
    read = {"subjects": [{"exam": "1"}, {"exam": "2.0"}], "average": None}
    assert first_difference(expected, expected) is None
    assert first_difference(expected, read) == "record.subjects[1].exam: expected '2', read '2.0'"
    assert first_difference([1], [1, 2]) == "record: expected '1 entries', read '2 entries'"
    assert first_difference({"a": 1}, {}) == "record.a: expected 1, read '(no such field)'"
    assert first_difference({}, {"a": 1}) == "record.a: expected '(no such field)', read 1"
    assert first_difference(0, False) == "record: expected 0, read False"
