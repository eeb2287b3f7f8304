"""The services of the practice portal: found by the menu, the same facts in two editions."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from itertools import product

import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from massar_cli.practice.addresses import SERVICES, WRITES
from massar_cli.practice.life.dates import (
    TODAY,
    school_year_of,
    semester_of,
    slashed,
    worded,
)
from massar_cli.practice.life.school_life import life_of
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO, STUDENTS, PracticeStudent

SignIn = Callable[[PracticePortal, PracticeStudent], httpx.Client]
EDITIONS = ("2018", "2025")
LANGUAGES = ("ar", "fr")
PRIMARY, COLLEGE, EMPTY, NOTHING, HOSTILE = (STUDENTS[place] for place in (1, 2, 6, 7, 8))
ARABIC = {chr(code) for code in range(0x600, 0x700)}
# What a person presses, in the order of the pages' kinds.
LABELS = {
    ("2018", "ar"): {
        "absences": "الغياب",
        "lateness": "تتبع الغياب والتأخر",
        "homework": "دفتر النصوص",
        "timetable": "استعمال الزمن",
        "exams": "مواعيد الفروض والامتحانات",
        "messages": "الرسائل",
        "documents": "الشواهد المدرسية",
        "guidance": "بطاقة الرغبات",
    },
    ("2018", "fr"): {
        "absences": "Absences",
        "lateness": "Suivi des absences et retards",
        "homework": "Cahier de textes",
        "timetable": "Emploi du temps",
        "exams": "Dates des contrôles et examens",
        "messages": "Messagerie",
        "documents": "Attestations et certificats",
        "guidance": "Fiche de voeux",
    },
    ("2025", "ar"): {
        "absences": "الغيابات والتأخرات",
        "homework": "الواجبات المنزلية",
        "timetable": "جدول الحصص",
        "exams": "الفروض المحروسة",
        "messages": "الإعلانات",
        "documents": "وثائقي وشواهدي",
        "guidance": "مشروعي الشخصي للتوجيه",
    },
    ("2025", "fr"): {
        "absences": "Absences et retards",
        "homework": "Devoirs à la maison",
        "timetable": "Planning de la semaine",
        "exams": "Devoirs surveillés",
        "messages": "Annonces",
        "documents": "Mes documents et attestations",
        "guidance": "Mon projet d'orientation",
    },
}
VOID = {"meta", "input", "br", "hr", "img", "link"}
NO_WORD = ("", "-")


def soup(answer: httpx.Response) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode("utf-8"), "html.parser")


def text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").replace("\N{NO-BREAK SPACE}", " ").split())


def menu(page: BeautifulSoup) -> dict[str, str]:
    """List the links of a landing page by what is written on them, without badges."""
    for badge in page.select(".badge, .label, h3, .small-box-footer"):
        badge.decompose()
    return {text(link) or str(link.get("title")): str(link["href"]) for link in page.select("a")}


def follow(browser: httpx.Client, edition: str, language: str, kind: str) -> BeautifulSoup:
    """Open a page as a person does: by the words of its link on the landing page."""
    home = menu(soup(browser.get("General/Home" if edition == "2018" else "Dashboard")))
    return soup(browser.get(f"http://127.0.0.1{home[LABELS[edition, language][kind]]}"))


def cells(row: Tag) -> list[str]:
    return [text(cell) for cell in row.select("th, td")]


def body(table: Tag) -> list[list[str]]:
    return [cells(row) for row in table.select("tr")[1:]]


def all_pages(page: Callable[[int], BeautifulSoup]) -> list[list[str]]:
    """Read a list of the 2018 edition to its last page."""
    rows: list[list[str]] = []
    number, last = 1, 1
    while number <= last:
        table = page(number).select_one("table")
        assert table is not None
        rows += body(table)
        pager = page(number).select(".grid-pager li")
        last = max([int(text(one)) for one in pager if text(one).isdecimal()] or [1])
        number += 1
    return rows


@pytest.mark.parametrize(("edition", "language"), list(product(EDITIONS, LANGUAGES)))
def test_the_menu_leads_to_every_service(sign_in: SignIn, edition: str, language: str) -> None:
    portal = PracticePortal(edition=edition, language=language)
    browser = sign_in(portal, DEMO)
    for kind in LABELS[edition, language]:
        page = follow(browser, edition, language, kind)
        assert page.select_one(".welcomeUser") is not None
    opened = {one.path.partition("?")[0] for one in portal.journal}
    assert {
        f"/moutamadris{SERVICES[edition][kind]}" for kind in LABELS[edition, language]
    } <= opened
    assert not any(one.changes_something for one in portal.journal)


def test_no_address_is_in_both_editions_nor_among_those_that_circulate() -> None:
    first, second = (
        {path.lower() for path in SERVICES[edition].values()}
        | {path.lower() for _method, path in WRITES[edition]}
        for edition in EDITIONS
    )
    assert not first & second
    guessed = ("getabsences", "getdevoirs", "getemploi", "getannonces")
    assert not any(word in path for word in guessed for path in first | second)


def test_an_address_of_the_other_edition_is_unknown(sign_in: SignIn) -> None:
    for edition, other in (EDITIONS, EDITIONS[::-1]):
        browser = sign_in(PracticePortal(edition=edition), DEMO)
        for path in SERVICES[other].values():
            assert browser.get(path.lstrip("/")).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_and_their_order_differ_between_the_editions(
    sign_in: SignIn, language: str
) -> None:
    for kind in LABELS["2025", language]:
        found = []
        for edition in EDITIONS:
            browser = sign_in(PracticePortal(edition=edition, language=language), COLLEGE)
            page = follow(browser, edition, language, kind)
            table = page.select_one("main table, .content table")
            terms = [text(one) for one in page.select("main dl:first-of-type dt")]
            found.append(cells(table.select("tr")[0]) if table else terms)
        assert found[0] != found[1], kind
        # Some words are in both, but then in another place.
        shared = [word for word in found[0] if word in found[1] and word not in NO_WORD]
        assert len(shared) < len(found[0]), kind


def test_absences_are_the_same_facts_in_both_editions(sign_in: SignIn) -> None:
    life = life_of(DEMO)
    old = sign_in(PracticePortal(language="fr"), DEMO)
    lists = {
        kind: all_pages(
            lambda page, kind=kind: soup(  # type: ignore[misc]
                old.get(f"{SERVICES['2018'][kind].lstrip('/')}?grid-page={page}")
            )
        )
        for kind in ("absences", "lateness")
    }
    assert len(lists["absences"]) > 2 * 8  # three pages or more
    whole = [one for one in life.absences if one.span in ("day", "morning", "afternoon")]
    single = [one for one in life.absences if one.span in ("hours", "late")]
    assert [row[1] for row in lists["absences"]] == [slashed(one.day) for one in whole]
    assert [row[2] for row in lists["lateness"]] == [slashed(one.day) for one in single]
    justified = {True: "Oui", False: "Non", None: ""}
    assert [row[4] for row in lists["absences"]] == [justified[one.justified] for one in whole]
    new = sign_in(PracticePortal(edition="2025", language="fr"), DEMO)
    address = SERVICES["2025"]["absences"].lstrip("/")
    seen = []
    for year, semester in product((2026, 2025), (2, 1)):
        page = soup(new.get(address, params={"annee": year, "semestre": semester}))
        table = page.select_one("table")
        assert table is not None
        assert table.thead is None
        seen += [row[1] for row in body(table)]
    days = [
        f"du {slashed(one.day)} au {slashed(one.until)}" if one.until else slashed(one.day)
        for one in life.absences
    ]
    assert seen == days


def test_absences_of_2025_start_with_the_semester_under_way(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(edition="2025"), DEMO)
    page = follow(browser, "2025", "ar", "absences")
    chosen = [str(one["value"]) for one in page.select("option[selected]")]
    assert chosen == [str(school_year_of(TODAY)), str(semester_of(TODAY))]
    form = page.select_one("main form")
    assert form is not None
    assert form["method"] == "get"
    assert soup(browser.get(f"http://127.0.0.1{form['action']}?annee=2019&semestre=1")).select(
        ".alert"
    )


def test_absences_cover_every_way_of_writing() -> None:
    for student in (DEMO, PRIMARY, COLLEGE):
        entries = life_of(student).absences
        assert {one.span for one in entries} == {"day", "morning", "afternoon", "hours", "late"}
        assert {one.justified for one in entries} == {True, False, None}
        written = {one.session.ar for one in entries if one.session}
        assert {"08:30 - 10:30", "2", "2h", "2 ساعات", "الحصة 3"} <= written
        assert any(one.subject is None for one in entries if one.span == "hours")
        assert any("طبي" in one.reason.ar for one in entries if one.reason)
        assert any(one.until for one in entries)
        assert {(school_year_of(one.day), semester_of(one.day)) for one in entries} == set(
            product((2025, 2026), (1, 2))
        )
        assert all(one.day <= TODAY and one.day.weekday() < 6 for one in entries)


def test_homework_is_the_same_in_both_editions(sign_in: SignIn) -> None:
    life = life_of(COLLEGE)
    old = sign_in(PracticePortal(language="fr"), COLLEGE)
    address = SERVICES["2018"]["homework"].lstrip("/")
    rows = all_pages(lambda page: soup(old.get(f"{address}?grid-page={page}")))
    page = follow(
        sign_in(PracticePortal(edition="2025", language="fr"), COLLEGE), "2025", "fr", "homework"
    )
    cards = page.select("div.card")
    assert len(rows) == len(cards) == len(life.homework)
    for row, card, work in zip(rows, cards, life.homework, strict=True):
        terms = dict(zip(map(text, card.select("dt")), map(text, card.select("dd")), strict=True))
        assert row[1] == slashed(work.published)
        assert terms["Ajouté le"] == f"{slashed(work.published)} à 18:05"
        assert row[3] == slashed(work.due)
        assert terms["A rendre avant le"] == (slashed(work.due) or "-")
        for line in work.lines:
            assert " ".join(line.fr.split()) in row[2]
            assert " ".join(line.fr.split()) in terms["Description"]
        assert len(card.select("dd ul a")) == len(work.files)


def test_homework_has_every_kind_of_text() -> None:
    works = life_of(DEMO).homework
    lines = [line.fr for work in works for line in work.lines]
    assert "=1+1" in lines
    assert any("<" in line and "&" in line for line in lines)
    assert any('"' in line for line in lines)
    assert {len(work.files) for work in works} == {0, 1, 2}
    assert any(work.link for work in works)
    assert any(work.due is None for work in works)
    assert any(work.due and work.due > TODAY for work in works)
    assert {school_year_of(work.published) for work in works} == {2025, 2026}


def test_text_that_looks_like_markup_is_escaped(sign_in: SignIn) -> None:
    for edition in EDITIONS:
        browser = sign_in(PracticePortal(edition=edition, language="fr"), DEMO)
        pages = [browser.get(SERVICES[edition]["homework"].lstrip("/"))]
        if edition == "2018":
            pages.append(browser.get(f"{SERVICES[edition]['homework'].lstrip('/')}?grid-page=2"))
        assert any("x &lt; 5 et y &gt; 2 &amp; z" in page.text for page in pages)


def grid(table: Tag) -> list[list[str]]:
    """Spread what spans several rows and columns; fail where cells overlap or are missing."""
    placed: dict[tuple[int, int], str] = {}
    rows = table.select("tr")
    for number, row in enumerate(rows):
        column = 0
        for cell in row.select("th, td"):
            while (number, column) in placed:
                column += 1
            for down, right in product(
                range(int(str(cell.get("rowspan", "1")))), range(int(str(cell.get("colspan", "1"))))
            ):
                assert (number + down, column + right) not in placed
                placed[number + down, column + right] = text(cell)
    width = max(column for _row, column in placed) + 1
    assert set(placed) == set(product(range(len(rows)), range(width)))
    return [[placed[number, column] for column in range(width)] for number in range(len(rows))]


@pytest.mark.parametrize("student", [DEMO, PRIMARY, COLLEGE])
def test_the_week_is_the_same_turned_over(sign_in: SignIn, student: PracticeStudent) -> None:
    weeks = {}
    for edition in EDITIONS:
        browser = sign_in(PracticePortal(edition=edition, language="fr"), student)
        table = follow(browser, edition, "fr", "timetable").select_one("table")
        assert table is not None
        weeks[edition] = grid(table)
    by_day, by_hour = weeks["2018"], weeks["2025"]
    assert [row[0] for row in by_day[1:]][:2] == ["Lundi", "Mardi"]
    assert by_hour[0][1:3] == ["lundi", "mardi"]
    assert (len(by_day), len(by_day[0])) == (7, 10)
    assert (len(by_hour), len(by_hour[0])) == (10, 7)
    for day, hour in product(range(1, 7), range(1, 10)):
        one, other = by_day[day][hour], by_hour[hour][day]
        assert sorted(one.split()) == sorted(other.split()) or hour == 5
    assert {row[5] for row in by_day[1:]} == {"Pause déjeuner"}
    assert set(by_hour[5][1:]) == {"Pause méridienne"}
    lessons = life_of(student).timetable
    assert sum(lesson.length for lesson in lessons) == sum(
        bool(cell) for row in by_day[1:] for cell in (*row[1:5], *row[6:])
    )
    assert {lesson.length for lesson in lessons} == {1, 2}


def test_the_plain_list_of_lessons_says_what_the_week_says(sign_in: SignIn) -> None:
    page = follow(sign_in(PracticePortal(language="fr"), DEMO), "2018", "fr", "timetable")
    week, plain = page.select("table")
    listed = body(plain)
    assert len(listed) == len(life_of(DEMO).timetable) == len(week.select("td.seance"))
    assert listed[0][:3] == ["Lundi", "08:30", "10:30"]


def test_tests_are_posted_for_a_year_in_2018_and_all_there_in_2025(sign_in: SignIn) -> None:
    exams = life_of(DEMO).exams
    portal = PracticePortal(language="fr")
    old = sign_in(portal, DEMO)
    this_year = follow(old, "2018", "fr", "exams")
    form = this_year.select_one(".content form")
    assert form is not None
    assert form["method"] == "post"
    last_year = soup(old.post(f"http://127.0.0.1{form['action']}", data={"SelectedAnnee": "2025"}))
    assert not portal.journal[-1].changes_something
    days = [[row[2] for row in body(page.select("table")[-1])] for page in (last_year, this_year)]
    assert days == [
        [slashed(one.day) for one in exams if school_year_of(one.day) == year]
        for year in (2025, 2026)
    ]
    for language, known in (("ar", "الاثنين 14 دجنبر 2026"), ("fr", "lundi 14 décembre 2026")):
        new = sign_in(PracticePortal(edition="2025", language=language), DEMO)
        table = follow(new, "2025", language, "exams").select_one("main table")
        assert table is not None
        assert not table.select("th")
        assert len(table.select("tr:first-of-type td > b")) == 5
        shown = [row[2] for row in body(table)]
        assert known in shown
        assert shown == [worded(one.day, language) for one in exams]


def test_tests_lie_before_and_after_today() -> None:
    for student in (DEMO, PRIMARY, COLLEGE):
        exams = life_of(student).exams
        assert [one.day for one in exams] == sorted(one.day for one in exams)
        assert any(one.day < TODAY for one in exams)
        assert any(one.day > TODAY and one.start is None for one in exams)


def test_messages_are_marked_as_unread_in_both_editions(sign_in: SignIn) -> None:
    messages = life_of(DEMO).messages
    unread = [not message.is_read for message in messages]
    assert 0 < sum(unread) < len(unread)
    old = sign_in(PracticePortal(language="fr"), DEMO)
    rows = follow(old, "2018", "fr", "messages").select("tr.grid-row")
    assert [row.select_one("strong") is not None for row in rows] == unread
    assert [row.select_one(".fa-envelope") is not None for row in rows] == unread
    new = sign_in(PracticePortal(edition="2025", language="fr"), DEMO)
    page = follow(new, "2025", "fr", "messages")
    table = page.select_one("main table.dataTable")
    assert table is not None
    assert [row[0] == "Non lu" for row in body(table)] == unread
    for row, message in zip(body(table), messages, strict=True):
        assert all(" ".join(line.fr.split()) in row[3] for line in message.lines)


def test_a_message_has_a_page_of_its_own_in_2018(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(language="fr"), DEMO)
    links = follow(browser, "2018", "fr", "messages").select('td[data-name="Objet"] a')
    for link, message in zip(links, life_of(DEMO).messages, strict=True):
        page = soup(browser.get(f"http://127.0.0.1{link['href']}"))
        read = page.select_one(".mailbox-read-message")
        assert read is not None
        assert text(read) == " ".join(" ".join(line.fr.split()) for line in message.lines)
        assert len(page.select(".mailbox-attachments a")) == len(message.files)
        form = page.select_one(".content form")
        assert form is not None
        assert form["method"] == "post"
    other = life_of(COLLEGE).messages[0].ref
    address = SERVICES["2018"]["message"].lstrip("/")
    assert browser.get(f"{address}?ref={other}").status_code == 404


def test_wishes(sign_in: SignIn) -> None:
    old = sign_in(PracticePortal(language="fr"), DEMO)
    table = follow(old, "2018", "fr", "guidance").select_one("table")
    assert table is not None
    rows = body(table)
    new = sign_in(PracticePortal(edition="2025", language="fr"), DEMO)
    cards = follow(new, "2025", "fr", "guidance").select("div.card > dl")
    assert [row[0] for row in rows] == ["1", "2", "1", "2"]
    assert [row[1] for row in rows] == [text(card.select("dd")[0]) for card in cards]
    assert [len(card.select("dd")) for card in cards] == [5, 5, 4, 4]
    assert {row[2] for row in rows} == {
        "Accepté",
        "Non accepté",
        "En cours d'étude",
        "Non confirmé",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_newcomers_pages_are_there_and_empty(sign_in: SignIn, language: str) -> None:
    for edition in EDITIONS:
        browser = sign_in(PracticePortal(edition=edition, language=language), EMPTY)
        for kind in LABELS[edition, language]:
            page = follow(browser, edition, language, kind)
            if edition == "2018":
                (_row,) = page.select("tr.grid-empty-text")
                assert not page.select("tr.grid-row")
            else:
                words = {"ar": "لا توجد معطيات", "fr": "Aucune donnée"}[language]
                bare = [one for one in page.select("main table") if len(one.select("tr")) == 1]
                assert words in page.get_text() or bare, kind


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_account_without_services_has_neither_links_nor_pages(
    sign_in: SignIn, edition: str
) -> None:
    portal = PracticePortal(edition=edition)
    browser = sign_in(portal, NOTHING)
    home = soup(browser.get("General/Home"))
    paths = {f"/moutamadris{path}" for path in SERVICES[edition].values()}
    assert not paths & {str(link["href"]) for link in home.select("a")}
    for path in paths:
        answer = browser.get(f"http://127.0.0.1{path}")
        assert (answer.status_code, answer.headers.get("Location")) == {
            "2018": (302, "/moutamadris/General/Home"),
            "2025": (403, None),
        }[edition]
    assert browser.get("TuteurEleves/GetNotesEleve").status_code == 200


@pytest.mark.parametrize("edition", EDITIONS)
def test_links_that_write_are_marked_and_change_nothing(sign_in: SignIn, edition: str) -> None:
    portal = PracticePortal(edition=edition)
    browser = sign_in(portal, DEMO)
    shown = [browser.get("General/Home"), browser.get("Dashboard")]
    shown += [browser.get(path.lstrip("/")) for path in SERVICES[edition].values()]
    links = [str(one["href"]) for page in shown for one in soup_if_whole(page).select("a[href]")]
    plain = {path.lower() for method, path in WRITES[edition] if method == "GET"}
    writing = [
        link
        for link in links
        if link.partition("?")[0].removeprefix("/moutamadris").lower() in plain
    ]
    assert {link.partition("?")[0].lower() for link in writing} == {
        f"/moutamadris{path}" for path in plain
    }
    before = [page.text for page in shown]
    assert not any(one.changes_something for one in portal.journal)
    for link in writing:
        assert browser.get(f"http://127.0.0.1{link}").status_code == 200
        assert portal.journal[-1].changes_something
    for method, path in WRITES[edition]:
        if method == "POST":
            browser.post(path.lstrip("/"), data={"texte": "secret words"})
            assert portal.journal[-1].changes_something
    browser.post("TuteurEleves/ResetMFA")
    assert portal.journal[-1].changes_something
    assert "secret words" not in repr(portal.journal)
    again = [browser.get("General/Home"), browser.get("Dashboard")]
    again += [browser.get(path.lstrip("/")) for path in SERVICES[edition].values()]
    assert [page.text for page in again] == before


def soup_if_whole(answer: httpx.Response) -> BeautifulSoup:
    return BeautifulSoup(answer.text if answer.status_code == 200 else "", "html.parser")


def test_a_visitor_who_is_not_signed_in_sees_no_service(
    visit: Callable[[PracticePortal], httpx.Client],
) -> None:
    for edition in EDITIONS:
        browser = visit(PracticePortal(edition=edition))
        for path in SERVICES[edition].values():
            answer = browser.get(path.lstrip("/"))
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/moutamadris/Account?ReturnUrl=")
            script = browser.get(path.lstrip("/"), headers={"X-Requested-With": "XMLHttpRequest"})
            assert script.status_code == 401


class Balance(HTMLParser):
    """Fails where tags do not close in the order in which they opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _value in attrs}) == len(attrs), tag
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(("edition", "language"), list(product(EDITIONS, LANGUAGES)))
def test_pages_are_sound_html(sign_in: SignIn, edition: str, language: str) -> None:
    for student in (DEMO, PRIMARY, EMPTY, HOSTILE, NOTHING, STUDENTS[9]):
        browser = sign_in(PracticePortal(edition=edition, language=language), student)
        answers = [browser.get("General/Home"), browser.get("Dashboard")]
        answers += [browser.get(path.lstrip("/")) for path in SERVICES[edition].values()]
        if student is DEMO and edition == "2018":
            ref = life_of(DEMO).messages[0].ref
            answers.append(browser.get(f"{SERVICES[edition]['message'].lstrip('/')}?ref={ref}"))
        for answer in answers:
            if answer.status_code != 200:
                continue
            page = soup(answer)
            counts = Counter(str(one["id"]) for one in page.select("[id]"))
            assert max(counts.values()) == 1, counts.most_common(1)
            for label in page.select("label[for]"):
                assert str(label["for"]) in counts
            assert not page.select("form form, a a, p p, table:not(:has(tr))")
            assert all(link.get("href") for link in page.select("a"))
            balance = Balance()
            balance.feed(answer.text)
            assert balance.open == []
            for table in page.select("table"):
                grid(table)
            if language == "fr":
                assert not ARABIC & set(page.get_text().replace("العربية", ""))


