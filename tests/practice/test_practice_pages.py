"""The signed-in pages of the practice portal, and the truth of what they print."""

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from massar_cli.practice.cards import ReportCard, Special
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO, STUDENTS, PracticeStudent

SignIn = Callable[[PracticePortal, PracticeStudent], httpx.Client]
BULLETIN = "TuteurEleves/GetBulletins"
PRIMARY, COLLEGE, EMPTY = STUDENTS[1], STUDENTS[2], STUDENTS[6]
CC_AR = ["الفرض الأول", "الفرض الثاني", "الفرض الثالث", "الفرض الرابع", "الأنشطة المندمجة"]
EXAM_FR = [
    "Notes Controls Continues",
    "Coefficient",
    "Note Max",
    "Note moyenne du classe",
    "Note Min",
    "Note Examen",
]


def soup(answer: httpx.Response) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode("utf-8"), "html.parser")


def bulletin(browser: httpx.Client, year: int, session: int) -> BeautifulSoup:
    fields = {"Annee": str(year), "IdSession": str(session)}
    return soup(browser.post(BULLETIN, data=fields))


def headings(page: BeautifulSoup, tab: str) -> list[str]:
    return [one.text for one in page.select(f"{tab} > div > div > table > thead > tr > th")]


def rows(page: BeautifulSoup, tab: str) -> list[list[Tag]]:
    return [list(row.select("td")) for row in page.select(f"{tab} table > tbody > tr")]


def all_cards() -> Iterator[tuple[PracticeStudent, ReportCard]]:
    for student in STUDENTS:
        for year in student.years.values():
            for card in year.cards.values():
                yield student, card


def test_years_and_sessions(sign_in: SignIn) -> None:
    page = soup(sign_in(PracticePortal(), DEMO).get("TuteurEleves/GetNotesEleve"))
    years = [(one["value"], one.text) for one in page.select("#SelectedAnnee option")]
    assert years[0][0] == ""
    assert years[1:] == [(str(year), f"{year}/{year + 1}") for year in range(2023, 2027)]
    sessions = [(one["value"], one.text) for one in page.select("#SelectedSession option")]
    assert sessions[0][0] == "0"
    assert sessions[1:] == [
        ("1", "الدورة الأولى"),
        ("2", "الدورة الثانية"),
        ("3", "المعدل السنوي"),
    ]
    assert page.select_one("#btnSearchNotes") is not None
    assert page.select_one("#ResultBulletin") is not None


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("session", ["1", "01"])
def test_fragment(sign_in: SignIn, method: str, session: str) -> None:
    browser = sign_in(PracticePortal(), DEMO)
    fields = {"Annee": "2026", "IdSession": session}
    answer = (
        browser.get(BULLETIN, params=fields)
        if method == "GET"
        else browser.post(BULLETIN, data=fields)
    )
    assert answer.headers["Content-Type"] == "text/html"
    page = soup(answer)
    assert page.html is None
    assert [one.text for one in page.select("dd")] == [
        "ثانوية التدريب التأهيلية",
        "السنة الثانية بكالوريا علوم فيزيائية - خيار فرنسية",
        "2BACSPF-1",
        "34",
    ]
    tabs = [one["href"] for one in page.select("div.nav-tabs-custom > ul.nav-tabs > li > a")]
    assert tabs == ["#tab_cc", "#tab_notes_exam", "#tab_chart"]
    assert page.select_one("#tab_chart #chart") is not None
    assert {" ".join(one["class"]) for one in page.select("table")} == {
        "table table-bordered grid-table"
    }
    assert headings(page, "#tab_cc") == ["المادة", *CC_AR]
    assert len(rows(page, "#tab_cc")) == len(rows(page, "#tab_notes_exam")) == 11
    assert all(row[0]["rowspan"] == "1" for row in rows(page, "#tab_cc"))
    assert DEMO.code not in answer.text
    assert DEMO.first_name.ar not in answer.text


def test_special_marks(sign_in: SignIn) -> None:
    page = bulletin(sign_in(PracticePortal(), DEMO), 2026, 1)
    first = rows(page, "#tab_cc")[0]
    assert first[0].text == "المواظبة و السلوك "
    assert [cell.find("span") is None for cell in first[1:]] == [False, True, True, True, True]
    words = [cell.text for row in rows(page, "#tab_cc") for cell in row[1:]]
    assert words.count("غائب") == 1
    assert words.count("معفى") == 3
    assert words.count("0,00") == 1
    assert {"16,06", "12,25", "14,50"} <= set(words)
    assert "\N{NO-BREAK SPACE}" in page.text


