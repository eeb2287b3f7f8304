"""A short soak and a few kills in every test run; the long ones are started by hand.

What judges them is tested here as well: each outcome that is wrong has to be told.
"""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from massar_cli.practice.journal import Exchange
from tests.endurance import every_moment
from tests.endurance.judge import complaints
from tests.endurance.kills import kill_among_runs, kill_runs
from tests.endurance.one_run import ROOT, Asked, Ended
from tests.endurance.soak import soak

CARD = ("grades", "--year", "2023", "--semester", "1")
BOTH = ("grades", "--year", "2023")
TRUTH = [{"semester": 1}, {"semester": 2}]
LOGIN_FIELDS = ("__RequestVerificationToken", "UserName", "Password")


def test_runs_against_portals_that_fail_at_random_end_as_they_should(tmp_path: Path) -> None:
    codes, wrong = soak(16, 3, tmp_path)
    assert wrong == []
    assert codes.total() == 16
    assert codes[0] < 16


def test_whatever_a_killed_run_was_writing_is_readable_afterwards(tmp_path: Path) -> None:
    (tmp_path / "scene").mkdir()
    killed, wrong = kill_runs(8, 1, tmp_path / "scene")
    assert wrong == []
    assert killed


def test_every_kept_file_is_the_old_or_the_new_one_at_every_moment(tmp_path: Path) -> None:
    # A process of its own: one that has threads, as this one may, must not fork.
    module = [sys.executable, "-m", every_moment.__name__, str(tmp_path)]
    printed = subprocess.run(module, capture_output=True, check=True, cwd=ROOT).stdout
    found: dict[str, tuple[int, list[str]]] = json.loads(printed)
    assert set(found) == set(every_moment.KEPT)
    for moments, wrong in found.values():
        assert wrong == []
        assert moments > 20


def test_runs_beside_one_that_is_killed_end_as_if_alone(tmp_path: Path) -> None:
    (tmp_path / "scene").mkdir()
    killed, wrong = kill_among_runs(2, 2, tmp_path / "scene")
    assert wrong == []
    assert killed


def asked(
    what: str, fault: str | None = None, status: int = 200, fields: tuple[str, ...] = ()
) -> Asked:
    method, path = what.split()
    return Asked(
        Exchange(
            method=method,
            path=f"/moutamadris/{path}",
            status=status,
            user_agent="",
            xhr=False,
            form_fields=fields,
            fault=fault,
        )
    )


def password(fault: str | None = None, status: int = 302) -> Asked:
    return asked("POST Account", fault, status, LOGIN_FIELDS)


def card(number: int, fault: str | None = None, status: int = 200) -> Asked:
    one = asked("POST TuteurEleves/GetBulletins", fault, status, ("Annee", "IdSession"))
    return one._replace(fields=(("IdSession", str(number)),))


def error(code: int) -> dict[str, Any]:
    return {"kind": "x", "message": "x", "hint": "x", "exit_code": code}


def answer(data: list[dict[str, int]], *errors: dict[str, Any]) -> str:
    return json.dumps({"data": data, "errors": list(errors)})


def error_line(code: int) -> str:
    return json.dumps({"error": error(code)}) + "\n"


FORM, HOME = asked("GET Account"), asked("GET General/Home")
SIGNED_IN = (FORM, password(), HOME)
WELL = Ended(command=BOTH, code=0, out=answer(TRUTH), err="", asked=(*SIGNED_IN, card(1), card(2)))
PARTLY = replace(
    WELL,
    code=8,
    out=answer(TRUTH[:1], error(5)),
    err=error_line(5),
    asked=(*SIGNED_IN, card(1), card(2, "json")),
)
FAILED = Ended(command=CARD, code=5, out="", err=error_line(5), asked=(*SIGNED_IN, card(1, "json")))
REFUSED = replace(FAILED, code=3, err=error_line(3), asked=(FORM, password("wrong-password", 200)))
HELD_BACK = replace(FAILED, code=7, err=error_line(7), asked=())
TRIED = replace(FAILED, code=4, err=error_line(4), asked=(*SIGNED_IN, *[card(1, "busy", 503)] * 3))
LOST = replace(
    WELL,
    asked=(*SIGNED_IN, card(1), card(2, "session-lost", 401), *SIGNED_IN, card(2)),
)
STALE = replace(WELL, asked=(FORM, password("error", 500), *SIGNED_IN, card(1), card(2)))


