"""`--download` for a parent: each child's files in a folder of the child's own."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from massar_cli.practice.life.school_life import life_of
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import PracticeStudent
from tests.children.conftest import codes_of
from tests.children.portals import (
    DETAILS,
    FILE_PATHS,
    FIRST,
    LARGE_FILE,
    PARENT,
    SECOND,
    THIRD,
    BeforeAnswering,
    BreakingOff,
    MixingFiles,
)
from tests.cli.processes import PROGRAM, surroundings
from tests.conftest import Done, Practice

Run = Callable[..., Done]
Serve = Callable[[PracticePortal], Practice]
CHILDREN = (FIRST, SECOND, THIRD)
OF_SECOND = ("documents", "--child", SECOND.code, "--json", "--download")


def contents(folder: Path) -> set[bytes]:
    return {one.read_bytes() for one in folder.iterdir() if one.name[0] != "."}


def parts(folder: Path) -> list[Path]:
    return list(folder.glob(".*.part"))


def documents_of(child: PracticeStudent) -> set[bytes]:
    return {one.make() for one in life_of(child).documents}


def names_of_nobody(folder: Path) -> set[str]:
    codes = {one.code for one in CHILDREN}
    return {one.name for one in folder.iterdir() if one.name[0] != "."} - codes


def test_each_childs_files_have_a_folder_of_their_own(
    edition: Practice, massar: Run, tmp_path: Path
) -> None:
    settings, folder = edition.settings(PARENT), tmp_path / "files"
    options = ("documents", "--all-children", "--json", "--download", str(folder))
    first, again = massar(*options, **settings), massar(*options, **settings)
    assert first.code == again.code == 0, first.err + again.err
    assert codes_of(first) == [one.code for one in CHILDREN]
    assert json.loads(first.out)["data"] == json.loads(again.out)["data"]
    for child in CHILDREN:
        made = {one.make() for one in life_of(child).documents}
        assert made
        assert contents(folder / child.code) == made
    assert names_of_nobody(folder) == set()
    assert "Saved: " in first.err
    assert "Saved: " not in again.err


def test_the_files_of_the_child_that_was_chosen_come_alone(
    either: Practice, massar: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    done = massar(
        *("documents", "--child", SECOND.code, "--download", str(folder)),
        **either.settings(PARENT),
    )
    assert done.code == 0, done.err
    assert [one.name for one in folder.iterdir() if one.name[0] != "."] == [SECOND.code]
    assert contents(folder / SECOND.code) == {one.make() for one in life_of(SECOND).documents}


@pytest.mark.parametrize("edition_name", ["2018", "2025"])
def test_a_session_lost_before_a_file_costs_a_new_choice_and_all_that_was_read(
    serve: Serve, massar: Run, tmp_path: Path, edition_name: str
) -> None:
    options = ("documents", "--child", SECOND.code, "--download")
    calm = serve(PracticePortal(edition=edition_name))
    assert massar(*options, str(tmp_path / "calm"), **calm.settings(PARENT)).code == 0
    # The last request proves whose pages were read; before it stands the last file's.
    file = calm.asked()[-2].removeprefix("GET ")
    practice = serve(
        BeforeAnswering(
            file, 1, lambda portal, _environ: portal.expire_sessions(), edition=edition_name
        )
    )
    settings = practice.settings(PARENT)
    massar("children", **settings)
    done = massar(*options, str(tmp_path / "disturbed"), **settings)
    assert done.code == 0, done.err
    assert practice.passwords_posted() == 2
    lost = practice.asked().index(f"GET {file}")
    again = practice.asked().index(f"GET {DETAILS}", lost)
    whole = calm.asked()[calm.asked().index(f"GET {DETAILS}") - 1 :]
    assert practice.asked()[again - 1 :] == whole
    made = {one.make() for one in life_of(SECOND).documents}
    assert contents(tmp_path / "disturbed" / SECOND.code) == made


@pytest.mark.parametrize("edition_name", ["2018", "2025"])
@pytest.mark.parametrize(
    ("number", "breaks_off"), [(1, False), (3, False), (3, True), (6, False), (6, True)]
)
def test_a_choice_lost_among_the_files_leaves_none_of_them(
    serve: Serve, massar: Run, tmp_path: Path, number: int, breaks_off: bool, edition_name: str
) -> None:
    folder = tmp_path / "files"
    mine = folder / SECOND.code / "releve.pdf"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    practice = serve(MixingFiles(number, breaks_off=breaks_off, edition=edition_name))
    done = massar(*OF_SECOND, str(folder), **practice.settings(PARENT))
    assert (done.code, done.out) == (5, "")
    assert sum(one.partition(" ")[2].startswith(FILE_PATHS) for one in practice.asked()) >= 6
    assert "Saved" not in done.err
    assert contents(folder / SECOND.code) == {b"mine"}
    assert parts(folder / SECOND.code) == []
    # Nor is any of it taken up by a later run.
    calm = serve(PracticePortal(edition=edition_name))
    assert massar(*OF_SECOND, str(folder), **calm.settings(PARENT)).code == 0
    assert contents(folder / SECOND.code) == documents_of(SECOND) | {b"mine"}


def test_files_of_another_child_do_not_stay_where_the_session_is_lost_too(
    serve: Serve, massar: Run, tmp_path: Path
) -> None:
    practice = serve(MixingFiles(1, dies=True))
    settings = practice.settings(PARENT)
    massar("children", **settings)
    done = massar(*OF_SECOND, str(tmp_path), **settings)
    assert done.code == 0, done.err
    assert contents(tmp_path / SECOND.code) == documents_of(SECOND)
    assert practice.passwords_posted() == 2


def test_a_child_whose_choice_is_lost_takes_no_others_files_away(
    serve: Serve, massar: Run, tmp_path: Path
) -> None:
    count = len(life_of(FIRST).documents)
    practice = serve(MixingFiles(count + 2))
    done = massar(
        *("documents", "--all-children", "--json", "--download", str(tmp_path)),
        **practice.settings(PARENT),
    )
    assert done.code == 8
    assert codes_of(done) == [FIRST.code, THIRD.code]
    for child in (FIRST, THIRD):
        assert contents(tmp_path / child.code) == documents_of(child)
    assert contents(tmp_path / SECOND.code) == set()


def test_files_that_could_not_be_checked_do_not_stay(
    serve: Serve, massar: Run, tmp_path: Path
) -> None:
    calm = serve(PracticePortal())
    assert massar(*OF_SECOND, str(tmp_path / "calm"), **calm.settings(PARENT)).code == 0
    before = len(calm.portal.journal) - 1
    practice = serve(PracticePortal(faults=[f"error@{before}"]))
    done = massar(*OF_SECOND, str(tmp_path / "files"), **practice.settings(PARENT))
    assert (done.code, done.out) == (4, "")
    assert practice.asked()[: before + 1] == calm.asked()
    assert contents(tmp_path / "files" / SECOND.code) == set()
    assert parts(tmp_path / "files" / SECOND.code) == []


def test_a_run_killed_before_the_check_leaves_nothing_that_the_next_takes_up(
    serve: Serve, massar: Run, home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / SECOND.code
    running: list[subprocess.Popen[bytes]] = []

    def kill(_portal: object, _environ: object) -> None:
        running[0].kill()

    practice = serve(BeforeAnswering(DETAILS, 2, kill))
    with subprocess.Popen(
        [*PROGRAM, *OF_SECOND, str(tmp_path)],
        env=surroundings(home, **practice.settings(PARENT)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        running.append(process)
    assert contents(folder) == set()
    left = parts(folder)
    assert len(left) == len(documents_of(SECOND))
    assert {one.stat().st_mode & 0o777 for one in left} == {0o600}
    # As if they were another child's: no byte of them may come into a file, wanted again or not.
    for one in (*left, folder / f".massar-{'0' * 32}.part"):
        one.write_bytes(b"another child's")
    assert massar(*OF_SECOND, str(tmp_path), **practice.settings(PARENT)).code == 0
    assert contents(folder) == documents_of(SECOND)
    assert parts(folder) == []


def test_a_childs_file_that_broke_off_goes_on_in_the_next_run(
    serve: Serve, massar: Run, tmp_path: Path
) -> None:
    settings = serve(BreakingOff()).settings(PARENT)
    folder = tmp_path / SECOND.code
    assert massar(*OF_SECOND, str(tmp_path), **settings).code == 8
    assert len(contents(folder)) == len(documents_of(SECOND)) - 1
    (part,) = parts(folder)
    assert part.read_bytes() == LARGE_FILE[: len(LARGE_FILE) // 2]
    assert massar(*OF_SECOND, str(tmp_path), **settings).code == 0
    assert LARGE_FILE in contents(folder)
    assert parts(folder) == []