def test_french_names(sign_in: SignIn) -> None:
    page = bulletin(sign_in(PracticePortal(language="fr"), DEMO), 2026, 1)
    assert [one.text for one in page.select("dt")] == [
        "Etablissement",
        "Niveau",
        "Classe",
        "Nombre éléves",
    ]
    names = [row[0].text for row in rows(page, "#tab_cc")]
    assert names[0] == "ASSIDUITE ET CONDUITE "
    assert names[1:] == sorted(names[1:])
    assert all(name.isascii() or "\N{NO-BREAK SPACE}" in name for name in names)
    assert headings(page, "#tab_notes_exam") == ["Matière", *EXAM_FR]
    labels = page.select('#tab_notes_exam > div:nth-of-type(2) > div[style*="border-top"]')
    assert [one.find("label").text for one in labels] == [  # type: ignore[union-attr]
        "Moyenne session",
        "Note examen",
    ]
    assert [one.find("span").text for one in labels] == ["14,36", "13,72"]  # type: ignore[union-attr]


def test_orders_of_2025(sign_in: SignIn) -> None:
    arabic = bulletin(sign_in(PracticePortal(edition="2025"), DEMO), 2026, 1)
    assert headings(arabic, "#tab_cc")[1:] == [*CC_AR[:3], CC_AR[4], CC_AR[3]]
    french = bulletin(sign_in(PracticePortal(edition="2025", language="fr"), DEMO), 2026, 1)
    swapped = [EXAM_FR[1], EXAM_FR[0], *EXAM_FR[2:]]
    assert headings(french, "#tab_notes_exam")[1:] == swapped


@pytest.mark.parametrize("edition", ["2018", "2025"])
def test_obscure_headings_keep_the_documented_order(sign_in: SignIn, edition: str) -> None:
    portal = PracticePortal(edition=edition, exam_headings="obscure")
    page = bulletin(sign_in(portal, DEMO), 2026, 1)
    assert headings(page, "#tab_notes_exam")[:3] == ["المادة", "ن.م.م", "ض"]
    conduct = [cell.text for cell in rows(page, "#tab_notes_exam")[0]]
    assert conduct[1:3] == ["18,00", "1"]
    assert headings(page, "#tab_cc")[0] == "المادة"


def test_components(sign_in: SignIn) -> None:
    page = bulletin(sign_in(PracticePortal(language="fr"), PRIMARY), 2026, 1)
    for tab in ("#tab_cc", "#tab_notes_exam"):
        assert headings(page, tab)[:2] == ["Matière", "Composant"]
        table = rows(page, tab)
        start = next(at for at, row in enumerate(table) if row[0].text == "LANGUE ARABE")
        assert table[start][0]["rowspan"] == "5"
        group = table[start : start + 5]
        assert [len(row) for row in group] == [len(group[0])] + [len(group[0]) - 1] * 4
        assert [group[0][1].text] + [row[0].text for row in group[1:]] == [
            "Lecture",
            "Grammaire",
            "Dictée",
            "Production écrite",
            "Moyenne d'unité",
        ]


def test_nothing_published_in_three_ways(sign_in: SignIn) -> None:
    portal = PracticePortal()
    bare = bulletin(sign_in(portal, EMPTY), 2026, 1)
    assert [one.text for one in bare.select("dd")] == ["", "", "", ""]
    assert bare.select("table") == []
    assert [one["id"] for one in bare.select(".tab-pane")] == [
        "tab_cc",
        "tab_notes_exam",
        "tab_chart",
    ]
    headings_only = bulletin(sign_in(portal, PRIMARY), 2026, 2)
    assert len(headings_only.select("table")) == 2
    assert headings_only.select("tbody > tr") == []
    browser = sign_in(portal, DEMO)
    unvalidated = bulletin(browser, 2026, 2)
    for tab in ("#tab_cc", "#tab_notes_exam"):
        table = rows(unvalidated, tab)
        assert len(table) == 11
        assert all(row[0].text.strip() for row in table)
        assert all(not cell.text.strip() for row in table for cell in row[1:])
    half = bulletin(browser, 2024, 2)
    assert any(cell.text for row in rows(half, "#tab_cc") for cell in row[1:])
    assert not any(cell.text for row in rows(half, "#tab_notes_exam") for cell in row[1:])
    assert bulletin(browser, 1999, 1).select("table") == []


