"""`--if-changed`: the same records leave the file alone, anything else is written as ever."""

import json
import os
import re
import stat
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from massar_cli.formats import hold_the_same
from massar_cli.practice.students import DEMO
from tests.cli.servers import REPORT_CARD, AlteredPortal, Replacement, closed_port
from tests.conftest import Done, Practice

Run = Callable[..., Done]

ONE_CARD = ("grades", "--year", "2023", "--semester", "1")
DEMO_CARD = ("--demo", *ONE_CARD)
FORMATS = {"table": "a.txt", "csv": "a.csv", "json": "a.json", "jsonl": "a.jsonl", "md": "a.md"}
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _whole: b"",
    "cut at its end": lambda whole: whole[:-2],
    "cut in the middle": lambda whole: whole[: len(whole) // 2],
    "twice": lambda whole: whole + whole,
    "byte-order mark": lambda whole: b"\xef\xbb\xbf" + whole,
    "no UTF-8": lambda whole: whole.replace(b"2023", b"2\xff23", 1),
    "UTF-16": lambda whole: whole.decode().encode("utf-16"),
    "a list": lambda _whole: b"[]",
    "nothing": lambda _whole: b"null",
    "endlessly deep": lambda _whole: b"[" * 100_000,
}
LONG_AGO = 1_000_000_000
OTHER_TIME = "2001-09-09T01:46:40+00:00"


class State(NamedTuple):
    """All of a file that a run may or may not have touched."""

    inode: int
    modified: int
    mode: int
    content: bytes


def state_of(file: Path) -> State:
    status = file.stat()
    return State(status.st_ino, status.st_mtime_ns, stat.S_IMODE(status.st_mode), file.read_bytes())


def aged(file: Path) -> State:
    """Give a file an old time, so that any writing shows."""
    os.utime(file, (LONG_AGO, LONG_AGO))
    return state_of(file)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(("format_", "name"), FORMATS.items())
@pytest.mark.parametrize("mode", [0o600, 0o444])
def test_the_same_records_leave_the_file_alone(
    massar: Run, practice: Practice, here: Path, format_: str, name: str, mode: int
) -> None:
    arguments = (*ONE_CARD, "-f", format_, "-o", name, "--if-changed")
    file = here / name
    first = massar(*arguments, **practice.settings())
    assert first == Done(0, "", "")
    assert state_of(file).mode == 0o600
    file.chmod(mode)
    before = aged(file)
    done = massar(*arguments, **practice.settings())
    assert (done.code, done.out) == (0, "")
    (line,) = done.err.splitlines()
    assert name in line
    assert state_of(file) == before
    assert massar("-q", *arguments, **practice.settings()) == Done(0, "", "")
    assert state_of(file) == before
    assert list(here.iterdir()) == [file]


@pytest.mark.parametrize("more", [(), ("--summary",), ("--summary", "--excel")])
def test_every_card_of_every_year_is_compared(massar: Run, more: tuple[str, ...]) -> None:
    arguments = ("--demo", "grades", "--year", "all", *more, "-o", "all.csv", "--if-changed")
    assert massar(*arguments).code == 0
    before = aged(Path("all.csv"))
    assert massar(*arguments).code == 0
    assert state_of(Path("all.csv")) == before
    changed = before.content.replace(b"2023/2024", b"2023/2O24", 1)
    Path("all.csv").write_bytes(changed)
    assert massar(*arguments).code == 0
    assert Path("all.csv").read_bytes() == before.content


@pytest.mark.parametrize("command", ["journey", "profile"])
def test_every_command_that_prints_records_can_leave_the_file_alone(
    massar: Run, command: str
) -> None:
    arguments = ("--demo", command, "-o", "a.json", "--if-changed")
    assert massar(*arguments) == Done(0, "", "")
    before = aged(Path("a.json"))
    assert massar(*arguments).code == 0
    assert state_of(Path("a.json")) == before


