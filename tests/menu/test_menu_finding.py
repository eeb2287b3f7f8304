"""How a page is found: by kind, by name, by a choice; and how often the portal is asked for it."""

import json
from pathlib import Path

import pytest

from massar_cli.errors import PageChanged, UsageProblem
from massar_cli.portal_menu import PageKind
from massar_cli.practice.students import STUDENTS, PracticeStudent
from massar_cli.services.finding import (
    find_named,
    find_named_and_others,
    find_page,
    kind_name,
    menu_of,
    open_found,
)
from tests.conftest import Practice
from tests.menu.conftest import AnyPage, Open

SERVICES = [kind for kind in PageKind if kind is not PageKind.OTHER]


def student(code: str) -> PracticeStudent:
    return next(one for one in STUDENTS if one.code == code)


def test_every_kind_of_page_is_found_and_opens(edition: Practice, open_session: Open) -> None:
    session = open_session(edition.url)
    for kind in SERVICES:
        found = find_page(session, kind)
        assert found.page is not None
        assert found.page.kind is kind
        assert open_found(session, AnyPage, found.page).read().startswith(edition.url)


def test_a_found_page_costs_four_requests_cold_and_one_warm(
    edition: Practice, open_session: Open
) -> None:
    def show_absences() -> str:
        with open_session(edition.url) as session:
            page = find_page(session, PageKind.ABSENCES).page
            assert page is not None
            open_found(session, AnyPage, page)
            return page.address

    address = show_absences()
    assert len(edition.portal.journal) == 4
    edition.portal.journal.clear()
    assert show_absences() == address
    assert edition.asked() == [f"GET /moutamadris/{address}"]


def test_of_several_pages_the_best_is_shown_and_the_others_are_named(
    practice: Practice, open_session: Open
) -> None:
    found = find_page(open_session(practice.url), PageKind.ABSENCES)
    assert found.page is not None
    assert found.page.label == "الغياب"
    assert [other.label for other in found.others] == ["تتبع الغياب والتأخر"]
    (note,) = found.notes
    assert "تتبع الغياب والتأخر" in note
    assert "--page" in note


def test_a_page_that_the_menu_lacks_is_said_not_to_be_offered(
    edition: Practice, open_session: Open
) -> None:
    session = open_session(edition.url, student("X130000008"))
    for kind in (PageKind.ABSENCES, PageKind.TIMETABLE, PageKind.ORIENTATION):
        found = find_page(session, kind)
        assert found.page is None
        assert found.others == ()
        assert kind_name(kind) in found.notes[0]
    assert len(edition.portal.journal) == 3, "a menu read a moment ago is not read again"


def test_a_kept_menu_that_lacks_a_page_is_read_anew_once(
    edition: Practice, open_session: Open
) -> None:
    with open_session(edition.url, student("X130000008")) as session:
        session.sign_in()
    edition.portal.journal.clear()
    session = open_session(edition.url, student("X130000008"))
    for _turn in range(3):
        assert find_page(session, PageKind.ABSENCES).page is None
    assert len(edition.portal.journal) == 1


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("absences", "TuteurEleves/SuiviAssiduite"),
        ("ABSENCES ", "TuteurEleves/SuiviAssiduite"),
        ("الغياب", "TuteurEleves/SuiviAssiduite"),
        ("تتبع الغياب والتاخر", "TuteurEleves/SuiviBilletEntree"),
        ("والتأخر", "TuteurEleves/SuiviBilletEntree"),
        ("النصوص", "TuteurEleves/SuiviCahier"),
        ("tuteureleves/suivicahier", "TuteurEleves/SuiviCahier"),
        ("/TuteurEleves/SuiviCahier", "TuteurEleves/SuiviCahier"),
        ("TuteurEleves/Autre?x=1", "TuteurEleves/Autre?x=1"),
        ("/moutamadris/TuteurEleves/Autre", "TuteurEleves/Autre"),
    ],
)
def test_a_name_is_a_kind_a_label_a_part_of_one_or_an_address(
    practice: Practice, open_session: Open, text: str, address: str
) -> None:
    session = open_session(practice.url)
    named = find_named(session, text)
    assert named.address == address
    assert find_page(session, PageKind.EXAMS, text).page == named


def test_a_whole_address_may_be_given(practice: Practice, open_session: Open) -> None:
    found = find_named(open_session(practice.url), f"{practice.url}/TuteurEleves/SuiviHoraire#x")
    assert found.address == "TuteurEleves/SuiviHoraire"


@pytest.mark.parametrize("text", ["التتبع", "xyz", "", "  ", "!", "other", "grad"])
def test_a_name_of_nothing_is_wrong_usage(
    practice: Practice, open_session: Open, text: str
) -> None:
    with pytest.raises(UsageProblem, match="no page") as caught:
        find_named(open_session(practice.url), text)
    assert "massar pages" in caught.value.hint


