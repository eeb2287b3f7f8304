"""`massar capture` asks and saves; `massar replay` reads what was saved, with no portal."""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from tests.cli.processes import surroundings
from tests.cli.terminal import Terminal
from tests.conftest import Done, Practice
from tests.pages.fixture_cases import outcome

KINDS = {
    "absences": "absences",
    "homework": "homework",
    "timetable": "timetable",
    "exams": "exams",
    "messages": "messages",
    "documents": "documents",
    "orientation": "orientation",
    "grades": "report_card",
    "journey": "school_path",
    "profile": "student",
}
PAGE = "<main><h1>Absences</h1><dl><dt>Élève</dt><dd>Zoulikhane K148820935</dd></dl></main>"


def test_without_a_terminal_nothing_is_fetched_unless_yes_is_given(
    massar: Callable[..., Done], practice: Practice, tmp_path: Path
) -> None:
    done = massar("capture", "absences", "-o", str(tmp_path / "x"), **practice.settings())
    assert (done.code, done.out) == (2, "")
    assert "--yes" in done.err
    assert practice.asked() == []
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_capture_of_each_kind_is_a_test_page_and_is_replayed(
    massar: Callable[..., Done], practice: Practice, tmp_path: Path, kind: str
) -> None:
    done = massar("capture", kind, "--yes", "-o", str(tmp_path), **practice.settings())
    assert done.code == 0, done.err
    folder = Path(done.out.strip())
    html = (folder / "page.html").read_text()
    expected = json.loads((folder / "expected.json").read_text())
    assert outcome(KINDS[kind], html) == expected
    asked = len(practice.asked())
    replayed = massar("replay", str(folder), "--json")
    assert replayed.code == 0, replayed.err
    answer = json.loads(replayed.out)
    assert answer["schema"] == f"massar.{kind}/1"
    assert answer["source"] == "capture"
    assert answer["data"]
    assert len(practice.asked()) == asked


def test_another_page_is_captured_by_its_label_and_replayed_as_any_page(
    massar: Callable[..., Done], practice: Practice, tmp_path: Path
) -> None:
    done = massar("capture", "General/Home", "--yes", "-o", str(tmp_path), **practice.settings())
    assert done.code == 0, done.err
    replayed = massar("replay", done.out.strip(), "--json")
    assert json.loads(replayed.out)["schema"] == "massar.page/1"


@pytest.mark.parametrize("kind", ["absences", "grades"])
def test_a_table_of_a_page_that_is_read_as_records_is_refused(
    massar: Callable[..., Done], practice: Practice, tmp_path: Path, kind: str
) -> None:
    done = massar("capture", kind, "--yes", "-o", str(tmp_path), **practice.settings())
    replayed = massar("replay", done.out.strip(), "--table", "1")
    assert (replayed.code, replayed.out) == (2, "")
    assert f"this one is read as {kind}. Give no --table." in replayed.err


def test_a_person_sees_the_page_and_decides(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "saved.html"
    page.write_text(PAGE)
    for answer, saved in (("n\n", 0), ("y\n", 1)):
        terminal = Terminal(
            "capture", str(page), "-o", str(tmp_path / "out"), environment=surroundings(home)
        )
        terminal.wait_for("[y/N]")
        terminal.press(answer)
        seen = terminal.end()
        assert seen.code == 0
        assert "Élève" in seen.text
        assert "Zoulikhane" not in seen.text
        assert len(list((tmp_path / "out").glob("*"))) == saved


def test_a_page_comes_from_standard_input(process: Callable[..., Done], tmp_path: Path) -> None:
    done = process("capture", "-", "--yes", "-o", str(tmp_path / "out"), stdin=PAGE)
    assert done.code == 0, done.err
    folder = Path(done.out.strip())
    assert folder.parent == tmp_path / "out"
    assert "Zoulikhane" not in "".join(path.read_text() for path in folder.iterdir())
    about = json.loads((folder / "about.json").read_text())
    assert (about["kind"], about["address"]) == ("absences", None)


@pytest.mark.parametrize("content", [b"\xff\xfea\0", b"no markup", b"%PDF-1.7"])
def test_a_file_that_is_no_page_is_wrong_usage(
    massar: Callable[..., Done], tmp_path: Path, content: bytes
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(content)
    assert massar("capture", str(page), "--yes").code == 2
    assert massar("capture", str(tmp_path / "none.html"), "--yes").code == 2


@pytest.mark.parametrize(
    "about", ["", "[]", "{}", '{"schema": "massar.capture/2"}', '{"schema": "massar.capture/1"}']
)
def test_a_folder_that_is_no_capture_is_wrong_usage(
    massar: Callable[..., Done], tmp_path: Path, about: str
) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "about.json").write_text(about)
    assert massar("replay", str(tmp_path)).code == 2
    assert massar("replay", str(tmp_path / "none")).code == 2


def test_replay_needs_no_network_and_no_settings(
    massar: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_rest: object, **_named: object) -> NoReturn:
        pytest.fail("a capture was read over the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    page = tmp_path / "page.html"
    page.write_text(PAGE.replace("Absences", "Divers"))
    done = massar("capture", str(page), "--yes", "-o", str(tmp_path))
    replayed = massar("replay", done.out.strip(), "--json")
    assert replayed.code == 0, replayed.err
    assert json.loads(replayed.out)["schema"] == "massar.page/1"
