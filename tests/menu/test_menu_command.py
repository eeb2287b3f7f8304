"""`massar pages`: what it prints, what it asks for, and that opening all of it changes nothing."""

import csv
import io
import json
from collections.abc import Callable

import pytest

from massar_cli.services.finding import menu_of
from tests.conftest import Done, Practice
from tests.menu.conftest import AnyPage, Open

Run = Callable[..., Done]


def test_every_page_of_the_menu_is_listed_with_label_address_and_kind(
    edition: Practice, massar: Run
) -> None:
    done = massar("pages", "--json", **edition.settings())
    assert (done.code, done.err) == (0, "")
    answer = json.loads(done.out)
    assert answer["schema"] == "massar.pages/1"
    assert answer["errors"] == []
    assert {page["kind"] for page in answer["data"]} == {
        *("absences", "homework", "timetable", "exams", "messages", "documents"),
        *("orientation", "grades", "journey", "profile"),
    }
    for page in answer["data"]:
        assert list(page) == ["student", "label", "address", "kind"]
        assert page["student"]["code"] == "X130000001"
        assert page["label"]
        assert "moutamadris" not in page["address"]


def test_the_menu_is_read_anew_each_time(edition: Practice, massar: Run) -> None:
    cold = massar("pages", "--json", **edition.settings())
    assert len(edition.portal.journal) == 3
    edition.portal.journal.clear()
    warm = massar("pages", "--json", **edition.settings())
    assert edition.asked() == ["GET /moutamadris/General/Home"] or edition.asked() == [
        "GET /moutamadris/General/Home",
        "GET /moutamadris/Dashboard",
    ]
    assert json.loads(warm.out)["data"] == json.loads(cold.out)["data"]


def test_the_other_formats_have_the_same_pages(practice: Practice, massar: Run) -> None:
    settings = practice.settings()
    pages = json.loads(massar("pages", "--json", **settings).out)["data"]
    rows = list(csv.reader(io.StringIO(massar("pages", "-f", "csv", **settings).out)))
    assert rows[0] == ["label", "address", "kind"]
    assert rows[1:] == [[page[name] for name in rows[0]] for page in pages]
    lines = massar("pages", "-f", "jsonl", **settings).out.splitlines()
    assert [json.loads(line) for line in lines] == pages
    for name in ("table", "md"):
        printed = massar("pages", "-f", name, **settings).out
        for page in pages:
            assert page["label"] in printed
            assert page["address"] in printed


def test_opening_every_page_of_the_menu_changes_nothing(
    edition: Practice, open_session: Open
) -> None:
    session = open_session(edition.url)
    pages = menu_of(session)
    edition.portal.journal.clear()
    for page in pages:
        session.open(AnyPage, address=page.address)
    assert len(edition.portal.journal) == len(pages) >= 10
    for exchange in edition.portal.journal:
        assert exchange.method == "GET"
        assert not exchange.changes_something
        assert exchange.status == 200


@pytest.mark.parametrize("edition_and_language", [("2018", "fr"), ("2025", "fr")])
def test_nothing_that_writes_or_signs_out_is_listed(edition: Practice, massar: Run) -> None:
    listed = massar("pages", "--json", **edition.settings()).out.lower()
    for word in ("logoff", "password", "mfa", "setculture", "valider", "confirm", "emailperso"):
        assert word not in listed


def test_pages_as_a_process(process: Run, practice: Practice) -> None:
    done = process("pages", "-f", "csv", **practice.settings())
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("label,address,kind\n")