def test_words_that_mean_a_kind_find_its_page_where_no_label_has_them(
    practice: Practice, open_session: Open
) -> None:
    session = open_session(practice.url)
    assert find_named(session, "emploi du temps").kind is PageKind.TIMETABLE
    for name in ("absences", "Retards"):
        best, (note,) = find_named_and_others(session, name)
        assert best.label == "الغياب"
        assert "تتبع الغياب والتأخر" in note
    assert find_named_and_others(session, "الغياب") == (best, ())
    with pytest.raises(UsageProblem):  # another command's page is never taken for its own
        find_page(session, PageKind.HOMEWORK, "emploi du temps")


@pytest.mark.parametrize(
    ("text", "meant"), [("timetabel", "timetable"), ("استعمال الزمان", "استعمال الزمن")]
)
def test_a_name_of_nothing_is_met_with_the_one_that_is_nearly_it(
    practice: Practice, open_session: Open, text: str, meant: str
) -> None:
    with pytest.raises(UsageProblem) as caught:
        find_named(open_session(practice.url), text)
    assert f": {meant}" in caught.value.hint


def test_a_name_of_several_pages_lists_them(practice: Practice, open_session: Open) -> None:
    session = open_session(practice.url)
    with pytest.raises(UsageProblem) as caught:
        find_named(session, "تتبع")
    for label in ("تتبع النقط", "تتبع الغياب والتأخر"):
        assert label in caught.value.message
    # For a command of its own kind only one of them can be meant.
    chosen = find_page(session, PageKind.ABSENCES, "تتبع").page
    assert chosen is not None
    assert chosen.label == "تتبع الغياب والتأخر"


@pytest.mark.parametrize(
    "text",
    [
        "Account/LogOff",
        "/moutamadris/Account/LogOff",
        "x/../Account/LogOff",
        "TuteurEleves/ResetMFA",
        "Cap/ValiderFiche",
        "General/SetCulture?culture=fr",
        "https://evil.example/moutamadris/Page",
        "//evil.example/Page",
        "http://127.0.0.1:1/moutamadris/Page",
        "javascript://x/%0aalert(1)",
        "https://[::1/x",
    ],
)
def test_an_address_that_is_never_followed_is_wrong_usage(
    practice: Practice, open_session: Open, text: str
) -> None:
    session = open_session(practice.url)
    session.sign_in()
    practice.portal.journal.clear()
    with pytest.raises(UsageProblem, match="never asked for"):
        find_named(session, text)
    assert practice.asked() == []


def test_a_pinned_page_is_taken_for_its_kind_alone(practice: Practice, open_session: Open) -> None:
    session = open_session(practice.url)
    pinned = {"absences": "والتأخر", "homework": "TuteurEleves/Autre"}
    addresses = [
        find_named(session, name, pinned).address for name in ("absences", "homework", "الغياب")
    ]
    assert addresses == [
        "TuteurEleves/SuiviBilletEntree",
        "TuteurEleves/Autre",
        "TuteurEleves/SuiviAssiduite",
    ]


def test_the_menu_of_an_account_that_is_urged_to_change_its_password_is_read_too(
    edition: Practice, open_session: Open
) -> None:
    suggested = student("X130000004")
    with open_session(edition.url, suggested) as session:
        assert find_page(session, PageKind.GRADES).page is not None
    edition.portal.journal.clear()
    assert find_page(open_session(edition.url, suggested), PageKind.GRADES).page is not None
    assert edition.asked() == []


def test_a_session_file_of_before_menus_were_kept_costs_one_request_more_once(
    edition: Practice, open_session: Open, tmp_path: Path
) -> None:
    with open_session(edition.url) as session:
        session.sign_in()
    (file,) = tmp_path.glob("session-*.json")
    kept = json.loads(file.read_bytes())
    del kept["landing"]
    file.write_text(json.dumps(kept))
    edition.portal.journal.clear()
    for _turn in range(2):
        with open_session(edition.url) as session:
            menu_of(session)
            assert session.student is not None
            assert session.student.name in ("سلمى المثال", "SALMA EL MITAL")
    assert edition.asked() == ["GET /moutamadris/General/Home"]


def test_the_menu_of_a_session_that_another_run_made_is_taken_over(
    edition: Practice, open_session: Open
) -> None:
    late, early = open_session(edition.url), open_session(edition.url)
    early.sign_in()
    edition.portal.journal.clear()
    assert menu_of(late) == menu_of(early)
    assert edition.asked() == []


def test_a_dead_session_costs_one_sign_in_and_finds_the_page_all_the_same(
    edition: Practice, open_session: Open
) -> None:
    with open_session(edition.url) as session:
        session.sign_in()
    edition.portal.expire_sessions()
    session = open_session(edition.url)
    found = find_page(session, PageKind.MESSAGES).page
    assert found is not None
    open_found(session, AnyPage, found)
    assert edition.passwords_posted() == 2


def test_a_page_that_is_gone_and_in_the_same_place_in_the_menu_fails_after_one_look(
    practice: Practice, open_session: Open
) -> None:
    with open_session(practice.url) as session:
        session.sign_in()
    practice.portal.journal.clear()
    session = open_session(practice.url)
    gone = find_named(session, "TuteurEleves/Autre")
    with pytest.raises(PageChanged):
        open_found(session, AnyPage, gone)
    assert practice.asked() == [
        "GET /moutamadris/TuteurEleves/Autre",
        "GET /moutamadris/General/Home",
    ]