def test_the_time_of_a_json_file_is_left_aside_and_nothing_else(massar: Run) -> None:
    file = Path("a.json")
    assert massar(*DEMO_CARD, "-o", "a.json").code == 0
    document = json.loads(file.read_text())
    whole = file.read_bytes()

    def write(text: str) -> State:
        file.write_text(text)
        return aged(file)

    def run() -> None:
        assert massar(*DEMO_CARD, "-o", "a.json", "--if-changed").code == 0

    at_another_time = {**document, "fetched_at": OTHER_TIME}
    for same in (
        json.dumps(at_another_time, ensure_ascii=False, indent=2),
        json.dumps(at_another_time),
        json.dumps(at_another_time, indent=8, sort_keys=True),
    ):
        before = write(same)
        run()
        assert state_of(file) == before
    for other in (
        {**at_another_time, "source": "portal"},
        {**at_another_time, "schema": "massar.grades/2"},
        {**at_another_time, "errors": [{"kind": "unavailable"}]},
        {**at_another_time, "data": document["data"] * 2},
        {**at_another_time, "more": None},
        {key: value for key, value in document.items() if key != "fetched_at"},
    ):
        write(json.dumps(other))
        run()
        assert file.read_bytes() == whole


def test_a_number_is_not_the_same_as_a_truth_value(massar: Run) -> None:
    file = Path("a.json")
    massar(*DEMO_CARD, "-o", "a.json")
    whole = file.read_text()
    file.write_text(re.sub(r'"semester": 1\b', '"semester": true', whole))
    assert file.read_text() != whole
    massar(*DEMO_CARD, "-o", "a.json", "--if-changed")
    assert file.read_text() == whole


@pytest.mark.parametrize(("format_", "name"), FORMATS.items())
def test_a_damaged_file_counts_as_changed(
    massar: Run, practice: Practice, format_: str, name: str
) -> None:
    file, settings = Path(name), practice.settings()
    arguments = (*ONE_CARD, "-f", format_, "-o", name)
    assert massar(*arguments, **settings).code == 0
    whole = file.read_bytes()
    for what, damage in DAMAGES.items():
        file.write_bytes(damage(whole))
        assert massar(*arguments, "--if-changed", **settings) == Done(0, "", ""), what
        if format_ == "json":
            assert hold_the_same(file.read_bytes(), whole), what
        else:
            assert file.read_bytes() == whole, what


@pytest.mark.parametrize("old", FORMATS)
def test_a_file_of_another_format_counts_as_changed(
    massar: Run, practice: Practice, old: str
) -> None:
    file, settings = Path("a"), practice.settings()
    assert massar(*ONE_CARD, "-f", old, "-o", "a", **settings).code == 0
    whole = file.read_bytes()
    for new in FORMATS:
        file.write_bytes(whole)
        before = aged(file)
        assert massar(*ONE_CARD, "-f", new, "-o", "a", "--if-changed", **settings).code == 0
        assert (state_of(file) == before) is (old == new), new


def test_a_file_far_larger_than_the_records_is_not_read(massar: Run) -> None:
    file = Path("a.json")
    with file.open("wb") as stream:
        stream.truncate(100 * 1024**3)  # of holes alone: it takes no room, and no memory holds it
    assert massar(*DEMO_CARD, "-o", "a.json", "--if-changed") == Done(0, "", "")
    assert file.read_text() == massar(*DEMO_CARD, "--json").out


