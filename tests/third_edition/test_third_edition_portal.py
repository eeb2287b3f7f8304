"""The third edition behaves as it says, before any client meets it."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode
from werkzeug.test import Client, TestResponse

from . import menu, spelling
from .portal import FORM_TOKEN, ThirdEdition
from .truth import ACCOUNTS, GHAYMA, NAWRAS, OFFERED, RAYHAN, ZAHRAN, Account, Language, account_of

BASE = "/moutamadris"
ADDRESSES = {
    "absences": menu.ABSENCES,
    "homework": menu.HOMEWORK,
    "timetable": menu.TIMETABLE,
    "tests": menu.TESTS,
    "messages": menu.MESSAGES,
    "documents": menu.DOCUMENTS,
    "orientation": menu.ORIENTATION,
    "marks": menu.NOTES,
    "journey": menu.JOURNEY,
    "profile": menu.PROFILE,
}


def _signed_in(portal: ThirdEdition, code: str) -> Client:
    client, account = Client(portal), account_of(code)
    answer = _sign_in(client, account.user_name, account.password)
    assert (answer.status_code, answer.location) == (302, f"{BASE}/{account.landing}")
    return client


def _sign_in(client: Client, user_name: str, password: str) -> TestResponse:
    form = HTMLParser(client.get(f"{BASE}/Account").text)
    token = _first(form, f"input[name={FORM_TOKEN}]").attributes["value"]
    fields = {FORM_TOKEN: token, "UserName": user_name, "Password": password}
    return client.post(f"{BASE}/Account", data=fields)


def _page(client: Client, address: str) -> HTMLParser:
    answer = client.get(f"{BASE}/{address}")
    assert answer.status_code == 200
    return HTMLParser(answer.text)


def _first(page: HTMLParser, selector: str) -> LexborNode:
    found = page.css_first(selector)
    assert found is not None
    return found


def _rows(page: HTMLParser, selector: str) -> list[list[str]]:
    return [
        [cell.text().strip() for cell in row.css("td")] for row in page.css(f"{selector} tbody tr")
    ]


def test_a_wrong_password_and_a_stale_token() -> None:
    client = Client(ThirdEdition())
    refused = _sign_in(client, f"{NAWRAS.code}@taalim.ma", "wrong")
    assert refused.status_code == 200
    assert HTMLParser(refused.text).css_first("div.validation-summary-errors li")
    stale = client.post(f"{BASE}/Account", data={FORM_TOKEN: "old", "UserName": "", "Password": ""})
    assert stale.status_code == 500


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.code)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_menu_offers_what_the_truth_says(account: Account, language: Language) -> None:
    client = _signed_in(ThirdEdition(language), account.code)
    for code, services in OFFERED[account.code].items():
        home = _page(client, f"General/Home?CodeEleve={code}")
        assert _first(home, "html").attributes["lang"] == language
        links = {link.attributes["href"] for link in home.css("ul.navbar-nav a")}
        offered = {name for name, address in ADDRESSES.items() if f"{BASE}/{address}" in links}
        assert offered == services
        for name, address in ADDRESSES.items():
            expected = 200 if name in services else 403
            assert client.get(f"{BASE}/{address}").status_code == expected


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_pages_show_the_truth(language: Language) -> None:
    client = _signed_in(ThirdEdition(language), NAWRAS.code)
    absences = _rows(_page(client, f"{menu.ABSENCES}?asdous=1"), "#tblMouadaba")
    first = [each for each in NAWRAS.absences if each.semester == 1]
    assert [row[5] for row in absences] == [f"{each.day:%d/%m/%Y}" for each in reversed(first)]
    homework = _page(client, menu.HOMEWORK).text()
    tests = _page(client, menu.TESTS)
    later = _page(client, f"{menu.TESTS}?grid-page=2")
    current = [each for each in NAWRAS.tests if each.year == 2026]
    shown = [*_rows(tests, ".grid-table"), *_rows(later, ".grid-table")]
    assert [row[4] for row in shown] == [spelling.long_date(each.day, language) for each in current]
    for item in NAWRAS.homework:
        assert spelling.long_date(item.due, language) in homework
    inbox = _page(client, menu.MESSAGES).text()
    wishes = _page(client, menu.ORIENTATION).text()
    week = _page(client, menu.TIMETABLE)
    assert all(message.body in inbox for message in NAWRAS.messages)
    assert all(wish.track.said(language) in wishes for wish in NAWRAS.wishes)
    assert len(week.css("table tr")) == len(NAWRAS.timetable) + 1


def test_files_come_as_recorded() -> None:
    client = _signed_in(ThirdEdition(), NAWRAS.code)
    homework = _page(client, menu.HOMEWORK)
    link = _first(homework, "a[href*=Murfaq]").attributes["href"] or ""
    attached = NAWRAS.homework[0].file
    assert attached
    assert client.get(link).data == attached.content
    certificate = client.get(f"{BASE}/Services/Wathaiq/Tahmil/9001")
    assert certificate.data == NAWRAS.documents[0].file.content
    assert "attachment" in certificate.headers["Content-Disposition"]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_bulletin_is_as_known(language: Language) -> None:
    client = _signed_in(ThirdEdition(language), NAWRAS.code)
    bulletin = client.post(
        f"{BASE}/TuteurEleves/GetBulletins",
        data={"Annee": "2026", "IdSession": "1"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    page = HTMLParser(bulletin.text)
    assert [len(page.css(tag)) for tag in ("dt", "dd", "table.grid-table")] == [4, 4, 2]
    card = NAWRAS.report_card(2026, 1)
    assert card
    exams = _rows(page, "#tab_notes_exam")
    assert [row[1] for row in exams] == [
        spelling.mark(row.continuous, language, girl=True) for row in card.rows
    ]
    assert page.css("#tab_notes_exam label + span")[0].text() == f"{card.average}".replace(".", ",")


def test_primary_components_share_the_cell_of_their_subject() -> None:
    client = _signed_in(ThirdEdition(), "X130000030")
    client.get(f"{BASE}/General/Home?CodeEleve={GHAYMA.code}")
    bulletin = client.get(f"{BASE}/TuteurEleves/GetBulletins?Annee=2026&IdSession=1")
    spans = HTMLParser(bulletin.text).css("#tab_cc td[rowspan]")
    assert [cell.attributes["rowspan"] for cell in spans] == ["3", "2", "1"]


def test_the_chosen_child_stays_chosen() -> None:
    client = _signed_in(ThirdEdition(), "X130000030")
    home = _page(client, "General/Home")
    codes = [button.attributes["data-code"] for button in home.css(".btnEleve")]
    assert codes == [ZAHRAN.code, GHAYMA.code]
    client.get(f"{BASE}/General/Home?CodeEleve={GHAYMA.code}")
    assert _first(_page(client, menu.PROFILE), "dd#codeEleve").text() == GHAYMA.code
    assert client.get(f"{BASE}/General/Home?CodeEleve={NAWRAS.code}").status_code == 403


def test_nothing_yet_has_its_own_words() -> None:
    client = _signed_in(ThirdEdition("fr"), RAYHAN.code)
    assert _page(client, menu.ABSENCES).css_first("td.dataTables_empty")
    assert _page(client, menu.TESTS).css_first("tr.grid-empty-text")
    assert "pas encore publié" in _page(client, menu.TIMETABLE).text()
    empty = client.get(f"{BASE}/TuteurEleves/GetBulletins?Annee=2026&IdSession=1")
    assert len(HTMLParser(empty.text).css("table.grid-table")) == 2


def test_every_form_and_every_changing_link_is_recorded() -> None:
    portal = ThirdEdition()
    client = _signed_in(portal, NAWRAS.code)
    addresses = [*ADDRESSES.values(), "Account/ChangePassword", "Tawassol/Barid/Jadid"]
    pages = [_page(client, address) for address in addresses]
    assert portal.touched == []
    forms = {form.attributes["action"] or "" for page in pages for form in page.css("form")}
    forms.remove(f"{BASE}/{menu.ABSENCES}")
    for action in forms:
        client.post(action, data={"id": "1"})
    assert len(portal.touched) == len(forms) == 8
    changing = ("Munjaz?id=71", "Demander?type=2", "Archiver?ref=503", "ToutLu", "Hadf?rang=1")
    links = {link.attributes["href"] or "" for page in pages for link in page.css("a[href]")}
    followed = [link for link in links if link.endswith((*changing, "LogOff"))]
    for link in sorted(followed, reverse=True):
        client.get(link)
    assert len(portal.touched) == len(forms) + 6
    assert portal.touched[-1] == f"GET {BASE}/Account/LogOff"
    assert portal.journal[-1] == ("GET", f"{BASE}/Account/LogOff", ())


def test_the_language_changes_and_a_dead_session_says_so() -> None:
    portal = ThirdEdition()
    client = _signed_in(portal, NAWRAS.code)
    client.get(f"{BASE}/General/SetCulture?culture=fr")
    assert "Relevé d'assiduité" in _page(client, menu.ABSENCES).text()
    portal.end_sessions()
    gone = client.get(f"{BASE}/{menu.ABSENCES}")
    assert (gone.status_code, "ReturnUrl=" in gone.location) == (302, True)
    ajax = client.get(f"{BASE}/General/Home", headers={"X-Requested-With": "XMLHttpRequest"})
    assert ajax.status_code == 401
