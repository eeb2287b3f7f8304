"""What is wrong with a run, judged by what the portal really played and nothing else."""

import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from massar_cli.practice.faults import FAULTS, REFUSED_CONNECTION, Place
from tests.endurance.one_run import COMMANDS, Asked, Ended

_SESSION = Path(__file__).parents[2] / "fixtures" / "session"
_CREDENTIALS, _UNAVAILABLE, _PAGE_CHANGED, _HELD_BACK, _PARTLY_DONE = 3, 4, 5, 7, 8
_MOST_TRIES, _MOST_PASSWORDS = 3, 2
# What is over at once, and what another try may mend.
_PASSING = frozenset({"too-many", "busy", "error", "reset", "dropped", "cut-short", "cut-unmarked"})
_LOST_SESSION = frozenset({"session-lost", "sign-in-page"})
_STALE_TOKEN = (HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR)


@cache
def codes_of(fault: str) -> frozenset[int]:
    """Return the exit codes that a fault may lead to."""
    kept = json.loads((_SESSION / fault / "expected.json").read_text("utf-8"))
    return frozenset({kept["exit_code"]})


def _codes_of_last(tries: list[Asked]) -> frozenset[int]:
    """Return the exit codes that the last of several tries may lead to; none if it went well."""
    last = tries[-1]
    if last.fault is None:
        return frozenset()
    also: set[int] = set()
    if last.fault == "redirect-loop" and last.exchange.method == "POST":
        # It is followed by GET: to the sign-in form, or to what is no report card.
        also = {_CREDENTIALS} if last.has_password else {_PAGE_CHANGED}
    return codes_of(last.fault) | also


def complaints(
    ended: Ended, truth: Any, *, was_refused: bool = False, before: bytes | None = None
) -> list[str]:
    """Return what is wrong with a run.

    `truth` are the records that the command prints where nothing fails; `was_refused` says that an
    earlier run's password had been refused, `before` what the file of --output held.
    """
    wrong = [*ended.spilt, *_wrong_passwords(ended, was_refused=was_refused)]
    if "Traceback" in ended.err:
        wrong.append("a traceback")
    # What is asked then is asked with a session that was kept before, and is found dead.
    if was_refused and (
        ended.code in (0, _PARTLY_DONE) or not (ended.code == _HELD_BACK or ended.asked)
    ):
        wrong.append(f"not held back after a refusal: exit code {ended.code}")
    if ended.code == 0:
        wrong += _wrong_success(ended, truth)
    elif ended.code == _PARTLY_DONE:
        wrong += _wrong_part(ended, truth)
    else:
        wrong += _wrong_failure(ended, before)
        if not (was_refused and ended.code == _HELD_BACK):
            wrong += _wrong_code(ended)
    return wrong


def _wrong_success(ended: Ended, truth: Any) -> list[str]:
    wrong = [] if ended.err == "" else [f"something said beside a success: {ended.err}"]
    if ended.command in COMMANDS:
        if ended.answer is None or ended.answer["data"] != truth or ended.answer["errors"]:
            wrong.append("exit code 0, and not the whole truth")
    elif ended.out:
        wrong.append("something printed by a command that prints nothing")
    if ended.file is not None and ended.out:
        wrong.append("printed beside the file")
    return wrong


def _wrong_part(ended: Ended, truth: Any) -> list[str]:
    if ended.answer is None:
        return ["partly done, and nothing printed"]
    wrong = []
    data, failed = ended.answer["data"], ended.answer["errors"]
    codes = {one["exit_code"] for one in failed}
    if not failed or not codes <= _codes_of_given_up(ended):
        wrong.append(f"partly done for a wrong reason: {codes}")
    rest = iter(truth)
    if not data or not all(record in rest for record in data):  # and so in the same order
        wrong.append("partly done, and something else than the truth")
    if len(data) + len(failed) != len(truth):
        wrong.append(f"{len(data)} records and {len(failed)} errors in place of {len(truth)}")
    told = [_error_of(line) for line in ended.err.splitlines()]
    if told != failed:
        wrong.append("standard error and the answer do not tell the same errors")
    return wrong


