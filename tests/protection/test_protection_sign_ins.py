"""Runs whose password was refused or sent too often: what is asked, counted and told."""

import json
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import respx

from massar_cli.practice.students import DEMO, STUDENTS
from tests.cli.conftest import MemoryKeyring
from tests.conftest import Done
from tests.protection.remembered import JOURNEY, Hostile, Remembered, signed_in
from tests.session.hostile import (
    CARD,
    FORM,
    HOME,
    MOUNT,
    ONE_CARD,
    PASSWORD,
    SIGN_IN,
    Asked,
    HostilePortal,
    Reply,
    Rules,
    Run,
    Silence,
    failed,
    page,
    redirect,
    sign_in_page,
)

REFUSED = page(sign_in_page(reason="اسم المستخدم أو كلمة المرور غير صالحة"))
LOCKED = page(sign_in_page(reason="Compte verrouillé"))
TO_ACTIVATE = page(sign_in_page(reason="المرجو تفعيل الحساب"))
PICTURE = '<input name="CaptchaInputText" type="text" />'
CODE_STEP = next(one for one in STUDENTS if one.code == "X130000006")
DEMANDED = next(one for one in STUDENTS if one.code == "X130000005")


def refuses_all_but(*passwords: str) -> Callable[[Asked], Reply | None]:
    """Refuse every other password; the practice portal knows the canary alone."""
    return lambda asked: None if asked.fields["Password"] in passwords else REFUSED


def posted(portal: HostilePortal) -> int:
    return portal.asked.count(SIGN_IN)


def test_a_refused_password_is_asked_about_once_until_it_changes(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile({SIGN_IN: refuses_all_but(PASSWORD)})
    wrong, typo = ({**portal.settings(), "MASSAR_PASSWORD": one} for one in ("wrong", "typo"))
    failed(run(*ONE_CARD, **wrong), 3)
    asked = list(portal.asked)
    for command in (ONE_CARD, JOURNEY, ("grades", "--year", "all", "--json")):
        error = failed(run(*command, **wrong), 7)
        assert error["kind"] == "held-back"
        assert "massar forget" in error["hint"]
    assert run("login", **wrong).code == 7
    assert portal.asked == asked

    failed(run(*ONE_CARD, **typo), 3)
    assert posted(portal) == 2
    assert run(*ONE_CARD, **portal.settings()).code == 0
    portal.portal.expire_sessions()
    for settings in (wrong, typo):
        failed(run(*ONE_CARD, **settings), 7)
    assert posted(portal) == 3
    assert remembered.outcomes == ["failed", "failed", "accepted"]


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("Code ou mot de passe incorrect. Après 5 essais votre compte sera bloqué.", 3),
        ("Mot de passe erroné, ou votre compte n'est pas activé : voir Activation", 3),
        ("كلمة المرور غير صحيحة، سيتم تفعيل القفل بعد 5 محاولات", 3),
        ("Compte bloqué", 6),
        ("المرجو تفعيل الحساب", 6),
    ],
)
def test_whatever_the_form_says_when_it_comes_again_the_password_is_not_sent_again(
    hostile: Hostile, run: Run, reason: str, code: int
) -> None:
    portal = hostile({SIGN_IN: page(sign_in_page(reason=reason))})
    assert reason in failed(run(*ONE_CARD, **portal.settings()), code)["message"]
    for _turn in range(2):
        assert "massar forget" in failed(run(*ONE_CARD, **portal.settings()), 7)["hint"]
    assert portal.posts == 1
    portal.rules = {}
    assert run("forget", "--code", DEMO.code, MASSAR_URL=portal.url).code == 0
    assert run("login", **portal.settings()).code == 0


@pytest.mark.parametrize("where", ["picture", "code"])
def test_a_picture_or_a_code_is_no_refusal_of_the_password(
    hostile: Hostile, run: Run, remembered: Remembered, where: str
) -> None:
    told = sign_in_page(reason="الرمز لايتطابق مع الصورة", inside=PICTURE)
    portal = hostile({SIGN_IN: page(told)} if where == "picture" else {})
    failed(run(*ONE_CARD, **portal.settings(DEMO if where == "picture" else CODE_STEP)), 6)
    assert remembered.outcomes == ["failed"]
    assert remembered.state.refused == ()


