"""How often a failing portal gets the password, to the exact number, and how the run ends."""

import errno
import json
import os
from collections.abc import Callable
from typing import NoReturn

import pytest

from massar_cli.portal import cookies
from massar_cli.practice.students import STUDENTS
from tests.session.hostile import (
    CARD,
    DATA,
    FORM,
    HOME,
    JOURNEY,
    MOUNT,
    ONE_CARD,
    SIGN_IN,
    Asked,
    Broken,
    HostilePortal,
    Reaction,
    Reply,
    Rules,
    Run,
    Silence,
    failed,
    page,
    redirect,
    sign_in_page,
)

Hostile = Callable[..., HostilePortal]

RESET = Broken(reset=True)
HUNG_UP = Broken()
CUT_HEAD = Broken(b"HTTP/1.1 302 Found\r\nLocation: /mout")
REFUSED = page(sign_in_page(reason="اسم المستخدم أو كلمة المرور غير صالحة"))
PICTURE = (
    '<input name="CaptchaDeText" type="hidden" value="9" />'
    '<input name="CaptchaInputText" type="text" />'
)
COMMANDS = (
    ONE_CARD,
    ("grades", "--year", "2023", "--json"),
    ("grades", "--year", "all", "--json"),
    ("grades", "--json"),
    ("journey", "--json"),
    ("profile", "--json"),
)


def signs_out(asked: Asked) -> Reply:
    asked.portal.expire_sessions()
    return asked.real()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("rules", "posts", "code"),
    [
        pytest.param({SIGN_IN: Silence()}, 1, 4, id="the POST times out"),
        pytest.param({SIGN_IN: RESET}, 1, 4, id="the POST is reset"),
        pytest.param({SIGN_IN: HUNG_UP}, 1, 4, id="the POST gets no answer"),
        pytest.param({SIGN_IN: CUT_HEAD}, 1, 4, id="the POST's answer is cut in its head"),
        pytest.param({SIGN_IN: page("", status=500)}, 2, 4, id="500 twice"),
        pytest.param({SIGN_IN: page("", status=400)}, 2, 5, id="400 twice"),
        pytest.param({SIGN_IN: [page("", status=400), RESET]}, 2, 4, id="400, then a reset"),
        pytest.param({SIGN_IN: page("", status=502)}, 1, 4, id="502"),
        pytest.param({SIGN_IN: page("", status=503)}, 1, 4, id="503"),
        pytest.param({SIGN_IN: page("", status=504)}, 1, 4, id="504"),
        pytest.param({SIGN_IN: page("", status=429)}, 1, 4, id="429"),
        pytest.param({SIGN_IN: page("", status=403)}, 1, 4, id="403"),
        pytest.param({SIGN_IN: page("", status=404)}, 1, 5, id="404"),
        pytest.param({SIGN_IN: Reply()}, 1, 4, id="an empty answer"),
        pytest.param({SIGN_IN: page("hello")}, 1, 5, id="a page that proves nothing"),
        pytest.param({SIGN_IN: REFUSED}, 1, 3, id="a refusal"),
        pytest.param({SIGN_IN: page(sign_in_page())}, 1, 3, id="the form again, without a word"),
        pytest.param({SIGN_IN: [page("", status=500), REFUSED]}, 2, 3, id="500, then a refusal"),
        pytest.param({SIGN_IN: [page("", status=400), REFUSED]}, 2, 3, id="400, then a refusal"),
        pytest.param({SIGN_IN: [page("", status=500), Silence()]}, 2, 4, id="500, then silence"),
        pytest.param(
            {FORM: [None, page("", status=503)], SIGN_IN: page("", status=500)},
            *(1, 4),
            id="500, then no form",
        ),
        pytest.param({SIGN_IN: redirect(f"{MOUNT}/Account")}, 1, 3, id="sent back to the form"),
        pytest.param(
            {SIGN_IN: redirect(f"{MOUNT}/Account?ReturnUrl=%2Fmoutamadris", 303)},
            *(1, 3),
            id="sent back with 303",
        ),
        pytest.param({HOME: page("", status=500)}, 1, 4, id="landing page 500"),
        pytest.param({HOME: page("", status=403)}, 1, 4, id="landing page 403"),
        pytest.param({HOME: page("", status=404)}, 1, 5, id="landing page 404"),
        pytest.param({HOME: RESET}, 1, 4, id="landing page reset"),
        pytest.param({HOME: Silence()}, 1, 4, id="landing page silent"),
        pytest.param({HOME: Reply()}, 1, 4, id="landing page empty"),
        pytest.param({HOME: redirect(f"{MOUNT}/Account")}, 1, 3, id="landing page leads back"),
        pytest.param({HOME: REFUSED}, 1, 3, id="landing page is a refusal"),
        pytest.param({FORM: page("", status=503)}, 0, 4, id="no form: 503"),
        pytest.param({FORM: page("", status=429)}, 0, 4, id="no form: 429"),
        pytest.param({FORM: page("", status=403)}, 0, 4, id="no form: 403"),
        pytest.param({FORM: page("", status=404)}, 0, 5, id="no form: 404"),
        pytest.param({FORM: Silence()}, 0, 4, id="no form: silence"),
        pytest.param({FORM: RESET}, 0, 4, id="no form: reset"),
        pytest.param({FORM: Reply(b" \r\n ")}, 0, 4, id="no form: blank"),
        pytest.param({FORM: page("<form></form>")}, 0, 5, id="no form: another page"),
    ],
)
def test_a_failing_sign_in_posts_the_password_exactly_so_often(
    hostile: Hostile, run: Run, rules: Rules, posts: int, code: int
) -> None:
    portal = hostile(rules)
    failed(run(*ONE_CARD, **portal.settings()), code)
    assert portal.posts == posts
    assert not [place for place in portal.asked if place in DATA]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    ("reaction", "posts", "code"),
    [(RESET, 1, 4), (page("", status=500), 2, 4)],
    ids=["reset", "500"],
)
def test_no_command_tries_a_failed_sign_in_again_for_its_next_page(
    hostile: Hostile, run: Run, command: tuple[str, ...], reaction: Reaction, posts: int, code: int
) -> None:
    portal = hostile({SIGN_IN: reaction})
    failed(run(*command, **portal.settings()), code)
    assert portal.posts == posts


