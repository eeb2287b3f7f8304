"""What --debug tells of each request: enough to see what went on, and nothing personal."""

import json
import re

import pytest

from massar_cli.portal.harmless import harmless_path
from massar_cli.practice.students import DEMO
from tests.conftest import Done
from tests.protection.remembered import Hostile
from tests.session.hostile import (
    CARD,
    COOKIE,
    FORM,
    HOME,
    JOURNEY,
    MOUNT,
    ONE_CARD,
    PASSWORD,
    SIGN_IN,
    HostilePortal,
    Run,
    Silence,
    failed,
    page,
    redirect,
    sign_in_page,
)

BASE = "/moutamadris"
LINE = re.compile(
    r"massar: (GET|POST) (\S+): (?:(\d{3}), (\d+) bytes|failed), (\d+\.\d{3}) s|"
    r"massar: trying again in \d+\.\d s"
)


def shown(done: Done) -> list[str]:
    """Return the method and path of each request that was shown, below the base."""
    lines = [line for line in done.err.splitlines() if line.endswith(" s")]
    matches = [LINE.fullmatch(line) for line in lines]
    assert all(matches), done.err
    return [f"{one[1]} {one[2].removeprefix(BASE)}" for one in matches if one and one[1]]


def assert_nothing_personal(portal: HostilePortal, done: Done) -> None:
    for secret in (PASSWORD, COOKIE, DEMO.code, DEMO.code[1:], "taalim", "SALMA", "سلمى"):
        assert secret.lower() not in done.err.lower()
    for asked in portal.passwords_sent:
        assert asked.fields.get("__RequestVerificationToken", "?" * 9) not in done.err


def test_each_request_is_shown_with_method_path_status_size_and_time(
    hostile: Hostile, run: Run
) -> None:
    portal = hostile()
    done = run("--debug", *ONE_CARD, **portal.settings())
    assert done.code == 0
    assert shown(done) == portal.asked == [FORM, SIGN_IN, HOME, CARD]
    statuses = re.findall(r": (\d{3}), (\d+) bytes", done.err)
    assert [status for status, _size in statuses] == ["200", "302", "200", "200"]
    assert all(int(size) > 0 for _status, size in (statuses[0], *statuses[2:]))
    assert_nothing_personal(portal, done)
    assert json.loads(done.out)["data"], "the records alone are on standard output"
    assert run(*ONE_CARD, **portal.settings()).err == ""


@pytest.mark.parametrize("before", [("--debug", "-q"), ("--debug", "--lang", "ar")])
def test_what_was_asked_for_is_shown_though_quiet(
    hostile: Hostile, run: Run, before: tuple[str, ...]
) -> None:
    portal = hostile()
    assert shown(run(*before, *ONE_CARD, **portal.settings())) == portal.asked


@pytest.mark.usefixtures("impatient")
def test_a_request_that_fails_is_shown_and_so_is_each_try(hostile: Hostile, run: Run) -> None:
    portal = hostile({CARD: [page("", status=503), Silence()]})
    done = run("--debug", *ONE_CARD, **portal.settings())
    assert done.code == 4
    assert shown(done)[-2:] == [CARD, CARD]
    assert "trying again in" in done.err
    assert ": failed, " in done.err
    assert json.loads(done.err.splitlines()[-1])["error"]["kind"] == "unavailable"
    assert_nothing_personal(portal, done)


def test_a_refused_sign_in_shows_no_secret(hostile: Hostile, run: Run) -> None:
    portal = hostile({SIGN_IN: page(sign_in_page(reason="كلمة المرور غير صالحة"))})
    done = run("--debug", *ONE_CARD, **portal.settings())
    assert shown(done) == [FORM, SIGN_IN]
    assert_nothing_personal(portal, done)
    held_back = run("--debug", *ONE_CARD, **portal.settings())
    assert (held_back.code, shown(held_back)) == (7, [])


@pytest.mark.parametrize(
    "target",
    [
        f"{MOUNT}/TuteurEleves/GetScolariteEleve/{DEMO.code}",
        f"{MOUNT}/TuteurEleves/GetScolariteEleve/SALMA/{PASSWORD}",
        f"{MOUNT}/TuteurEleves/GetScolariteEleve?code={DEMO.code}&p={PASSWORD}#{COOKIE}",
        f"{MOUNT}/TuteurEleves/{DEMO.code[1:]}",
        f"{MOUNT}/TuteurEleves/{DEMO.code.lower()}@taalim.ma",
        f"{MOUNT}/TuteurEleves/%58130000001",
        f"{MOUNT}/TuteurEleves/%D8%B3%D9%84%D9%85%D9%89",
        f"{MOUNT}/(S({COOKIE}))/TuteurEleves/GetScolariteEleve",
        f"{MOUNT}/{PASSWORD}/x",
        f"/{PASSWORD}/{DEMO.code}",
        f"//127.0.0.1:PORT{MOUNT}/a/b/{PASSWORD}/{COOKIE}",
    ],
)
def test_what_an_address_may_hold_of_a_person_is_not_shown(
    hostile: Hostile, run: Run, target: str
) -> None:
    portal = hostile()
    address = target.replace("PORT", str(portal.server_address[1]))
    portal.rules = {JOURNEY: redirect(address)}
    done = run("--debug", "journey", "--json", **portal.settings())
    assert done.code in (4, 5)
    # Some of these addresses are of those that are never asked for.
    assert len(shown(done)) == len(portal.asked) >= 4
    lines = "\n".join(line for line in done.err.splitlines() if LINE.fullmatch(line))
    assert_nothing_personal(portal, done._replace(err=lines))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/moutamadris/Account", "/moutamadris/Account"),
        ("/moutamadris/Account/Login", "/moutamadris/Account/Login"),
        ("/moutamadris/", "/moutamadris/"),
        ("/moutamadris", "/moutamadris"),
        ("/", "/"),
        ("", ""),
        ("/moutamadrisX/Account", "/moutamadrisX/Account"),
        ("/moutamadris/a/b/c/d/", "/moutamadris/a/b/*/*/"),
        ("/moutamadris//a/b", "/moutamadris//a/*"),
        ("/moutamadris/X130000001", "/moutamadris/*"),
        ("/moutamadris/a.b", "/moutamadris/*"),
        ("/moutamadris/a\nb", "/moutamadris/*"),
        ("/moutamadris/" + "a" * 31, "/moutamadris/*"),
        ("/elsewhere/of/the/host", "/elsewhere/of/*/*"),
    ],
)
def test_a_page_is_named_by_two_words(path: str, told: str) -> None:
    assert harmless_path(path, BASE) == told


def test_a_portal_without_a_folder_of_its_own_is_shown_too() -> None:
    assert harmless_path("/Account/Login/7", "") == "/Account/Login/*"


def test_the_practice_portal_is_shown_as_well(process: Run) -> None:
    done = process("--demo", "--debug", "profile", "--json")
    assert done.code == 0
    assert shown(done)[0] == FORM
    assert DEMO.code not in done.err


def test_an_error_keeps_its_own_line(hostile: Hostile, run: Run) -> None:
    portal = hostile({FORM: page("", status=403)})
    error = failed(run("--debug", *ONE_CARD, **portal.settings()), 4)
    assert error["kind"] == "unavailable"