def _wrong_failure(ended: Ended, before: bytes | None) -> list[str]:
    wrong = [] if ended.out == "" else ["something printed beside a failure"]
    if ended.file != before:
        wrong.append("the file was changed by a failure")
    if len(ended.err.splitlines()) != 1:
        return [*wrong, f"{len(ended.err.splitlines())} lines on standard error"]
    if ended.command not in COMMANDS:
        return wrong if ended.err.startswith("massar: ") else [*wrong, "no error line"]
    error = _error_of(ended.err)
    if error is None or error.get("exit_code") != ended.code:
        wrong.append(f"exit code {ended.code}, and the line says {error}")
    return wrong


def _error_of(line: str) -> Any:
    try:
        return json.loads(line)["error"]
    except (ValueError, KeyError, TypeError):
        return None


def _wrong_code(ended: Ended) -> list[str]:
    """Return why a failure's exit code is not the one of what failed."""
    if ended.code == _HELD_BACK:
        return ["held back without a reason"]
    allowed = _codes_of_given_up(ended)
    if not allowed:
        return [f"exit code {ended.code}, and another try would have mended everything"]
    wrong = []
    last = _codes_of_last(ended.series[-1]) if ended.asked else frozenset()
    if COMMANDS.get(ended.command, 1) == 1 and last and not ended.refused_all:
        allowed = last  # one page alone: what came last is what failed
    if ended.code not in allowed:
        wrong.append(f"exit code {ended.code}, allowed {sorted(allowed)}")
    if ended.code in (_UNAVAILABLE, _PAGE_CHANGED) and any(map(_is_a_card, ended.series)):
        wrong.append("a report card was read and not printed")
    for tries in ended.given_up:
        is_passing = all(one.fault in _PASSING and not _is_told_by_head(one) for one in tries)
        may_be_tried = not any(one.has_password for one in tries) and not ended.refused_all
        if is_passing and may_be_tried and len(tries) < _MOST_TRIES:
            wrong.append(f"{len(tries)} tries for {tries[0].target}")
    return wrong


def _is_told_by_head(one: Asked) -> bool:
    """Whether an answer says what it has to before a fault cuts its body short."""
    return bool(one.fault and one.fault.startswith("cut-")) and one.exchange.status != HTTPStatus.OK


def _is_a_card(tries: list[Asked]) -> bool:
    last = tries[-1]
    is_asked_for = last.exchange.path.endswith("/GetBulletins")
    return is_asked_for and last.exchange.status == HTTPStatus.OK and last.fault is None


def _codes_of_given_up(ended: Ended) -> frozenset[int]:
    codes = codes_of(REFUSED_CONNECTION) if ended.refused_all else frozenset[int]()
    return codes.union(*map(_codes_of_last, ended.given_up))


def _wrong_passwords(ended: Ended, *, was_refused: bool) -> list[str]:
    """Return why a password should not have been posted, or not so often."""
    posted, may_be_posted, refusal = 0, 0 if was_refused else 1, None
    wrong = []
    for one in ended.asked:
        if one.has_password:
            posted += 1
            if refusal:
                wrong.append(f"a password posted after {refusal}")
            if FAULTS[one.fault].place in (Place.FORM, Place.PASSWORD) if one.fault else False:
                refusal = one.fault
            elif one.exchange.status in _STALE_TOKEN:
                may_be_posted += 1
            elif one.fault and FAULTS[one.fault].is_wire:
                refusal = one.fault  # nobody knows what came of it
        elif posted and (
            one.fault in _LOST_SESSION or one.exchange.status == HTTPStatus.UNAUTHORIZED
        ):
            may_be_posted += 1
    if posted > min(may_be_posted, _MOST_PASSWORDS):
        wrong.append(f"{posted} passwords, where {may_be_posted} may be")
    return wrong
