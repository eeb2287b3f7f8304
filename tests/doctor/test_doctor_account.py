"""The account: what is asked of the portal with and without leave, and what holds a run back."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from massar_cli.practice.students import DEMO
from tests.doctor.lists import (
    DOCTOR,
    IN_THE_FILE,
    NAMES,
    PAGES,
    SIGNING_IN,
    Line,
    assert_safe_to_paste,
    document_of,
    failed_in,
    lines_of,
)
from tests.failures.conftest import ACCOUNT, Faulty
from tests.session.hostile import (
    FORM,
    PASSWORD,
    Asked,
    HostilePortal,
    Reply,
    Run,
    assert_no_secret,
)

_LOOK = ["GET /moutamadris/Account"]


def test_all_is_well_and_the_password_is_sent_once(
    faulty: Faulty, process: Run, home: Path
) -> None:
    practice = faulty()
    done = process(*SIGNING_IN, MASSAR_URL=practice.url, **ACCOUNT)
    lines = lines_of(done)
    assert done.code == 0
    assert tuple(lines) == NAMES
    assert {line.status for line in lines.values()} == {"ok"}
    assert {line.hint for line in lines.values()} == {None}
    assert practice.passwords_posted() == 1
    assert_no_secret(home, done.out)
    assert_safe_to_paste(done.out)


def test_without_leave_the_portal_is_looked_at_and_nothing_is_sent(
    faulty: Faulty, process: Run, home: Path
) -> None:
    practice = faulty()
    done = process(*DOCTOR, MASSAR_URL=practice.url, **ACCOUNT)
    lines = lines_of(done)
    assert done.code == 0
    assert practice.asked() == _LOOK
    assert lines["sign-in"].status == "skipped"
    assert "--sign-in" in lines["sign-in"].message
    assert {lines[page].status for page in PAGES} == {"skipped"}
    assert {file.name for file in home.iterdir()} == {"config.toml"}


def test_a_kept_session_is_used_without_a_password(faulty: Faulty, process: Run) -> None:
    practice = faulty()
    settings = {"MASSAR_URL": practice.url, "MASSAR_CODE": ACCOUNT["MASSAR_CODE"]}
    assert process("journey", MASSAR_PASSWORD=PASSWORD, **settings).code == 0
    done = process(*DOCTOR, **settings)
    lines = lines_of(done)
    assert done.code == 0
    assert "no password was sent" in lines["sign-in"].message
    assert {lines[page].status for page in PAGES} == {"ok"}
    assert lines["password"].status == "warning"
    assert practice.passwords_posted() == 1
    assert_safe_to_paste(done.out)


@pytest.mark.parametrize(("command", "posted"), [(DOCTOR, 1), (SIGNING_IN, 2)])
def test_a_session_that_has_ended_is_renewed_only_with_leave(
    faulty: Faulty, process: Run, command: tuple[str, ...], posted: int
) -> None:
    practice = faulty()
    settings = {"MASSAR_URL": practice.url, **ACCOUNT}
    assert process("journey", **settings).code == 0
    practice.portal.expire_sessions()
    lines = lines_of(process(*command, **settings))
    assert practice.passwords_posted() == posted
    assert lines["sign-in"].status == ("ok" if posted == 2 else "skipped")
    assert {lines[page].status for page in PAGES} == {lines["sign-in"].status}


def test_a_kept_session_opens_the_pages_behind_a_captcha(faulty: Faulty, process: Run) -> None:
    practice = faulty("captcha@4")
    settings = {"MASSAR_URL": practice.url, **ACCOUNT}
    assert process("journey", **settings).code == 0
    done = process(*SIGNING_IN, **settings)
    lines = lines_of(done)
    assert (done.code, failed_in(lines)) == (6, {"portal": 6})
    assert {lines[page].status for page in PAGES} == {"ok"}
    practice.portal.expire_sessions()
    lines = lines_of(process(*SIGNING_IN, **settings))
    assert lines["sign-in"].status == "skipped"
    assert practice.passwords_posted() == 1


def test_a_wrong_password_is_told_once_and_held_back_from_then_on(
    faulty: Faulty, process: Run, home: Path
) -> None:
    practice = faulty("wrong-password")
    settings = {"MASSAR_URL": practice.url, **ACCOUNT}
    first = process(*SIGNING_IN, **settings)
    lines = lines_of(first)
    assert (first.code, failed_in(lines)) == (3, {"sign-in": 3})
    assert lines["sign-in"].message.endswith("***")
    second = process(*SIGNING_IN, **settings)
    lines = lines_of(second)
    assert (second.code, failed_in(lines)) == (7, {"refused-password": 7})
    assert "massar login" in str(lines["refused-password"].hint)
    assert "massar forget" in str(lines["refused-password"].hint)
    assert lines["sign-in"].status == "skipped"
    assert lines["sign-ins"].message.startswith("in 24 hours: 0 of 40; failed: 1 of 5")
    assert practice.passwords_posted() == 1
    another = lines_of(process(*DOCTOR, **{**settings, "MASSAR_PASSWORD": "another"}))
    assert another["refused-password"].status == "ok"
    del settings["MASSAR_PASSWORD"]
    unknown = lines_of(process(*DOCTOR, **settings, MASSAR_PASSWORD_COMMAND="exit 1"))
    assert unknown["refused-password"].status == "warning"
    hint = str(unknown["refused-password"].hint)
    assert hint.endswith("massar forget --code CODE")
    forget = hint.rpartition("massar ")[2].replace("CODE", ACCOUNT["MASSAR_CODE"]).split()
    assert process(*forget, MASSAR_URL=practice.url).code == 0
    assert (
        lines_of(process(*DOCTOR, **settings))["refused-password"].message == "none is remembered"
    )
    assert_no_secret(home, first.out, second.out)


def test_a_spent_budget_is_told_with_how_to_raise_it(
    faulty: Faulty, process: Run, home: Path
) -> None:
    practice = faulty()
    with (home / "config.toml").open("a") as file:
        file.write("sign_ins_per_day = 1\n")
    settings = {"MASSAR_URL": practice.url, **ACCOUNT}
    assert process("journey", **settings).code == 0
    assert process("logout", **settings).code == 0
    done = process(*SIGNING_IN, **settings)
    lines = lines_of(done)
    assert (done.code, failed_in(lines)) == (7, {"sign-ins": 7})
    assert "sign_ins_per_day" in str(lines["sign-ins"].hint)
    assert lines["sign_ins_per_day"].message.startswith("1 (")
    assert practice.passwords_posted() == 1


def hold_back(process: Run, settings: dict[str, str]) -> None:
    for _run in range(3):
        assert process("journey", **settings).code == 4


def test_while_the_portal_is_left_alone_nothing_is_asked_unless_now(
    faulty: Faulty, process: Run
) -> None:
    practice = faulty("busy-wait@0x1", "blockedx3")
    settings = {"MASSAR_URL": practice.url, **ACCOUNT}
    hold_back(process, settings)
    asked = len(practice.asked())
    done = process(*SIGNING_IN, **settings)
    lines = lines_of(done)
    assert (done.code, failed_in(lines)) == (7, {"outages": 7})
    assert "--now" in str(lines["outages"].hint)
    assert lines["connection"].status == "ok"
    assert {lines[one].status for one in ("portal", "sign-in", *PAGES)} == {"skipped"}
    assert len(practice.asked()) == asked
    done = process("-q", "--now", *SIGNING_IN, **settings)
    lines = lines_of(done)
    assert (done.code, lines["outages"].status) == (0, "warning")
    assert lines_of(process(*DOCTOR, **settings))["outages"].status == "ok"


@pytest.mark.parametrize(("command", "count"), [(DOCTOR, 0), (SIGNING_IN, 1)])
def test_only_a_run_that_signs_in_counts_as_one_that_failed(
    faulty: Faulty, process: Run, home: Path, command: tuple[str, ...], count: int
) -> None:
    practice = faulty("blocked@1" if count else "blocked")
    done = process(*command, MASSAR_URL=practice.url, **ACCOUNT)
    assert done.code == 4
    kept = [json.loads(file.read_text()) for file in home.glob("account-*.json")]
    assert [one["outages"] for one in kept] == [1] * count


def test_an_outage_of_every_page_counts_and_of_one_page_does_not(
    faulty: Faulty, process: Run, home: Path
) -> None:
    for number, fault in enumerate(("blocked@4", "blocked@5x1")):
        practice = faulty(fault)
        lines = lines_of(process(*SIGNING_IN, MASSAR_URL=practice.url, **ACCOUNT))
        assert lines["sign-in"].status == "ok"
        assert len(failed_in(lines)) == (4, 1)[number]
    outages = {json.loads(file.read_text())["outages"] for file in home.glob("account-*.json")}
    assert outages == {0, 1}


def clock_line(process: Run, behind: timedelta) -> Line:
    def with_date(asked: Asked) -> Reply:
        real = asked.real()
        date = (datetime.now(UTC) - behind).strftime("%a, %d %b %Y %H:%M:%S GMT")
        return real._replace(headers=(*real.headers, ("Date", date)))

    with HostilePortal({FORM: with_date}) as portal:
        return lines_of(process(*DOCTOR, MASSAR_URL=portal.url, **ACCOUNT))["portal-clock"]


def test_a_clock_that_is_wrong_is_told_with_by_how_much(process: Run) -> None:
    assert clock_line(process, timedelta(seconds=20)).status == "ok"
    ahead, behind = (clock_line(process, timedelta(minutes=one)) for one in (30, -30))
    assert (ahead.status, behind.status) == ("warning", "warning")
    assert "ahead of it by 30 minutes" in ahead.message
    assert "behind it by 30 minutes" in behind.message


def test_the_practice_portal_is_well_in_process(process: Run, home: Path) -> None:
    done = process("--demo", *DOCTOR)
    lines = lines_of(done)
    assert done.code == 0
    assert tuple(lines) == tuple(name for name in NAMES if name not in IN_THE_FILE)
    assert {line.status for line in lines.values()} == {"ok", "skipped"}
    assert {lines[page].status for page in PAGES} == {"ok"}
    assert "practice portal" in lines["connection"].message
    assert document_of(done)["source"] == "demo"
    assert DEMO.code not in done.out
    assert {file.name for file in home.iterdir()} == {"config.toml"}


def test_json_has_the_fields_of_the_contract(faulty: Faulty, process: Run) -> None:
    done = process(*DOCTOR, MASSAR_URL=faulty("blocked").url, **ACCOUNT)
    document = document_of(done)
    assert done.code == 4
    assert list(document) == ["schema", "fetched_at", "source", "data", "errors"]
    assert (document["schema"], document["source"]) == ("massar.doctor/1", "portal")
    assert document["errors"] == []
    moment = datetime.fromisoformat(document["fetched_at"])
    assert moment.utcoffset() == moment.astimezone(ZoneInfo("Africa/Casablanca")).utcoffset()
    for one in document["data"]:
        assert list(one) == ["check", "where", "status", "message", "hint", "exit_code"]
        assert one["where"] == "here"
        assert one["message"]
        assert (one["exit_code"] != 0) == (one["status"] == "failed")
        assert bool(one["hint"]) == (one["status"] in ("failed", "warning"))
