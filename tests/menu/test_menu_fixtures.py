"""Every form of menu in the fixtures gives the landing beside it; a folder more needs no test."""

from typing import Any

import pytest

from massar_cli.errors import PageChanged
from massar_cli.portal.landing import LandingPage
from massar_cli.portal.menu import read_menu
from massar_cli.portal.page import parse_html
from massar_cli.portal.page_kinds import guess_kind
from tests.pages.fixture_cases import FIXTURES, Case, first_difference, plain

BASE = "https://massarservice.men.gov.ma/moutamadris"
URL = f"{BASE}/General/Home"
CASES = [Case("landing", folder.name) for folder in sorted((FIXTURES / "landing").iterdir())]
PAIRS = [
    (case, Case("landing", case.name.removesuffix("_ar") + "_fr"))
    for case in CASES
    if case.name.endswith("_ar")
]


def outcome(html: str) -> Any:
    try:
        return plain(LandingPage(html, URL, BASE).read())
    except PageChanged as error:
        return {"error": error.kind}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_landing_page_gives_the_menu_beside_it(case: Case) -> None:
    assert case.is_refused is (case.expected == {"error": "page-changed"})
    difference = first_difference(case.expected, outcome(case.html))
    assert difference is None, difference


@pytest.mark.parametrize(("arabic", "french"), PAIRS, ids=lambda case: case.name)
def test_both_languages_offer_the_same_pages_of_the_same_kinds(arabic: Case, french: Case) -> None:
    offered = [
        [(page["address"], page["kind"]) for page in case.expected["pages"] or ()]
        for case in (arabic, french)
    ]
    assert offered[0] == offered[1]


def menu(body: str, url: str = URL) -> list[tuple[str, str]] | None:
    pages = read_menu(parse_html(f"<body>{body}</body>"), BASE, url)
    return None if pages is None else [(page.label, page.address) for page in pages]


def test_a_page_counts_once_under_the_first_label_that_says_anything() -> None:
    body = """<nav><a href="/moutamadris/E/A"><i class="fa fa-x"></i></a>
    <a href="/moutamadris/E/A">Absences</a><a href="/moutamadris/e/a">Retards</a></nav>"""
    assert menu(body) == [("Absences", "E/A")]


def test_a_link_that_has_no_words_takes_them_from_its_title_when_nothing_stands_around() -> None:
    link = '<a href="/moutamadris/E/A" title="Absences"><i class="fa fa-x"></i></a>'
    assert menu(f"<nav>{link}</nav>") == [("Absences", "E/A")]
    assert menu('<nav><a href="/moutamadris/E/A"><i class="fa"></i></a></nav>') is None


@pytest.mark.parametrize(
    ("inside", "label"),
    [
        ("Messages (3)", "Messages"),
        ("Messages <span>12</span>", "Messages"),
        ('<span class="badge">nouveau</span>Messages', "Messages"),
        ('<span class="menu-label">Messages</span>', "Messages"),
        ("<span>Emploi</span> <span>du temps</span>", "Emploi du temps"),
        ("Emploi<br>du temps", "Emploi du temps"),
        ("<u>M</u>essages", "Messages"),
        ('<span class="material-icons">mail</span><span>Messages</span>', "Messages"),
        ('<span aria-hidden="true">»</span> Messages ›', "Messages"),
        ("<em>Messages</em><style>x</style><script>y</script>", "Messages"),
        ("\u200f الرسائل \xa0", "\u200f الرسائل"),
        ("Semestre 2", "Semestre 2"),
    ],
)
def test_a_label_is_what_is_seen_of_it(inside: str, label: str) -> None:
    assert menu(f'<nav><a href="/moutamadris/E/A">{inside}</a></nav>') == [(label, "E/A")]