@pytest.mark.parametrize(
    ("reaction", "posts", "code"),
    [(RESET, 1, 4), (page("", status=500), 2, 4), (REFUSED, 1, 3)],
    ids=["reset", "500", "refused"],
)
def test_a_failed_login_is_posted_as_seldom_and_keeps_no_session(
    hostile: Hostile, run: Run, reaction: Reaction, posts: int, code: int
) -> None:
    portal = hostile({SIGN_IN: reaction})
    done = run("login", **portal.settings())
    assert (done.code, done.out) == (code, "")
    assert portal.posts == posts
    settings = portal.settings()
    del settings["MASSAR_PASSWORD"]
    failed(run(*ONE_CARD, **settings), 3)


@pytest.mark.parametrize("stale", [400, 500])
def test_a_token_found_stale_once_does_not_fail_the_run(
    hostile: Hostile, run: Run, stale: int
) -> None:
    portal = hostile({SIGN_IN: [page("", status=stale), None]})
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert portal.posts == 2


SIGNED_OUT = {
    "302": redirect(f"{MOUNT}/Account?ReturnUrl=%2Fmoutamadris%2FTuteurEleves"),
    "302 to Account/Login": redirect(f"{MOUNT}/Account/Login"),
    "302 in other capitals": redirect("/Moutamadris/account/"),
    "401": Reply(b"", 401),
    "the form with 200": page(sign_in_page()),
    "the form with 403": page(sign_in_page(), status=403),
    "the form with 404": page(sign_in_page(), status=404),
}


@pytest.mark.parametrize("command", [ONE_CARD, ("journey", "--json")], ids=" ".join)
@pytest.mark.parametrize("answer", SIGNED_OUT.values(), ids=SIGNED_OUT)
def test_data_that_is_always_signed_out_costs_one_password_cold_and_one_warm(
    hostile: Hostile, run: Run, answer: Reply, command: tuple[str, ...]
) -> None:
    portal = hostile()
    portal.rules = dict.fromkeys(DATA, answer)
    failed(run(*command, **portal.settings()), 4)
    assert portal.posts == 1

    portal.rules = {}
    assert run(*command, **portal.settings()).code == 0
    before = portal.posts
    portal.rules = dict.fromkeys(DATA, answer)
    failed(run(*command, **portal.settings()), 4)
    assert portal.posts == before + 1


@pytest.fixture
def nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_named: object) -> NoReturn:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(cookies, "write_whole", refuse)
    monkeypatch.setattr(cookies, "make_private_folder", refuse)


@pytest.mark.usefixtures("nothing_can_be_kept")
def test_a_renewal_that_fails_is_the_error_of_every_later_card(hostile: Hostile, run: Run) -> None:
    portal = hostile({CARD: [None, signs_out, None], SIGN_IN: [None, RESET]})
    done = run("grades", "--year", "all", "--json", **portal.settings())
    assert done.code == 8
    assert portal.posts == 2
    answer = json.loads(done.out)
    assert len(answer["data"]) == 1
    errors = [error["message"].partition(": ")[2] for error in answer["errors"]]
    assert len(errors) > 2
    assert len(set(errors)) == 1
    assert {error["exit_code"] for error in answer["errors"]} == {4}
    assert portal.asked.count(CARD) == 2