def test_a_kept_session_needs_no_password_and_is_not_held_back(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile({SIGN_IN: refuses_all_but(PASSWORD)})
    wrong = {**portal.settings(), "MASSAR_PASSWORD": "wrong"}
    failed(run(*ONE_CARD, **wrong), 3)
    assert run(*ONE_CARD, **portal.settings()).code == 0
    remembered.change(sign_ins=(*signed_in(5, "failed"), *signed_in(40, "accepted")))
    assert run(*ONE_CARD, **wrong).code == 0


@pytest.fixture
def sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory_keyring: MemoryKeyring
) -> dict[str, Callable[[HostilePortal], None]]:
    """Give the ways by which a run comes to the password `wrong`."""
    file = tmp_path / "password"
    file.touch(0o600)
    file.write_text("wrong\n")

    def in_keyring(portal: HostilePortal) -> None:
        memory_keyring.entries["massar", f"{DEMO.code} {portal.url}"] = "wrong"

    return {
        "variable": lambda _portal: monkeypatch.setenv("MASSAR_PASSWORD", "wrong"),
        "file": lambda _portal: monkeypatch.setenv("MASSAR_PASSWORD_FILE", str(file)),
        "command": lambda _portal: monkeypatch.setenv("MASSAR_PASSWORD_COMMAND", "echo wrong"),
        "keyring": in_keyring,
    }


@pytest.mark.parametrize("second", ["variable", "file", "command", "keyring"])
@pytest.mark.parametrize("first", ["keyring", "command"])
def test_a_refused_password_is_known_wherever_it_comes_from(
    hostile: Hostile,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    sources: dict[str, Callable[[HostilePortal], None]],
    memory_keyring: MemoryKeyring,
    first: str,
    second: str,
) -> None:
    portal = hostile({SIGN_IN: REFUSED})
    account = {"MASSAR_URL": portal.url, "MASSAR_CODE": DEMO.code}
    sources[first](portal)
    failed(run(*ONE_CARD, **account), 3)
    memory_keyring.entries.clear()
    for name in ("", "_FILE", "_COMMAND"):
        monkeypatch.delenv(f"MASSAR_PASSWORD{name}", raising=False)
    failed(run(*ONE_CARD, **account), 3)
    sources[second](portal)
    failed(run(*ONE_CARD, **account), 7)
    assert posted(portal) == 1


def test_another_code_with_the_same_password_is_another_account(hostile: Hostile, run: Run) -> None:
    portal = hostile({SIGN_IN: REFUSED})
    failed(run(*ONE_CARD, **portal.settings()), 3)
    failed(run(*ONE_CARD, **portal.settings(STUDENTS[1])), 3)
    for student in (DEMO, STUDENTS[1]):
        failed(run(*ONE_CARD, **portal.settings(student)), 7)


@pytest.mark.parametrize(
    "code", ["x130000001", "X130000001@taalim.ma", "x130000001@TAALIM.MA", " X13 0000 001 "]
)
def test_one_account_is_known_however_its_code_is_written(
    hostile: Hostile, run: Run, code: str
) -> None:
    portal = hostile({SIGN_IN: REFUSED})
    failed(run(*ONE_CARD, **portal.settings()), 3)
    failed(run(*ONE_CARD, **{**portal.settings(), "MASSAR_CODE": code}), 7)


ANY_CONTEXT = ssl.create_default_context()
HOSTS = ("massarservice", "moutamadris", "waliye")


@pytest.fixture
def ministry(monkeypatch: pytest.MonkeyPatch) -> Iterator[respx.MockRouter]:
    """Stand in for the ministry's hosts, which refuse every password."""
    monkeypatch.setattr(ssl, "create_default_context", lambda **_named: ANY_CONTEXT)
    with respx.mock(assert_all_called=False) as router:
        for name in HOSTS:
            address = f"https://{name}.men.gov.ma/moutamadris/Account"
            router.get(address).respond(html=f"<html><body>{sign_in_page()}</body></html>")
            router.post(address).respond(
                content=REFUSED.body, headers={"Content-Type": "text/html"}
            )
        yield router