def test_a_file_that_cannot_be_read_counts_as_changed(
    massar: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path("a.csv")
    massar(*DEMO_CARD, "-o", "a.csv")
    aged(file)
    open_file = Path.open

    def refuse(path: Path, mode: str = "r", *arguments: object, **named: object) -> object:
        if path == file and mode == "rb":
            raise PermissionError(13, "Permission denied")
        return open_file(path, mode, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert massar(*DEMO_CARD, "-o", "a.csv", "--if-changed") == Done(0, "", "")
    assert file.stat().st_mtime > LONG_AGO


def test_a_link_to_the_same_records_and_its_target_are_left_alone(
    massar: Run, tmp_path: Path
) -> None:
    target = tmp_path / "elsewhere.csv"
    massar(*DEMO_CARD, "-o", str(target))
    before = aged(target)
    Path("a.csv").symlink_to(target)
    assert massar(*DEMO_CARD, "-o", "a.csv", "--if-changed").code == 0
    assert Path("a.csv").is_symlink()
    assert state_of(target) == before


def test_a_pipe_gets_the_records_every_time(massar: Run) -> None:
    os.mkfifo("pipe")
    expected = massar(*DEMO_CARD, "-f", "csv").out
    read: list[str] = []
    for turn in (1, 2):
        reader = threading.Thread(target=lambda: read.append(Path("pipe").read_text()), daemon=True)
        reader.start()
        done = massar(*DEMO_CARD, "-f", "csv", "-o", "pipe", "--if-changed")
        reader.join(10)
        assert done == Done(0, "", "")
        assert read == [expected] * turn


def test_a_device_is_written_to_as_ever(process: Run) -> None:
    assert process(*DEMO_CARD, "-o", "/dev/null", "--if-changed") == Done(0, "", "")
    plain = process(*DEMO_CARD, "-f", "csv")
    assert process(*DEMO_CARD, "-f", "csv", "-o", "/dev/stdout", "--if-changed") == plain


@pytest.mark.parametrize("more", [(), ("-o", "-")])
@pytest.mark.parametrize("command", ["grades", "journey", "profile"])
def test_without_a_file_it_is_wrong_usage_and_nothing_is_asked(
    massar: Run, practice: Practice, command: str, more: tuple[str, ...]
) -> None:
    done = massar(command, "--if-changed", *more, **practice.settings())
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert "-o FILE" in line
    assert practice.asked() == []


def test_a_failed_run_leaves_the_file_alone_and_its_exit_code_as_it_is(massar: Run) -> None:
    massar(*DEMO_CARD, "-o", "a.json")
    before = aged(Path("a.json"))
    done = massar(
        *(*ONE_CARD, "-o", "a.json", "--if-changed"),
        MASSAR_URL=f"http://127.0.0.1:{closed_port()}",
        MASSAR_CODE=DEMO.code,
        MASSAR_PASSWORD=DEMO.password,
    )
    assert done.code == 4
    assert state_of(Path("a.json")) == before


def one_year_fails(path: str, fields: Mapping[str, str]) -> Replacement | None:
    return Replacement() if path == REPORT_CARD and fields["Annee"] == "2025" else None


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_a_partial_answer_is_always_written_and_never_called_unchanged(
    massar: Run, serve_altered: Callable[[AlteredPortal], str], name: str
) -> None:
    settings = {
        "MASSAR_URL": serve_altered(AlteredPortal(one_year_fails)),
        "MASSAR_CODE": DEMO.code,
        "MASSAR_PASSWORD": DEMO.password,
    }
    arguments = ("-q", "grades", "--year", "all", "-o", name, "--if-changed")
    first = massar(*arguments, **settings)
    before = aged(Path(name))
    second = massar(*arguments, **settings)
    assert first.code == second.code == 8
    assert "2025/2026" in second.err
    assert len(second.err.splitlines()) == len(first.err.splitlines())
    assert state_of(Path(name)).modified != before.modified


def test_a_failure_while_writing_leaves_the_old_file(
    massar: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path("a.csv")
    file.write_text("old")

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    done = massar(*DEMO_CARD, "-o", "a.csv", "--if-changed")
    assert (done.code, done.out) == (2, "")
    assert "No space left on device" in json.loads(done.err)["error"]["message"]
    assert file.read_text() == "old"
    assert len(list(here.iterdir())) == 1