@pytest.mark.parametrize("ended", [WELL, PARTLY, FAILED, REFUSED, TRIED, LOST, STALE])
def test_a_run_that_ends_as_it_should_is_praised(ended: Ended) -> None:
    assert complaints(ended, TRUTH) == []


def test_a_run_that_is_held_back_is_praised_after_a_refusal_alone() -> None:
    assert complaints(HELD_BACK, TRUTH, was_refused=True) == []
    found_dead = asked("GET TuteurEleves/GetNotesEleve", status=302)
    assert complaints(replace(HELD_BACK, asked=(found_dead,)), TRUTH, was_refused=True) == []
    assert complaints(HELD_BACK, TRUTH)
    assert complaints(WELL, TRUTH, was_refused=True)
    assert complaints(replace(FAILED, asked=()), TRUTH, was_refused=True)
    assert complaints(REFUSED, TRUTH, was_refused=True)


WRONG: dict[str, Ended] = {
    "nothing printed": replace(WELL, out=""),
    "a lost record": replace(WELL, out=answer(TRUTH[:1])),
    "other records": replace(WELL, out=answer([{"semester": 1}, {"semester": 3}])),
    "errors in a success": replace(WELL, out=answer(TRUTH, error(5))),
    "words beside a success": replace(WELL, err="well\n"),
    "printed beside the file": replace(WELL, file=answer(TRUTH).encode()),
    "half a file": replace(WELL, out="", file=answer(TRUTH[:1]).encode()),
    "partly done, a record lost": replace(PARTLY, out=answer([], error(5))),
    "partly done, an error lost": replace(PARTLY, out=answer(TRUTH[:1])),
    "partly done, order changed": replace(PARTLY, out=answer(TRUTH[::-1], error(5))),
    "partly done, for another reason": replace(
        PARTLY, out=answer(TRUTH[:1], error(4)), err=error_line(4)
    ),
    "partly done, and not told": replace(PARTLY, err=""),
    "another exit code": replace(FAILED, code=4, err=error_line(4)),
    "another code in the line": replace(FAILED, err=error_line(4)),
    "a fault of the program": replace(FAILED, code=1, err=error_line(1)),
    "no line": replace(FAILED, err=""),
    "two lines": replace(FAILED, err=error_line(5) * 2),
    "a traceback": replace(FAILED, err=f"Traceback: x\n{error_line(5)}"),
    "printed beside a failure": replace(FAILED, out=answer(TRUTH)),
    "a file left by a failure": replace(FAILED, file=answer(TRUTH).encode()),
    "a failure without a fault": replace(TRIED, asked=(*SIGNED_IN, card(1))),
    "a failure that was mended": replace(TRIED, asked=(*SIGNED_IN, card(1, "busy", 503), card(1))),
    "tried once": replace(TRIED, asked=(*SIGNED_IN, card(1, "reset"))),
    "a card thrown away": replace(PARTLY, code=5, out="", err=error_line(5)),
    "a second password": replace(WELL, asked=(*SIGNED_IN, *WELL.asked)),
    "a third password": replace(LOST, asked=(*SIGNED_IN, *LOST.asked)),
    "a password after a refusal": replace(
        REFUSED, asked=(*REFUSED.asked, FORM, password("wrong-password", 200))
    ),
    "a password after no answer": replace(
        FAILED, code=4, err=error_line(4), asked=(FORM, password("reset"), FORM, password("reset"))
    ),
    "a password after a captcha": replace(
        FAILED, code=6, err=error_line(6), asked=(FORM, password("captcha", 200), *SIGNED_IN)
    ),
    "a secret": replace(WELL, spilt=["a secret was written"]),
}


@pytest.mark.parametrize("ended", WRONG.values(), ids=WRONG)
def test_a_run_that_ends_otherwise_is_not(ended: Ended) -> None:
    assert complaints(ended, TRUTH)
