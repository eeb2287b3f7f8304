"""Lists on pages that look alike: no row of them is lost without a word."""

import json
from collections.abc import Sequence

import pytest

from tests.session.conftest import Hostile
from tests.session.hostile import HOME, MOUNT, Reply, Run, page

GREETING = '<h1 class="welcomeUser"><span>Bonjour</span> X</h1>'
Texts = Sequence[str]


def row(texts: Texts) -> str:
    return "<tr>" + "".join(f"<td>{text}" for text in texts)


def table(headings: Texts, rows: Sequence[Texts], foot: Texts = ()) -> Reply:
    """Return a page with one table; `foot` is the last row of it."""
    heads = "".join(f"<th>{heading}" for heading in headings)
    lines = "".join(map(row, rows))
    return page(
        f'{GREETING}<div class="content"><table><thead><tr>{heads}<tbody>{lines}'
        f"<tfoot>{row(foot) if foot else ''}</table></div>"
    )


def menu(*labels: str) -> Reply:
    """Return a landing page whose links have these labels, to Eleve/P1 and so on."""
    links = "".join(
        f'<li><a href="{MOUNT}/Eleve/P{place}">{label}</a>' for place, label in enumerate(labels, 1)
    )
    return page(f"{GREETING}<nav><ul>{links}</ul></nav>")


@pytest.mark.parametrize(
    ("hours", "lateness", "expected"),
    [
        (("Heures", "Motif", "4", "maladie"), ("Motif", "retard de bus"), [None, 4]),
        (("Heures", "Motif", "4", "maladie"), ("Retard", "15 min"), [None, 4]),
        (("Cas", "Absence"), ("Cas", "Retard"), [None, None]),
        (("Matière", "Cas", "Arabe", "Absence"), ("Matière", "Cas", "Arabe", "Retard"), [None] * 2),
        (("Heures", "N°", "4", "1"), ("Heures", "N°", "4", "7"), [4]),
    ],
    ids=["reasons", "another column", "a day alone", "kinds", "the same"],
)
def test_what_two_pages_tell_of_one_day_is_one_absence_only_where_it_is_the_same(
    hostile: Hostile, run: Run, hours: Texts, lateness: Texts, expected: list[int | None]
) -> None:
    rules = {HOME: menu("Absences", "Retards")}
    for place, told in enumerate((hours, lateness), 1):
        half = len(told) // 2
        shown = table(("Date", *told[:half]), [("11/01/2027", *told[half:])])
        rules[f"GET /Eleve/P{place}"] = shown
    done = run("absences", "--json", **hostile(rules).settings())
    assert done.code == 0, done.err
    data = json.loads(done.out)["data"]
    assert sorted((one["hours"] for one in data), key=lambda hour: hour or 0) == expected


@pytest.mark.parametrize(
    ("label", "headings", "rows", "kept"),
    [
        ("Messagerie", ("Objet", "Date"), [("Total", "15/03/2027"), ("Somme", "16/03/2027")], 2),
        ("Messagerie", ("Expéditeur", "Objet", "Message"), [("Total", "Bonjour", "abc")], 1),
        ("Messagerie", ("Expéditeur", "Objet", "Message"), [("Rappel",) * 3], 1),
        ("Devoirs", ("Titre", "Matière", "Pour le"), [("Somme", "Arabe", "17/03/2027")], 1),
        ("Absences", ("Date", "Heures"), [("17/03/2027", "2"), ("Total", "2")], 1),
        ("Absences", ("N°", "Jour", "Heures"), [("1", "17/03/2027", "2"), ("Total", "", "2")], 1),
        ("Contrôles", ("Matière", "Date"), [("Arabe", "17/03/2027"), ("المجموع", "")], 1),
    ],
)
def test_a_row_is_a_total_only_where_it_can_be_no_record_and_is_then_counted(
    hostile: Hostile, run: Run, label: str, headings: Texts, rows: Sequence[Texts], kept: int
) -> None:
    command = {"Messagerie": "messages", "Devoirs": "homework", "Contrôles": "exams"}
    portal = hostile({HOME: menu(label), "GET /Eleve/P1": table(headings, rows)})
    done = run("--lang", "en", command.get(label, "absences"), "--json", **portal.settings())
    assert done.code == 0, done.err
    assert len(json.loads(done.out)["data"]) == kept
    assert ("1 row of the page is a total" in done.err) == (kept < len(rows))


def test_a_row_in_the_foot_of_a_table_may_be_a_total_whatever_is_in_it(
    hostile: Hostile, run: Run
) -> None:
    rows = [("Bonjour", "15/03/2027")]
    shown = table(("Objet", "Date"), rows, foot=("Total", "15/03/2027"))
    portal = hostile({HOME: menu("Messagerie"), "GET /Eleve/P1": shown})
    done = run("--lang", "en", "messages", "--json", **portal.settings())
    assert [one["title"] for one in json.loads(done.out)["data"]] == ["Bonjour"]
    assert "1 row of the page is a total" in done.err
