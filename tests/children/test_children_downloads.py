"""`--download` for a parent: each child's files in a folder of the child's own."""

import json
from collections.abc import Callable
from pathlib import Path

from massar_cli.practice.life.school_life import life_of
from tests.children.conftest import codes_of
from tests.children.portals import FIRST, PARENT, SECOND, THIRD
from tests.conftest import Done, Practice

Run = Callable[..., Done]
CHILDREN = (FIRST, SECOND, THIRD)


def contents(folder: Path) -> set[bytes]:
    return {one.read_bytes() for one in folder.iterdir() if one.name[0] != "."}


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
    assert contents_of_no_child(folder) == set()
    assert "Saved: " in first.err
    assert "Saved: " not in again.err


def contents_of_no_child(folder: Path) -> set[str]:
    codes = {one.code for one in CHILDREN}
    return {one.name for one in folder.iterdir() if one.name[0] != "."} - codes


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
