"""`massar page` as a process, over HTTP: any page in both editions and languages, every format."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import STUDENTS
from tests.cli.servers import AlteredPortal, Replacement
from tests.conftest import Done, Practice

Run = Callable[..., Done]
Serve = Callable[[PracticePortal], Practice]
EMPTY, HOSTILE = STUDENTS[6], STUDENTS[8]
PAGE = "/moutamadris/TuteurEleves/GetScolariteEleve"
PATH = "TuteurEleves/GetScolariteEleve"


def blocks(done: Done) -> list[dict[str, Any]]:
    assert done.code == 0, done.err
    document = json.loads(done.out)
    assert document["schema"] == "massar.page/1"
    elements = document["data"]
    for element in elements:
        assert list(element) == ["student", "kind", "caption", "columns", "rows"]
        assert element["kind"] in {"table", "list", "notice", "files"}
        assert all(isinstance(text, str) for row in element["rows"] for text in row)
    return list(elements)


@pytest.mark.parametrize("edition", ["2018", "2025"])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_page_of_the_menu_opens_by_its_kind(
    serve: Serve, process: Run, edition: str, language: str
) -> None:
    practice = serve(PracticePortal(edition=edition, language=language))
    for kind in ("absences", "homework", "timetable", "exams", "messages", "documents"):
        found = blocks(process("page", kind, "--json", **practice.settings()))
        assert any(block["kind"] in {"table", "list"} and block["rows"] for block in found), kind
    assert practice.passwords_posted() == 1
    assert not any(one.changes_something for one in practice.portal.journal)


def test_all_pages_of_a_list_are_one_table(serve: Serve, process: Run) -> None:
    practice = serve(PracticePortal(language="fr"))
    (block,) = blocks(process("page", PATH, "--json", **practice.settings()))
    journey = json.loads(process("journey", "--json", **practice.settings()).out)["data"]
    assert [row[0] for row in block["rows"]] == [year["school_year"] for year in journey]
    assert len(block["rows"]) > 4


def test_the_same_page_in_every_format(practice: Practice, process: Run) -> None:
    elements = blocks(process("page", PATH, "--json", **practice.settings()))
    lines = process("page", PATH, "-f", "jsonl", **practice.settings()).out.splitlines()
    assert [json.loads(line) for line in lines] == elements
    rows = csv.reader(io.StringIO(process("page", PATH, "-fcsv", **practice.settings()).out))
    assert list(rows) == [elements[0]["columns"], *elements[0]["rows"]]
    for name in ("table", "md"):
        out = process("page", PATH, "-f", name, **practice.settings()).out
        assert all(text in out for text in elements[0]["rows"][1])


def test_csv_wants_one_table(process: Run, practice: Practice) -> None:
    several = process("page", "timetable", "-f", "csv", **practice.settings())
    assert (several.code, several.out) == (2, "")
    assert "--table 1" in json.loads(several.err.splitlines()[-1])["error"]["hint"]
    first = process("page", "timetable", "-f", "csv", "--table", "1", **practice.settings())
    second = process("page", "timetable", "-f", "csv", "--table", "2", **practice.settings())
    assert first.code == second.code == 0
    assert first.out.splitlines()[0] != second.out.splitlines()[0]
    for wrong in ("0", "3"):
        done = process("page", "timetable", "--table", wrong, **practice.settings())
        assert (done.code, done.out) == (2, "")
    none = process("page", "TuteurEleves/GetInfoEleve", "-f", "csv", **practice.settings())
    assert (none.code, none.out) == (2, "")


def test_a_page_with_nothing_on_it_is_an_answer(serve: Serve, process: Run) -> None:
    practice = serve(PracticePortal(edition="2025"))
    done = process("page", "homework", **practice.settings(EMPTY))
    assert done.code == 0
    assert done.out.strip()


def test_a_choice_that_is_not_followed_is_said(serve: Serve, process: Run) -> None:
    practice = serve(PracticePortal(language="fr"))
    done = process("page", "exams", **practice.settings())
    assert done.code == 0
    assert "school years" in done.err


def test_hostile_text_steers_nothing(serve: Serve, process: Run) -> None:
    practice = serve(PracticePortal(language="fr"))
    for name in ("documents", "messages"):
        done = process("page", name, **practice.settings(HOSTILE))
        assert done.code in {0, 4, 5}
        assert not any(ord(letter) < 32 and letter != "\n" for letter in done.out)


@pytest.mark.parametrize(
    ("address", "code"),
    [("Account/LogOff", 2), ("TuteurEleves/UpdateEmailPerso", 2), ("Eleve/Nothing", 5)],
)
def test_an_address_that_may_change_something_or_is_none_shows_nothing(
    practice: Practice, process: Run, address: str, code: int
) -> None:
    done = process("page", address, "--json", **practice.settings())
    assert (done.code, done.out) == (code, "")
    assert not any(one.changes_something for one in practice.portal.journal)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<html><body><main><h1>Maintenance</h1><p>indisponible</p></main></body></html>", 4),
        (b'{"rows": []}', 5),
        (b"<html><body><p>Something else</p></body></html>", 5),
    ],
)
def test_an_answer_that_is_no_page_of_the_application_is_refused(
    serve_altered: Callable[[AlteredPortal], str],
    massar: Run,
    practice: Practice,
    body: bytes,
    code: int,
) -> None:
    altered = AlteredPortal(lambda path, _form: Replacement(body) if path == PAGE else None)
    settings = {**practice.settings(), "MASSAR_URL": serve_altered(altered)}
    done = massar("page", PATH, "--json", **settings)
    assert (done.code, done.out) == (code, "")


@pytest.mark.parametrize("following", ["?grid-page=1", "?grid-page=2"])
def test_a_pager_that_does_not_move_on_is_refused(
    serve_altered: Callable[[AlteredPortal], str], massar: Run, practice: Practice, following: str
) -> None:
    page = (
        "<main><a href='/moutamadris/Account/LogOff'>x</a><table><tr><td>1<td>2</table>"
        f"<ul class=pagination><li class=active>1<li><a href='{following}'>2</a></ul></main>"
    )
    answer = Replacement(page.encode())
    altered = AlteredPortal(lambda path, _form: answer if path == PAGE else None)
    settings = {**practice.settings(), "MASSAR_URL": serve_altered(altered)}
    done = massar("page", PATH, "--json", **settings)
    assert (done.code, done.out) == (5, "")