@pytest.mark.usefixtures("nothing_can_be_kept")
@pytest.mark.parametrize("status", [400, 500])
def test_a_stale_token_at_the_renewal_has_no_third_post(
    hostile: Hostile, run: Run, status: int
) -> None:
    portal = hostile({CARD: [None, signs_out, None], SIGN_IN: [None, page("", status=status)]})
    done = run("grades", "--year", "all", "--json", **portal.settings())
    assert done.code == 8
    assert portal.posts == 2


@pytest.mark.usefixtures("nothing_can_be_kept")
def test_a_session_that_dies_at_every_second_card_is_renewed_once(
    hostile: Hostile, run: Run
) -> None:
    portal = hostile({CARD: lambda one: signs_out(one) if one.turn % 2 == 0 else None})
    done = run("grades", "--year", "all", "--json", **portal.settings())
    assert done.code == 8
    assert portal.posts == 2


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(
            page(sign_in_page(reason="كلمة المرور غير صالحة", inside=PICTURE)),
            *(3,),
            id="captcha beside a refusal",
        ),
        pytest.param(
            page(sign_in_page(reason="الرمز لايتطابق مع الصورة", inside=PICTURE)),
            *(6,),
            id="the captcha's own error",
        ),
        pytest.param(page(sign_in_page(inside=PICTURE)), 6, id="captcha without a word"),
        pytest.param(page(f"<form>{PICTURE}</form>"), 6, id="a captcha alone"),
        pytest.param(page(sign_in_page(reason="هذا الحساب مقفل")), 6, id="locked, Arabic"),
        pytest.param(page(sign_in_page(reason="Compte verrouillé")), 6, id="locked, French"),
        pytest.param(page(sign_in_page(reason="COMPTE BLOQUE")), 6, id="blocked, capitals"),
        pytest.param(page(sign_in_page(reason="المرجو تفعيل الحساب")), 6, id="to activate, Arabic"),
        pytest.param(
            page(sign_in_page(reason="Veuillez activer votre compte")),
            *(6,),
            id="to activate, French",
        ),
        pytest.param(
            page(sign_in_page(reason="x") + "<p>لتفعيل حسابكم</p>"),
            3,
            id="activation in the footer",
        ),
    ],
)
def test_words_after_the_password_tell_a_refusal_from_what_a_person_must_do(
    hostile: Hostile, run: Run, answer: Reply, code: int
) -> None:
    portal = hostile({SIGN_IN: answer})
    failed(run(*ONE_CARD, **portal.settings()), code)
    assert portal.posts == 1


def test_a_captcha_on_the_form_keeps_the_password_here(hostile: Hostile, run: Run) -> None:
    portal = hostile({FORM: page(sign_in_page(inside=PICTURE))})
    failed(run(*ONE_CARD, **portal.settings()), 6)
    assert portal.posts == 0


@pytest.mark.parametrize("code", ["X130000005", "X130000006"], ids=["new password", "code step"])
@pytest.mark.parametrize("command", [ONE_CARD, ("journey", "--json")], ids=" ".join)
def test_what_a_person_must_do_costs_one_password(
    hostile: Hostile, run: Run, code: str, command: tuple[str, ...]
) -> None:
    portal = hostile()
    student = next(one for one in STUDENTS if one.code == code)
    failed(run(*command, **portal.settings(student)), 6)
    assert portal.posts == 1


TOKEN = '<input name="__RequestVerificationToken" type="hidden" value="t" />'
CHANGE = (
    f'<form action="{MOUNT}/Account/ChangePassword" method="post">{TOKEN}'
    '<input name="Password" type="password" /><input name="NewPassword" type="password" />{more}'
    f'</form><a href="{MOUNT}/Account/LogOff">x</a>'
)
WITH_NAME = CHANGE.replace("{more}", '<input name="UserName" type="text" value="X" />')


@pytest.mark.parametrize("form", [CHANGE.replace("{more}", ""), WITH_NAME], ids=["", "UserName"])
@pytest.mark.parametrize("place", [CARD, JOURNEY])
def test_a_new_password_demanded_in_place_of_data_needs_a_person(
    hostile: Hostile, run: Run, form: str, place: str
) -> None:
    portal = hostile({place: page(form)})
    command = ONE_CARD if place == CARD else ("journey", "--json")
    error = failed(run(*command, **portal.settings()), 6)
    assert "new password" in error["message"]
    assert portal.posts == 1


def test_a_new_password_suggested_by_a_page_with_a_user_name_is_no_refusal(
    hostile: Hostile, run: Run
) -> None:
    portal = hostile({HOME: page(WITH_NAME)})
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert portal.posts == 1
    assert SIGN_IN in portal.asked
    assert "POST /Account/ChangePassword" not in portal.asked


def test_a_code_asked_for_in_place_of_data_needs_a_person(hostile: Hostile, run: Run) -> None:
    asks = page(f'<form method="post">{TOKEN}<input name="Code" type="text" /></form>')
    portal = hostile({CARD: asks})
    failed(run(*ONE_CARD, **portal.settings()), 6)
    assert portal.posts == 1
