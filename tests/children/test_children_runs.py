"""Several runs at once for the children of one account, and the parents' own application."""

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from massar_cli.portal.cookies import SessionFile
from massar_cli.practice.portal import PracticePortal
from tests.children.conftest import codes_of, data_of, error_of
from tests.children.portals import FIRST, PARENT, PATH, SECOND, THIRD, Moved
from tests.cli.processes import ROOT, start, surroundings
from tests.conftest import Done, Practice

Run = Callable[..., Done]
Serve = Callable[[PracticePortal], Practice]

HOLDER = """
import sys, time
from pathlib import Path
from massar_cli.portal.cookies import SessionFile
with SessionFile(Path(sys.argv[1])).turn(10):
    print("held", flush=True)
    time.sleep(600)
"""


def hurry(home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text("request_spacing = 0\n")


def session_of(home: Path) -> SessionFile:
    (file,) = home.glob("session-*.json")
    return SessionFile(file)


@pytest.mark.parametrize("is_warm", [False, True])
def test_runs_for_different_children_never_mix(
    practice: Practice, process: Run, home: Path, is_warm: bool
) -> None:
    hurry(home)
    settings = practice.settings(PARENT)
    if is_warm:
        process("children", **settings)
    alone = {
        child.code: data_of(process("journey", "--json", "--child", child.code, **settings))
        for child in (PARENT.children if is_warm else ())
    }
    practice.portal.journal.clear()
    children = PARENT.children * 2
    with ThreadPoolExecutor(len(children)) as pool:
        runs = list(
            pool.map(
                lambda child: process("journey", "--json", "--child", child.code, **settings),
                children,
            )
        )
    for child, done in zip(children, runs, strict=True):
        assert done.code == 0, done.err
        assert codes_of(done) == [child.code]
        assert data_of(done)[0]["school"] == child.school.ar
        assert alone.get(child.code, data_of(done)) == data_of(done)
    assert practice.passwords_posted() == (0 if is_warm else 1)
    # From each choice to its child's last page nobody else asks for anything.
    chosen = [
        one.path.partition("CodeEleve=")[2]
        for one in practice.portal.journal
        if "CodeEleve=" in one.path or PATH in one.path
    ]
    assert all((here == "") != (following == "") for here, following in pairwise(chosen))


def test_a_run_waits_for_its_turn_and_no_longer_than_its_time(
    practice: Practice, massar: Run, home: Path
) -> None:
    settings = practice.settings(PARENT)
    massar("children", **settings)
    practice.portal.journal.clear()
    with session_of(home).turn(1):
        done = massar("--timeout", "1", "journey", "--json", "--child", THIRD.code, **settings)
    assert (done.code, done.out) == (4, "")
    assert "still reading" in error_of(done)["message"]
    assert practice.asked() == []
    assert massar("journey", "--child", THIRD.code, **settings).code == 0


def test_a_pupil_waits_for_nobody(practice: Practice, massar: Run, home: Path) -> None:
    settings = practice.settings()
    massar("journey", **settings)
    with session_of(home).turn(1):
        assert massar("--timeout", "1", "journey", **settings).code == 0


def test_the_turn_of_a_run_that_died_is_free(practice: Practice, massar: Run, home: Path) -> None:
    settings = practice.settings(PARENT)
    massar("children", **settings)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(session_of(home).path)],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert holder.stdout is not None
    with holder, holder.stdout as output:
        assert output.readline() == b"held\n"
        held = massar("--timeout", "1", "journey", "--child", FIRST.code, **settings)
        holder.kill()
    assert held.code == 4
    assert massar("journey", "--child", FIRST.code, **settings).code == 0


def test_an_interrupted_run_leaves_the_turn(practice: Practice, massar: Run, home: Path) -> None:
    settings = practice.settings(PARENT)
    massar("children", **settings)
    ended = start(*("journey", "--child", SECOND.code), environment=surroundings(home, **settings))
    ended.kill()
    ended.communicate()
    done = massar("journey", "--json", "--child", THIRD.code, **settings)
    assert codes_of(done) == [THIRD.code]


def test_forget_removes_the_turn_too(practice: Practice, massar: Run, home: Path) -> None:
    settings = practice.settings(PARENT)
    massar("journey", "--child", SECOND.code, **settings)
    assert list(home.glob("*.turn"))
    massar("forget", **settings)
    assert not list(home.glob("session-*"))


def test_names_are_kept_with_the_session_for_its_owner_alone(
    practice: Practice, massar: Run, home: Path
) -> None:
    settings = practice.settings(PARENT)
    massar("journey", "--child", "hiba", **settings)
    file = session_of(home).path
    assert file.stat().st_mode & 0o777 == 0o600
    kept = json.loads(file.read_text())["landing"]["children"]
    assert [child["code"] for child in kept] == [one.code for one in PARENT.children]
    assert kept[2]["other_names"] == ["هبة الأسرة", "HIBA OUSRA"]
    assert "0600000000" not in file.read_text()


@pytest.mark.parametrize("edition_name", ["2018", "2025"])
def test_the_parents_own_application_is_tried_and_said_to_be_unconfirmed(
    serve: Serve, massar: Run, edition_name: str
) -> None:
    practice = serve(Moved(edition=edition_name))
    base = practice.url.replace("/moutamadris", "/waliye")
    settings = {**practice.settings(PARENT), "MASSAR_URL": base}
    for command in ("journey", "profile"):
        done = massar(command, "--json", "--all-children", **settings)
        assert done.code == 0, done.err
        assert codes_of(done) == [child.code for child in PARENT.children]
        assert done.err.count("/waliye") == 1
        assert len(done.err.splitlines()) == 1
    assert massar("--quiet", "journey", "--child", "adam", **settings).err == ""


def test_the_pupils_application_is_said_to_be_nothing_special(
    practice: Practice, massar: Run
) -> None:
    assert massar("journey", "--child", "adam", **practice.settings(PARENT)).err == ""
