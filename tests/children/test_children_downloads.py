"""`--download` for a parent: each child's files in a folder of the child's own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from massar_cli.practice.life.school_life import life_of
from massar_cli.practice.portal import PracticePortal
from tests.children.conftest import codes_of
from tests.children.portals import DETAILS, FIRST, HOME, PARENT, SECOND, THIRD, BeforeAnswering
from tests.conftest import Done, Practice

Run = Callable[..., Done]
Serve = Callable[[PracticePortal], Practice]
CHILDREN = (FIRST, SECOND, THIRD)


def contents(folder: Path) -> set[bytes]:
    return {one.read_bytes() for one in folder.iterdir() if one.name[0] != "."}


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
def test_a_session_lost_before_a_file_chooses_the_child_again(
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
    again = practice.asked().index(f"GET {file}", lost + 1)
    assert practice.asked()[again - 2 : again] == [f"GET {HOME}", f"GET {DETAILS}"]
    made = {one.make() for one in life_of(SECOND).documents}
    assert contents(tmp_path / "disturbed" / SECOND.code) == made