def test_annual_card(sign_in: SignIn) -> None:
    page = bulletin(sign_in(PracticePortal(), DEMO), 2025, 3)
    assert page.select_one("#tab_cc") is None
    assert len(rows(page, "#tab_notes_exam")) == 12
    averages = [one.text for one in page.select('div[style*="border-top"] span')]
    assert averages == ["13,75", ""]


def test_missing_number(sign_in: SignIn) -> None:
    assert sign_in(PracticePortal(), DEMO).post(BULLETIN).status_code == 500
    assert sign_in(PracticePortal(edition="2025"), DEMO).post(BULLETIN).status_code == 200


def test_first_listed_year_is_fully_published() -> None:
    card = DEMO.report_card(min(DEMO.years), 1)
    assert card is not None
    assert len(card.subjects) >= 9
    assert card.session_average is not None
    assert card.exam_average is not None
    lines = [line for entry in card.subjects for line in entry.lines]
    assert all(isinstance(line.continuous, Decimal) for line in lines)
    assert any(isinstance(line.exam, Decimal) for line in lines)


def test_marks_cover_every_special_case() -> None:
    lines = [line for _, card in all_cards() for entry in card.subjects for line in entry.lines]
    tests = [mark for line in lines for mark in (line.test1, line.test2, line.test3, line.test4)]
    assert {Special.ABSENT, Special.EXEMPT, Decimal(0)} <= set(tests)
    assert any(line.coefficient == 0 for line in lines)


def test_averages_are_true() -> None:
    def weighted(card: ReportCard, column: str) -> Decimal | None:
        pairs = [
            (getattr(line, column), line.coefficient)
            for entry in card.subjects
            for line in entry.lines
            if line.coefficient is not None and isinstance(getattr(line, column), Decimal)
        ]
        weights = sum(weight for _, weight in pairs)
        if not weights:
            return None
        total = sum((mark * weight for mark, weight in pairs), Decimal())
        return (total / weights).quantize(Decimal("0.01"), ROUND_HALF_UP)

    for _, card in all_cards():
        assert card.session_average == weighted(card, "continuous")
        assert card.exam_average == weighted(card, "exam")


def test_class_figures_are_possible() -> None:
    for student, card in all_cards():
        scale = 10 if student is PRIMARY else 20
        for entry in card.subjects:
            for line in entry.lines:
                if line.highest is None or line.mean is None or line.lowest is None:
                    continue
                assert scale >= line.highest >= line.mean >= line.lowest >= 0
                if isinstance(line.continuous, Decimal):
                    assert line.highest >= line.continuous >= line.lowest


def test_school_path_has_pages(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(language="fr"), DEMO)
    seen = []
    for number in (1, 2):
        page = soup(browser.get(f"TuteurEleves/GetScolariteEleve?grid-page={number}"))
        assert page.select_one("div.grid-mvc > div.grid-wrap > table.grid-table") is not None
        current = page.select("div.grid-footer div.grid-pager ul.pagination li.active span")
        assert [one.text for one in current] == [str(number)]
        table = page.select("tbody tr.grid-row")
        assert len(table) >= 3
        seen += [{str(cell["data-name"]): cell.text for cell in row.select("td")} for row in table]
    years = [row["AnneeScolaire"] for row in seen]
    assert years == sorted(years, reverse=True)
    assert seen[0] == {
        "AnneeScolaire": "2026/2027",
        "Etablissement": "LYCEE QUALIFIANT DE DEMONSTRATION",
        "Niveau": "2ème Année Bac Sciences Physiques - Option Français",
        "Moyenne": "",
        "resultat": "",
    }
    assert (seen[1]["Moyenne"], seen[1]["resultat"]) == ("13,75", "Admis")
    assert seen[-1]["Niveau"] == "5EME ANNEE PRIMAIRE"
    links = [
        one["href"]
        for one in soup(browser.get("TuteurEleves/GetScolariteEleve")).select(".grid-pager a")
    ]
    assert links == ["?grid-page=2", "?grid-page=2"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("ar", "There are no items to display"), ("fr", "Il ya pas d'articles à afficher")],
)
def test_empty_school_path(sign_in: SignIn, language: str, words: str) -> None:
    browser = sign_in(PracticePortal(language=language), EMPTY)
    page = soup(browser.get("TuteurEleves/GetScolariteEleve"))
    assert [one.text for one in page.select("tbody tr.grid-empty-text td[colspan='5']")] == [words]
    assert page.select(".grid-pager") == []