def test_dates_are_of_the_two_years_and_nothing_is_left_to_chance() -> None:
    for student in STUDENTS:
        life = life_of(student)
        days = [one.day for one in life.absences] + [one.day for one in life.exams]
        days += [one.published for one in life.homework] + [one.day for one in life.documents]
        days += [one.sent.date() for one in life.messages] + [one.wished for one in life.wishes]
        assert all(date(2025, 9, 1) <= day <= date(2027, 7, 31) for day in days)
        assert all(one.sent.utcoffset() is not None for one in life.messages)
    # The same as on the day this was written.
    assert [slashed(one.day) for one in life_of(DEMO).absences[:2]] == ["08/03/2027", "06/03/2027"]


def test_no_two_students_have_the_same_life() -> None:
    lives = [life_of(student) for student in STUDENTS if student not in (EMPTY, NOTHING)]
    for one, other in product(lives, lives):
        if one is not other:
            assert [work.published for work in one.homework] != [
                work.published for work in other.homework
            ]


def test_nobody_is_absent_on_a_day_without_lessons() -> None:
    free = {(1, 1), (1, 11), (1, 14), (5, 1), (11, 6), (11, 18)}
    for student in (DEMO, PRIMARY, COLLEGE):
        for one in life_of(student).absences:
            assert (one.day.month, one.day.day) not in free
