"""`--download`: files under safe names, others untouched, and what failed told in its place."""

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from massar_cli.practice.editions import EDITIONS
from massar_cli.practice.life.school_life import life_of
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO, STUDENTS
from tests.cli.processes import surroundings
from tests.cli.terminal import Terminal
from tests.conftest import Done, Practice

Run = Callable[..., Done]
Serve = Callable[[PracticePortal], Practice]
HOSTILE = next(one for one in STUDENTS if one.life == "hostile")
EACH = pytest.mark.parametrize(
    ("edition", "language"),
    [(edition, language) for edition in EDITIONS for language in ("ar", "fr")],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


def files_in(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.name[0] != "."}


def answer(done: Done) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.out)
    return found


@EACH
def test_every_file_of_every_service_is_saved_whole(
    massar: Run, serve: Serve, folder: Path, edition: str, language: str
) -> None:
    practice = serve(PracticePortal(edition=edition, language=language))
    life = life_of(DEMO)
    made = {one.make() for one in life.documents}
    done = massar("documents", "--json", "--download", str(folder), **practice.settings())
    assert done.code == 0, done.err
    assert set(files_in(folder).values()) == made
    assert {"شهادة مدرسية 2026-2027.pdf", "releve.pdf", "releve (2).pdf"} <= set(files_in(folder))
    (picture,) = [name for name in files_in(folder) if name.endswith(".png")]
    assert picture in ("خريطة المؤسسة.png", "Plan de l'établissement.png")
    assert done.err.count("Saved: ") == 6
    plain = massar("documents", "--json", **practice.settings())
    assert answer(plain)["data"] == answer(done)["data"]
    for kind in ("homework", "messages"):
        done = massar(kind, "--json", "--download", str(folder), **practice.settings())
        assert done.code == 0, done.err
        wanted = {file["url"] for one in answer(done)["data"] for file in one["attachments"]}
        assert done.err.count("Saved: ") == len(wanted)
        # The files of a message may be in the message itself, which is never opened.
        assert wanted or (kind, edition) == ("messages", "2018")


@EACH
def test_hostile_names_and_answers_harm_nothing(
    massar: Run, serve: Serve, folder: Path, edition: str, language: str
) -> None:
    practice = serve(PracticePortal(edition=edition, language=language))
    done = massar("documents", "--json", "--download", str(folder), **practice.settings(HOSTILE))
    assert done.code == 8, done.err
    documents = life_of(HOSTILE).documents
    # All but a page, a file that is too large, and one that ends before its end.
    good = [one for one in documents if one.behaviour not in ("error-page", "huge", "lying")]
    assert sorted(files_in(folder).values()) == sorted(one.make() for one in good)
    kinds = [one["kind"] for one in answer(done)["errors"]]
    assert sorted(kinds) == ["page-changed", "unavailable", "unavailable"]
    assert len(answer(done)["data"]) == len(documents)
    names = set(files_in(folder))
    assert {"passwd.pdf", "certificat.pdf", "شهادة fdp.exe", "CON_.pdf", "نظام المطعم.pdf"} <= names
    assert {"avis.pdf", "avis (2).pdf", "AVIS (3).PDF"} <= names
    for name in names:
        assert not {unicodedata.category(one) for one in name} & {"Cc", "Cf"}
        assert len(name.encode()) <= 160
    assert {one.name for one in folder.parent.iterdir()} <= {"files", "home"}
    assert "\x1b" not in done.err
    before = files_in(folder)
    again = massar("documents", "--json", "--download", str(folder), **practice.settings(HOSTILE))
    assert again.code == 8
    assert files_in(folder) == before
    assert "Saved" not in again.err


def test_the_huge_file_is_refused_before_it_comes(
    massar: Run, practice: Practice, folder: Path
) -> None:
    done = massar("documents", "--json", "--download", str(folder), **practice.settings(HOSTILE))
    errors = [one["message"] for one in answer(done)["errors"]]
    assert sum("larger than 50 MB" in one for one in errors) == 1
    assert sum(one.stat().st_size for one in folder.iterdir()) < 100_000


