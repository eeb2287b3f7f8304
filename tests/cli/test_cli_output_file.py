"""`--output`: written whole or not at all, private, and refused before anything is asked."""

import json
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from massar_cli.practice.students import DEMO
from tests.cli.servers import closed_port
from tests.conftest import Done, Practice

Run = Callable[..., Done]

ONE_CARD = ("--demo", "grades", "--year", "2023", "--semester", "1")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        *(("a.csv", "csv"), ("a.JSON", "json"), ("a.jsonl", "jsonl"), ("a.ndjson", "jsonl")),
        *(
            ("a.md", "md"),
            ("a.txt", "table"),
            ("a", "table"),
            ("a.dat", "table"),
            (".csv", "table"),
        ),
    ],
)
def test_the_ending_picks_the_format_and_the_file_is_private(
    massar: Run, here: Path, name: str, format_: str
) -> None:
    done = massar(*ONE_CARD, "-o", name)
    assert done == Done(0, "", "")
    (file,) = here.iterdir()
    assert file.name == name
    assert mode_of(file) == 0o600
    assert file.read_text() == massar(*ONE_CARD, "-f", format_).out


def test_the_mode_is_private_whatever_the_umask(massar: Run) -> None:
    before = os.umask(0)
    try:
        massar(*ONE_CARD, "-o", "a.csv")
    finally:
        os.umask(before)
    assert mode_of(Path("a.csv")) == 0o600


def test_a_format_that_is_named_wins_over_the_ending(massar: Run) -> None:
    for arguments in (("-f", "json"), ("--json",)):
        assert massar(*ONE_CARD, *arguments, "-o", "a.csv").code == 0
        assert json.loads(Path("a.csv").read_text())["schema"] == "massar.grades/1"


def test_excel_to_a_file_of_unknown_ending_is_csv(massar: Run) -> None:
    assert massar(*ONE_CARD, "--excel", "-o", "a.xls").code == 0
    assert Path("a.xls").read_bytes().startswith(b"\xef\xbb\xbfschool_year;semester;")


def test_a_file_that_exists_keeps_its_mode_and_loses_all_its_content(
    massar: Run, here: Path
) -> None:
    file = Path("a.csv")
    file.write_text("old\n" * 10_000)
    file.chmod(0o640)
    assert massar(*ONE_CARD, "-o", "a.csv").code == 0
    assert mode_of(file) == 0o640
    assert file.read_text() == massar(*ONE_CARD, "-f", "csv").out
    assert list(here.iterdir()) == [here / "a.csv"]


def test_a_link_is_followed_and_stays_a_link(massar: Run, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.csv"
    target.write_text("old")
    target.chmod(0o644)
    Path("a.csv").symlink_to(target)
    assert massar(*ONE_CARD, "-o", "a.csv").code == 0
    assert Path("a.csv").is_symlink()
    assert target.read_text().startswith("school_year,")
    assert mode_of(target) == 0o644


def test_a_link_to_a_file_that_does_not_exist_yet_creates_it(massar: Run, tmp_path: Path) -> None:
    Path("a.csv").symlink_to(tmp_path / "new.csv")
    assert massar(*ONE_CARD, "-o", "a.csv").code == 0
    assert Path("a.csv").is_symlink()
    assert mode_of(tmp_path / "new.csv") == 0o600


def test_a_home_sign_is_the_home(
    massar: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert massar(*ONE_CARD, "-o", "~/a.csv").code == 0
    assert (tmp_path / "a.csv").exists()


def test_a_dash_is_standard_output(massar: Run, here: Path) -> None:
    assert massar(*ONE_CARD, "-o", "-") == massar(*ONE_CARD)
    assert massar(*ONE_CARD, "-o", "-", "-f", "csv") == massar(*ONE_CARD, "-f", "csv")
    assert list(here.iterdir()) == []


def test_a_device_is_written_to_and_stays_a_device(massar: Run) -> None:
    assert massar(*ONE_CARD, "-f", "csv", "-o", "/dev/null") == Done(0, "", "")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_standard_output_by_its_device_name_works_in_a_pipe(process: Run) -> None:
    plain = process(*ONE_CARD, "-f", "csv")
    assert plain.code == 0
    assert process(*ONE_CARD, "-f", "csv", "-o", "/dev/stdout") == plain


def test_a_named_pipe_gets_the_records(massar: Run, here: Path) -> None:
    os.mkfifo("pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe").read_text()), daemon=True)
    reader.start()
    done = massar(*ONE_CARD, "-f", "csv", "-o", "pipe")
    reader.join(10)
    assert done == Done(0, "", "")
    assert read == [massar(*ONE_CARD, "-f", "csv").out]
    assert [one.name for one in here.iterdir()] == ["pipe"]