def test_the_ministrys_hosts_lead_to_one_account(ministry: respx.MockRouter, run: Run) -> None:
    account = {"MASSAR_CODE": DEMO.code, "MASSAR_PASSWORD": "wrong"}
    failed(run(*ONE_CARD, **account), 3)
    before = ministry.calls.call_count
    for name in HOSTS:
        address = f"https://{name}.men.gov.ma/Moutamadris"
        failed(run("--url", address, *ONE_CARD, **account), 7)
    assert ministry.calls.call_count == before


def test_two_practice_portals_have_two_accounts(hostile: Hostile, run: Run) -> None:
    for _turn in range(2):
        portal = hostile({SIGN_IN: REFUSED})
        failed(run(*ONE_CARD, **portal.settings()), 3)


@pytest.mark.parametrize(
    ("outcome", "most", "setting"),
    [("failed", 5, "failed_sign_ins_per_day"), ("accepted", 40, "sign_ins_per_day")],
)
def test_no_more_sign_ins_than_the_day_allows_and_the_setting_allows_more(
    hostile: Hostile,
    run: Run,
    remembered: Remembered,
    home: Path,
    outcome: str,
    most: int,
    setting: str,
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    portal.portal.expire_sessions()
    run("logout", **portal.settings())
    asked = list(portal.asked)
    remembered.change(sign_ins=signed_in(most - 1, outcome))
    assert run(*ONE_CARD, **portal.settings()).code == 0
    run("logout", **portal.settings())
    remembered.change(sign_ins=signed_in(most, outcome))
    asked = list(portal.asked)
    error = failed(run("--now", *ONE_CARD, **portal.settings()), 7)
    assert str(most) in error["message"]
    assert setting in error["hint"]
    assert run("login", **portal.settings()).code == 7
    assert portal.asked == asked

    (home / "config.toml").write_text(f"{setting} = {most + 1}\n")
    assert run(*ONE_CARD, **portal.settings()).code == 0
    run("logout", **portal.settings())
    (home / "config.toml").unlink()
    remembered.let_pass(23 * 3600)
    assert run(*ONE_CARD, **portal.settings()).code == 0


def test_now_sends_no_refused_password(hostile: Hostile, run: Run) -> None:
    portal = hostile({SIGN_IN: REFUSED})
    failed(run(*ONE_CARD, **portal.settings()), 3)
    asked = list(portal.asked)
    failed(run("--now", *ONE_CARD, **portal.settings()), 7)
    assert run("--now", "login", **portal.settings()).code == 7
    assert portal.asked == asked


def signs_out(asked: Asked) -> Reply:
    asked.portal.expire_sessions()
    return asked.real()


@pytest.mark.parametrize(
    ("rules", "outcomes", "posts"),
    [
        pytest.param({}, ["accepted"], 1, id="accepted"),
        pytest.param({SIGN_IN: [page("", status=500), None]}, ["accepted"], 2, id="stale token"),
        pytest.param({SIGN_IN: page("", status=500)}, ["sent"], 2, id="always stale"),
        pytest.param(
            {SIGN_IN: [page("", status=400), REFUSED]}, ["failed"], 2, id="stale, then refused"
        ),
        pytest.param({CARD: [None, signs_out, None]}, ["accepted"] * 2, 2, id="renewed"),
        pytest.param(
            {CARD: [None, signs_out, None], SIGN_IN: [None, REFUSED]},
            ["accepted", "failed"],
            2,
            id="refused at the renewal",
        ),
        pytest.param({SIGN_IN: REFUSED}, ["failed"], 1, id="refused"),
        pytest.param({SIGN_IN: page(sign_in_page())}, ["failed"], 1, id="without a word"),
        pytest.param({SIGN_IN: redirect(f"{MOUNT}/Account")}, ["failed"], 1, id="led back"),
        pytest.param(
            {SIGN_IN: page(sign_in_page(inside=PICTURE))}, ["failed"], 1, id="captcha afterwards"
        ),
        pytest.param({SIGN_IN: LOCKED}, ["failed"], 1, id="locked"),
        pytest.param({SIGN_IN: TO_ACTIVATE}, ["failed"], 1, id="to activate"),
        pytest.param({SIGN_IN: page("hello")}, ["failed"], 1, id="proves nothing"),
        pytest.param({SIGN_IN: page("", status=404)}, ["failed"], 1, id="404"),
        pytest.param({SIGN_IN: page("", status=503)}, ["sent"], 1, id="503"),
        pytest.param({SIGN_IN: page("", status=403)}, ["sent"], 1, id="403"),
        pytest.param({SIGN_IN: Silence()}, ["sent"], 1, id="silence"),
        pytest.param({HOME: page("", status=503)}, ["sent"], 1, id="landing page 503"),
        pytest.param({FORM: page("", status=403)}, [], 0, id="no form"),
        pytest.param(
            {FORM: page(sign_in_page(inside=PICTURE))}, [], 0, id="captcha before the password"
        ),
    ],
)
@pytest.mark.usefixtures("impatient")
def test_each_sign_in_is_counted_as_what_it_was(
    hostile: Hostile, run: Run, home: Path, rules: Rules, outcomes: list[str], posts: int
) -> None:
    portal = hostile(rules)
    run("grades", "--year", "2023", **portal.settings())  # two cards
    assert portal.posts == posts
    kept = [json.loads(file.read_text()) for file in home.glob("account-*.json")]
    assert [one for state in kept for _at, one in state["sign_ins"]] == outcomes
    refused = [one for state in kept for one in state["refused"]]
    answers = (rules.get(SIGN_IN), *_listed(rules.get(SIGN_IN)))
    is_refused = any(one in answers for one in (REFUSED, LOCKED, TO_ACTIVATE))
    says_nothing = rules.get(SIGN_IN) == page(sign_in_page())
    assert len(refused) == int(is_refused or says_nothing)


def _listed(rule: Any) -> list[Any]:
    return rule if isinstance(rule, list) else []


@pytest.mark.usefixtures("impatient")
def test_a_password_whose_post_had_no_answer_counts_as_a_sign_in(
    hostile: Hostile, run: Run, home: Path
) -> None:
    home.mkdir()
    (home / "config.toml").write_text("sign_ins_per_day = 1\n")
    portal = hostile({SIGN_IN: Silence()})
    failed(run(*ONE_CARD, **portal.settings()), 4)
    failed(run(*ONE_CARD, **portal.settings()), 7)
    assert portal.posts == 1


@pytest.mark.parametrize(
    ("student", "outcomes"), [(CODE_STEP, ["failed"]), (DEMANDED, ["accepted"])]
)
def test_what_a_person_must_do_is_counted_and_no_password_held_against_them(
    hostile: Hostile, run: Run, remembered: Remembered, student: Any, outcomes: list[str]
) -> None:
    portal = hostile()
    failed(run(*ONE_CARD, **portal.settings(student)), 6)
    assert remembered.outcomes == outcomes
    assert remembered.state.refused == ()


def test_a_code_step_that_nobody_answers_is_tried_five_times_a_day(
    hostile: Hostile, run: Run
) -> None:
    portal = hostile()
    for _turn in range(5):
        failed(run(*ONE_CARD, **portal.settings(CODE_STEP)), 6)
    failed(run(*ONE_CARD, **portal.settings(CODE_STEP)), 7)
    assert portal.posts == 5


def test_forget_clears_a_refusal_though_the_code_was_never_remembered(
    hostile: Hostile, run: Run, home: Path
) -> None:
    portal = hostile({SIGN_IN: REFUSED})
    settings = portal.settings()
    code = settings.pop("MASSAR_CODE")
    login = ("login", "--code", code)
    assert run(*login, **settings).code == 3
    assert run(*login, **settings).code == 7
    told = run("forget", MASSAR_URL=portal.url)
    assert "--code CODE" in told.err
    assert run(*login, **settings).code == 7
    done = run("forget", "--code", f" {code.lower()} ", MASSAR_URL=portal.url)
    assert done.code == 0
    assert code in done.err
    assert list(home.iterdir()) == []
    portal.rules = {}
    assert run(*login, **settings).code == 0


def test_forgetting_another_code_keeps_the_remembered_one(
    hostile: Hostile, run: Run, home: Path
) -> None:
    portal = hostile()
    assert run("login", **portal.settings()).code == 0
    kept = {file: file.read_bytes() for file in home.iterdir()}
    portal.rules = {SIGN_IN: REFUSED}
    other = STUDENTS[1]
    failed(run(*ONE_CARD, **portal.settings(other)), 3)
    assert len(list(home.iterdir())) > len(kept)
    assert run("forget", "--code", other.code).code == 0
    assert {file: file.read_bytes() for file in home.iterdir()} == kept
    assert run("forget", "--code", DEMO.code).code == 0
    assert list(home.iterdir()) == []


def test_forget_removes_what_a_killed_run_had_not_written_to_the_end(
    hostile: Hostile, run: Run, home: Path
) -> None:
    portal = hostile()
    assert run("login", **portal.settings()).code == 0
    unfinished = [home / f".{file.name}.massar-x1z45678.part" for file in home.glob("*-*.json")]
    others = [home / ".session-of-somebody.json.massar-x1z45678.part", home / "notes.part"]
    for file in (*unfinished, *others):
        file.write_text("half")
    assert len(unfinished) == 2
    assert run("forget").code == 0
    assert sorted(home.iterdir()) == sorted(others)


def test_forget_refuses_what_cannot_be_a_code(run: Run, home: Path) -> None:
    assert run("forget", "--code", "nobody").code == 2
    assert not home.exists()


def test_a_login_at_another_address_keeps_its_own_session(
    hostile: Hostile, run: Run, home: Path
) -> None:
    first, second = hostile(), hostile()
    assert run("login", **first.settings()).code == 0
    assert run("login", **second.settings()).code == 0
    (session,) = home.glob("session-*.json")
    assert str(second.server_address[1]) not in session.name
    settings = second.settings()
    del settings["MASSAR_PASSWORD"]
    assert run(*ONE_CARD, **settings).code == 0
    assert second.posts == 1


@pytest.mark.parametrize("spoiled", [b"", b"{", b'{"version": 2}', b"[" * 100_000, bytes(2 << 20)])
def test_a_spoiled_file_stops_no_run_and_is_made_anew(
    hostile: Hostile, run: Run, remembered: Remembered, spoiled: bytes
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    portal.portal.expire_sessions()
    remembered.path.write_bytes(spoiled)
    done = run(*ONE_CARD, **portal.settings())
    assert (done.code, done.err) == (0, "")
    assert remembered.outcomes == ["accepted"]


def test_a_file_full_of_nonsense_numbers_is_no_fault(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile({SIGN_IN: REFUSED})
    failed(run(*ONE_CARD, **portal.settings()), 3)
    kept = json.loads(remembered.path.read_text())
    for nonsense in ({"refused_at": 1e12}, {"outages": float("inf")}, {"last_outage": 10**400}):
        remembered.path.write_text(json.dumps({**kept, **nonsense}))
        done: Done = run(*ONE_CARD, **portal.settings())
        assert done.code == 3
        assert "Traceback" not in done.err


def test_a_refusal_of_a_clock_that_was_ahead_is_told_as_of_today(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile({SIGN_IN: REFUSED})
    failed(run(*ONE_CARD, **portal.settings()), 3)
    remembered.let_pass(-400 * 24 * 3600)
    error = failed(run(*ONE_CARD, **portal.settings()), 7)
    assert time.strftime("%Y-%m-%d") in error["message"]


def test_a_folder_that_cannot_be_written_costs_one_warning(
    hostile: Hostile, run: Run, home: Path, make_read_only: Callable[[], None]
) -> None:
    portal = hostile()
    make_read_only()
    done = run(*ONE_CARD, **portal.settings())
    assert done.code == 0
    assert done.err == (
        f"The sign-in cannot be kept in {home}: Read-only file system. Until that is mended, every "
        "run signs in anew.\n"
    )
    portal.rules = {FORM: page("", status=503)}
    done = run(*ONE_CARD, **portal.settings())
    assert done.code == 4
    warning, error = done.err.splitlines()
    assert str(home) in warning
    assert json.loads(error)["error"]["exit_code"] == 4


def test_all_that_is_kept_is_private(hostile: Hostile, run: Run, home: Path) -> None:
    portal = hostile({SIGN_IN: refuses_all_but(PASSWORD)})
    failed(run(*ONE_CARD, **{**portal.settings(), "MASSAR_PASSWORD": "wrong"}), 3)
    assert run(*ONE_CARD, **portal.settings()).code == 0
    kept = {
        file.name.partition("-")[0] + file.suffix: file.stat().st_mode for file in home.iterdir()
    }
    assert {name: mode & 0o777 for name, mode in kept.items()} == dict.fromkeys(
        ("account.json", "account.lock", "session.json", "session.lock"), 0o600
    )
    assert home.stat().st_mode & 0o777 == 0o700