def test_profile(sign_in: SignIn) -> None:
    page = soup(sign_in(PracticePortal(), DEMO).get("TuteurEleves/GetInfoEleve"))
    code = page.select("dd#codeEleve")[0]
    block = code.parent.parent.parent  # type: ignore[union-attr]
    assert [one.text for one in block.select("dd")[:3]] == [  # type: ignore[union-attr]
        "X130000001",
        "سلمى (SALMA)",
        "المثال (EL MITAL)",
    ]
    assert len(page.select("dd")) == len(block.select("dd")) == 11  # type: ignore[union-attr]
    assert page.select("#Operateur option[selected]")[0]["value"] == "Orange"
    assert [one["value"] for one in page.select("input#Type[checked=checked]")] == ["Mère"]
    assert page.select("#EmailPerso")[0]["value"] == "salma@example.org"


@pytest.mark.parametrize("edition", ["2018", "2025"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_language_switch(sign_in: SignIn, edition: str, method: str) -> None:
    browser = sign_in(PracticePortal(edition=edition), DEMO)
    for culture, language in (("fr", "fr"), ("ar", "ar"), ("en", "fr"), ("xx", "fr")):
        answer = browser.request(
            method,
            f"General/SetCulture?culture={culture}&Url=%2Fmoutamadris%2FDashboard",
            headers={"Accept-Language": "ar"},
        )
        assert answer.headers["Location"] == "/moutamadris/Dashboard"
        page = soup(browser.get("Dashboard", headers={"Accept-Language": "en"}))
        assert page.html is not None
        assert page.html["lang"] == language
    greeting = page.select("h1.welcomeUser")[0]
    assert greeting.text.rstrip(",") == "Bonjour SALMA EL MITAL"
    assert (greeting.find_parent(class_="welcomeWrapper") is not None) == (edition == "2018")


def test_culture_cookie_of_2025(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(edition="2025"), DEMO)
    browser.cookies.set(".AspNetCore.Culture", "c=fr-FR|uic=fr-FR", domain="127.0.0.1")
    assert 'lang="fr"' in browser.get("Dashboard").text


def test_switch_stays_on_the_host(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(), DEMO)
    answer = browser.get("General/SetCulture?culture=fr&Url=https%3A%2F%2Fexample.org")
    assert answer.headers["Location"] == "/moutamadris/General/Home"


def test_menu_leads_to_every_page(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(language="fr"), DEMO)
    menu = soup(browser.get("General/Home")).select(".sidebar-menu a:not([data-ajax-method])")
    links = {one.text.strip(): str(one["href"]) for one in menu}
    assert links["Mes notes"] == "/moutamadris/TuteurEleves/GetNotesEleve"
    for address in links.values():
        if address.startswith("/"):
            assert browser.get(f"http://127.0.0.1{address}").status_code == 200


@pytest.mark.parametrize("address", ["UpdateEmailPerso", "ResetMFA"])
def test_writing_changes_nothing(sign_in: SignIn, address: str) -> None:
    portal = PracticePortal()
    browser = sign_in(portal, DEMO)
    before = browser.get("TuteurEleves/GetInfoEleve").text
    answer = browser.post(f"TuteurEleves/{address}", data={"EmailPerso": "other@example.org"})
    assert answer.status_code == 200
    assert answer.content
    assert portal.journal[-1].form_fields == ("EmailPerso",)
    assert "other@example.org" not in repr(portal.journal)
    assert browser.get("TuteurEleves/GetInfoEleve").text == before
    assert browser.get(f"TuteurEleves/{address}").status_code == 405


def test_unknown_addresses(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(), DEMO)
    for address in ("TuteurEleves/GetAbsences", "http://127.0.0.1/", "http://127.0.0.1/waliye"):
        answer = browser.get(address)
        assert answer.status_code == 404
        assert "Server Error" in answer.text
    assert browser.delete("Account").status_code == 405
    assert browser.get("tuteureleves/getnoteseleve/").status_code == 200


def test_french_pages_have_no_arabic(sign_in: SignIn) -> None:
    arabic = {chr(code) for code in range(0x600, 0x700)}
    for student, edition in product((DEMO, PRIMARY, COLLEGE, EMPTY), ("2018", "2025")):
        browser = sign_in(PracticePortal(edition=edition, language="fr"), student)
        pages = ["GetNotesEleve", "GetScolariteEleve", "GetInfoEleve"]
        pages += [f"GetBulletins?Annee={y}&IdSession={s}" for y in (2025, 2026) for s in (1, 2, 3)]
        for page in pages:
            text = soup(browser.get(f"TuteurEleves/{page}")).text
            assert not arabic & set(text.replace("العربية", ""))