@pytest.mark.parametrize(
    "name",
    [
        "missing/a.csv",
        "file/a.csv",
        "folder",
        "folder/",
        "",
        "  ",
        "/",
        "~nobody-of-that-name/a.csv",
        f"{'long' * 100}.csv",
        pytest.param(
            "locked/a.csv",
            marks=pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere"),
        ),
    ],
)
@pytest.mark.parametrize("machine", [True, False])
def test_a_file_that_cannot_be_written_is_told_before_anything_is_asked(
    massar: Run, practice: Practice, here: Path, name: str, machine: bool
) -> None:
    (here / "file").write_text("mine")
    (here / "folder").mkdir()
    (here / "locked").mkdir(mode=0o500)
    before = sorted(here.rglob("*"))
    chosen = ("--json",) if machine else ("-f", "table")
    done = massar("grades", *chosen, "-o", name, **practice.settings())
    assert (done.code, done.out) == (2, "")
    if machine:
        assert json.loads(done.err)["error"]["kind"] == "usage"
    else:
        (line,) = done.err.splitlines()
        assert line.startswith("massar: ")
        assert "--output" in line
    assert practice.asked() == []
    assert sorted(here.rglob("*")) == before
    assert (here / "file").read_text() == "mine"


def test_a_folder_that_may_not_be_written_to_is_told_before_anything_is_asked(
    massar: Run, practice: Practice, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # For root, who may write anywhere, only the system's own answer can be played.
    monkeypatch.setattr(os, "access", lambda *_arguments, **_named: False)
    done = massar("grades", "-o", "a.csv", **practice.settings())
    assert done.code == 2
    assert "a.csv" in json.loads(done.err)["error"]["message"]
    assert practice.asked() == []
    assert list(here.iterdir()) == []


def test_a_device_that_is_full_is_told(massar: Run) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = massar(*ONE_CARD, "-o", "/dev/full", "-f", "table")
    assert (done.code, done.out) == (2, "")
    assert "No space left on device" in done.err


def test_a_failed_run_leaves_the_old_file_alone(massar: Run, here: Path) -> None:
    file = Path("a.json")
    file.write_text("old")
    done = massar(
        *("grades", "-o", "a.json"),
        MASSAR_URL=f"http://127.0.0.1:{closed_port()}",
        MASSAR_CODE=DEMO.code,
        MASSAR_PASSWORD=DEMO.password,
    )
    assert done.code == 4
    assert file.read_text() == "old"
    assert len(list(here.iterdir())) == 1


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(
    massar: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path("a.csv")
    file.write_text("old")

    def fail(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    done = massar(*ONE_CARD, "-o", "a.csv")
    assert (done.code, done.out) == (2, "")
    assert "Input/output error" in json.loads(done.err)["error"]["message"]
    assert file.read_text() == "old"
    assert len(list(here.iterdir())) == 1


@pytest.mark.parametrize("command", ["journey", "profile"])
def test_every_command_that_prints_records_can_write_them(massar: Run, command: str) -> None:
    assert massar("--demo", command, "-o", "a.json") == Done(0, "", "")
    assert json.loads(Path("a.json").read_text())["schema"] == f"massar.{command}/1"


def test_a_file_never_holds_colours_or_marks(massar: Run) -> None:
    massar(*ONE_CARD, "-o", "a.txt", FORCE_COLOR="1")
    marks = "\u200e\u200f\u202a\u202b\u202c\u2066\u2069"
    assert not set(f"\x1b{marks}") & set(Path("a.txt").read_text())