def test_the_address_is_told_below_the_base_wherever_the_landing_page_was() -> None:
    body = '<nav><a href="Page?x=1">Absences</a><a href="/moutamadris/E/B">Devoirs</a></nav>'
    landed = f"{BASE}/Espace/Eleve/Accueil"
    assert menu(body, landed) == [("Absences", "Espace/Eleve/Page?x=1"), ("Devoirs", "E/B")]
    based = '<base href="/moutamadris/Autre/">' + body
    assert menu(based, landed) == [("Absences", "Autre/Page?x=1"), ("Devoirs", "E/B")]


@pytest.mark.parametrize(
    "body",
    [
        '<div><a href="/moutamadris/E/A">Absences</a></div>',
        '<p>Voyez <a href="/moutamadris/E/A">Absences</a> et <a href="/moutamadris/E/B">B</a></p>',
        '<table><tr><td><a href="/moutamadris/E/A">Absences</a></td></tr></table>',
        '<ul class="pagination"><li><a href="/moutamadris/E/A">Absences</a></li></ul>',
        '<footer><nav><a href="/moutamadris/E/A">Absences</a></nav></footer>',
        '<nav><a href="/moutamadris/E/A" hidden>Absences</a></nav>',
        "<nav></nav>",
        "",
    ],
)
def test_links_that_are_no_menu_make_none(body: str) -> None:
    assert menu(body) is None


@pytest.mark.parametrize(
    "body",
    [
        '<div role="navigation"><a href="/moutamadris/E/A">Absences</a></div>',
        '<div id="sideMenu"><p><a href="/moutamadris/E/A">Absences</a></p></div>',
        '<header><div><a href="/moutamadris/E/A">Absences</a></div></header>',
        '<ul><li>Vie<ul><li><a href="/moutamadris/E/A">Absences</a></li></ul></li></ul>',
        '<div><a href="/moutamadris/E/A">Absences</a><a href="#">x</a></div>',
        '<div class="offcanvas"><dl><dd><a href="/moutamadris/E/A">Absences</a></dd></dl></div>',
        '<table class="menu"><tr><td><a href="/moutamadris/E/A">Absences</a></td></tr></table>',
    ],
)
def test_a_menu_is_known_by_elements_roles_names_or_its_links_alone(body: str) -> None:
    assert menu(body) == [("Absences", "E/A")]


def test_a_page_made_to_be_slow_still_ends() -> None:
    link = '<a href="/moutamadris/E/{}">Absences</a>'
    deep = "<b>" * 3000 + link.format("A") + "</b>" * 3000
    inside = '<nav><a href="/moutamadris/E/B">' + "<b>" * 3000 + "x" + "</b>" * 3000 + "</a></nav>"
    many = "<nav>" + "".join(link.format(i) for i in range(4000)) + "</nav>"
    assert menu(deep) is None
    assert menu(inside) is None
    # A part of a menu would pass for the whole, and the rest for what is not offered.
    assert menu(many) is None


def test_a_guess_prefers_a_label_that_says_this_and_nothing_else() -> None:
    whole = guess_kind("Absences", "x")
    assert whole.is_sure
    assert not guess_kind("Absences de la sortie au musée", "x").is_sure
    assert whole.score > guess_kind("Absences de la sortie au musée", "x").score
    assert guess_kind("Absences", "Eleve/GetAbsences").score > whole.score


@pytest.mark.parametrize(
    "title",
    ["Absences", '<a href="#">Absences</a>', '<span>Absences</span> <i class="fa fa-x"></i>'],
)
def test_of_a_label_that_says_nothing_the_group_tells_the_kind(title: str) -> None:
    entries = "".join(
        f'<li><a href="/moutamadris/G/{label}">{label}</a></li>'
        for label in ("Liste", "Devoirs", "Aide")
    )
    body = f"<body><nav><ul><li>{title}<ul>{entries}</ul></li></ul></nav></body>"
    pages = read_menu(parse_html(body), BASE, URL) or ()
    kinds = {page.label: page.kind.value for page in pages}
    assert kinds == {"Liste": "absences", "Devoirs": "homework", "Aide": "other"}