def test_a_larger_limit_takes_it(massar: Run, practice: Practice, folder: Path, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("download_limit_mb = 60\n")
    massar("documents", "--download", str(folder), **practice.settings(HOSTILE))
    assert (folder / "fete.zip").stat().st_size == 60_000_000


def test_the_practice_portal_in_process_gives_files_too(massar: Run, folder: Path) -> None:
    done = massar("--demo", "documents", "--download", str(folder))
    assert done.code == 0, done.err
    assert len(files_in(folder)) == 6


def test_filters_choose_the_files(massar: Run, practice: Practice, folder: Path) -> None:
    day = ("homework", "--due", "2001-01-01", "--json")
    done = massar(*day, "--download", str(folder), **practice.settings())
    assert done.code == 0
    assert "There are no files to download." in done.err
    assert folder.is_dir()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_closed_folder_is_told_before_anything_is_asked(
    massar: Run, practice: Practice, folder: Path
) -> None:
    folder.mkdir(mode=0o500)
    done = massar("documents", "--download", str(folder), **practice.settings())
    assert done.code == 2
    assert practice.asked() == []


@pytest.mark.parametrize("kind", ["homework", "messages", "documents"])
def test_what_is_no_folder_is_told_before_anything_is_asked(
    massar: Run, practice: Practice, folder: Path, kind: str
) -> None:
    folder.write_text("mine")
    for name in (str(folder), str(folder / "below"), "", "\0"):
        done = massar(kind, "--json", "--download", name, **practice.settings())
        assert done.code == 2, done.err
        assert json.loads(done.err)["error"]["kind"] == "usage"
        assert done.out == ""
    assert practice.asked() == []
    assert folder.read_text() == "mine"


def test_an_existing_folder_keeps_its_mode_and_files(
    massar: Run, practice: Practice, folder: Path
) -> None:
    folder.mkdir(mode=0o755)
    (folder / "releve.pdf").write_bytes(b"mine")
    massar("documents", "--download", str(folder), **practice.settings())
    assert folder.stat().st_mode & 0o777 == 0o755
    assert (folder / "releve.pdf").read_bytes() == b"mine"
    assert {"releve (2).pdf", "releve (3).pdf"} <= set(files_in(folder))


def test_a_bar_is_shown_at_a_terminal_alone(
    practice: Practice, folder: Path, home: Path, tmp_path: Path
) -> None:
    environment = surroundings(home, **practice.settings())
    arguments = ("documents", "--json", "--download", str(folder))
    (home / "config.toml").parent.mkdir(mode=0o700)
    (home / "config.toml").write_text("request_spacing = 0\n")
    with (
        (tmp_path / "out.json").open("wb") as out,
        Terminal(*arguments, environment=environment, columns=100, stdout=out) as terminal,
    ):
        seen = terminal.end()
    assert seen.code == 0
    assert "━" in seen.text
    assert "Saved:" in seen.text
    assert len(json.loads((tmp_path / "out.json").read_bytes())["data"]) == 6
    for file in folder.iterdir():
        file.unlink()
    with Terminal("--quiet", *arguments, environment=environment) as terminal:
        assert "━" not in terminal.end().text
    for file in folder.iterdir():
        file.unlink()
    ended = subprocess.run(
        [sys.executable, "-m", "massar_cli", *arguments],
        env=environment,
        capture_output=True,
        check=True,
    )
    assert b"\x1b" not in ended.stderr
    assert b"Saved: " in ended.stderr


def test_nothing_but_reading_was_asked(massar: Run, practice: Practice, folder: Path) -> None:
    for kind in ("homework", "messages", "documents"):
        massar(kind, "--download", str(folder), **practice.settings())
    assert practice.passwords_posted() == 1
    assert not any(one.changes_something for one in practice.portal.journal)
    assert {
        one.method for one in practice.portal.journal if one.path != "/moutamadris/Account"
    } == {"GET"}
