"""What a run asks of the portal, over real HTTP: how often, and never a password too many."""

import json
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from massar_cli import __version__
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import STUDENTS, PracticeStudent
from tests.conftest import Done, Practice

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ONE_CARD = ("grades", "--year", "2023", "--semester", "1", "--json")
Run = Callable[..., Done]


def student(code: str) -> PracticeStudent:
    return next(one for one in STUDENTS if one.code == code)


SUGGESTED, DEMANDED, CODE_STEP = map(student, ("X130000004", "X130000005", "X130000006"))


@pytest.fixture(params=[("2018", "ar"), ("2018", "fr"), ("2025", "ar"), ("2025", "fr")])
def edition(
    request: pytest.FixtureRequest, serve: Callable[[PracticePortal], Practice]
) -> Practice:
    name, language = request.param
    return serve(PracticePortal(edition=name, language=language))


def test_a_cold_run_makes_four_requests_and_a_warm_one_exactly_one(
    edition: Practice, massar: Run
) -> None:
    cold = massar(*ONE_CARD, **edition.settings())
    assert cold.code == 0, cold.err
    assert len(edition.portal.journal) == 4
    assert edition.passwords_posted() == 1

    warm = massar(*ONE_CARD, **edition.settings())
    assert warm.code == 0
    assert edition.asked()[4:] == ["POST /moutamadris/TuteurEleves/GetBulletins"]
    assert json.loads(warm.out)["data"] == json.loads(cold.out)["data"]


def test_the_student_is_known_cold_and_warm(edition: Practice, massar: Run) -> None:
    for _turn in range(2):
        who = json.loads(massar(*ONE_CARD, **edition.settings()).out)["data"][0]["student"]
        assert who["code"] == "X130000001"
        assert who["name"] in ("سلمى المثال", "SALMA EL MITAL")


def test_a_warm_run_needs_no_password(practice: Practice, massar: Run) -> None:
    settings = practice.settings()
    assert massar(*ONE_CARD, **settings).code == 0
    del settings["MASSAR_PASSWORD"]
    assert massar(*ONE_CARD, **settings).code == 0


def test_a_lost_session_costs_one_sign_in_and_one_replay(edition: Practice, massar: Run) -> None:
    massar(*ONE_CARD, **edition.settings())
    edition.portal.expire_sessions()
    edition.portal.journal.clear()
    again = massar(*ONE_CARD, **edition.settings())
    assert again.code == 0
    assert len(edition.portal.journal) == 1 + 4
    assert edition.passwords_posted() == 1


def test_a_lost_session_is_seen_on_a_page_that_redirects_too(
    edition: Practice, massar: Run
) -> None:
    massar("journey", **edition.settings())
    edition.portal.expire_sessions()
    assert massar("journey", **edition.settings()).code == 0
    assert edition.passwords_posted() == 2


def test_a_refused_password_is_posted_once(edition: Practice, massar: Run) -> None:
    refused = massar(*ONE_CARD, **{**edition.settings(), "MASSAR_PASSWORD": "wrong"})
    assert refused.code == 3
    assert refused.out == ""
    assert json.loads(refused.err)["error"]["kind"] == "credentials"
    assert edition.passwords_posted() == 1


class ForgetsTokens(PracticePortal):
    """A portal that finds every token stale for the first `times` sign-ins."""

    def __init__(self, edition: str, times: int) -> None:
        super().__init__(edition=edition)
        self.times = times

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        is_sign_in = environ["PATH_INFO"].endswith(("/Account", "/Account/Login"))
        if environ["REQUEST_METHOD"] == "POST" and is_sign_in and self.times:
            self.times -= 1
            self.expire_tokens()
        return super().__call__(environ, start_response)


@pytest.mark.parametrize("edition", ["2018", "2025"])
def test_a_stale_token_costs_one_fresh_form(
    serve: Callable[[PracticePortal], Practice], massar: Run, edition: str
) -> None:
    practice = serve(ForgetsTokens(edition, times=1))
    assert massar(*ONE_CARD, **practice.settings()).code == 0
    assert practice.passwords_posted() == 2
    assert len(practice.portal.journal) == 6


@pytest.mark.parametrize("edition", ["2018", "2025"])
def test_a_token_that_is_always_stale_is_given_up(
    serve: Callable[[PracticePortal], Practice], massar: Run, edition: str
) -> None:
    practice = serve(ForgetsTokens(edition, times=9))
    assert massar(*ONE_CARD, **practice.settings()).code in (4, 5)
    assert practice.passwords_posted() == 2


def test_a_stale_token_and_a_lost_session_share_the_second_post(
    serve: Callable[[PracticePortal], Practice], massar: Run
) -> None:
    portal = ForgetsTokens("2018", times=1)
    practice = serve(portal)
    cards = iter(range(100))
    ask = portal.__class__.__call__

    class DiesAfterThreeCards(ForgetsTokens):
        def __call__(
            self, environ: "WSGIEnvironment", start_response: "StartResponse"
        ) -> Iterable[bytes]:
            if environ["PATH_INFO"].endswith("GetBulletins") and next(cards) == 3:
                self.expire_sessions()
            return ask(self, environ, start_response)

    portal.__class__ = DiesAfterThreeCards
    done = massar("grades", "--year", "all", "--json", **practice.settings())
    assert done.code == 8
    assert len(json.loads(done.out)["data"]) == 3
    assert practice.passwords_posted() == 2


def test_a_suggested_new_password_does_not_stop_the_run(practice: Practice, massar: Run) -> None:
    done = massar("grades", "--year", "2025", "--json", **practice.settings(SUGGESTED))
    assert done.code == 0, done.err
    assert json.loads(done.out)["data"][0]["subjects"]


@pytest.mark.parametrize("command", [("login",), ONE_CARD, ("journey",)])
def test_a_demanded_new_password_needs_a_person(
    practice: Practice, massar: Run, command: tuple[str, ...]
) -> None:
    done = massar(*command, **practice.settings(DEMANDED))
    assert done.code == 6
    assert "new password" in done.err
    assert practice.passwords_posted() == 1


def test_a_code_step_without_a_terminal_needs_a_person(practice: Practice, massar: Run) -> None:
    done = massar(*ONE_CARD, **practice.settings(CODE_STEP))
    assert done.code == 6
    assert json.loads(done.err)["error"]["kind"] == "person-needed"
    assert practice.passwords_posted() == 1


def test_a_captcha_needs_a_person_and_no_password_is_sent(
    serve: Callable[[PracticePortal], Practice], massar: Run
) -> None:
    practice = serve(PracticePortal(captcha=True))
    done = massar(*ONE_CARD, **practice.settings())
    assert done.code == 6
    assert practice.passwords_posted() == 0


def test_the_session_file_is_private_and_holds_no_password(
    practice: Practice, massar: Run, home: Path
) -> None:
    massar(*ONE_CARD, **practice.settings())
    (file,) = home.glob("session-*.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert practice.settings()["MASSAR_PASSWORD"] not in file.read_text()
    assert not list(home.glob("*.part"))


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe", b'{"version": 1, "cookies": [1]}']
)
def test_a_damaged_session_file_is_no_session(
    practice: Practice, massar: Run, home: Path, content: bytes
) -> None:
    massar(*ONE_CARD, **practice.settings())
    (file,) = home.glob("session-*.json")
    file.write_bytes(content)
    assert massar(*ONE_CARD, **practice.settings()).code == 0
    assert practice.passwords_posted() == 2


def test_two_accounts_never_share_a_session(practice: Practice, massar: Run) -> None:
    first = massar("profile", "--json", **practice.settings())
    second = massar("profile", "--json", **practice.settings(student("X130000002")))
    codes = [json.loads(done.out)["data"][0]["code"] for done in (first, second)]
    assert codes == ["X130000001", "X130000002"]


def test_another_students_profile_is_refused(practice: Practice, massar: Run, home: Path) -> None:
    settings = practice.settings()
    massar(*ONE_CARD, **settings)
    (mine,) = home.glob("session-*.json")
    massar(*ONE_CARD, **practice.settings(student("X130000002")))
    (theirs,) = set(home.glob("session-*.json")) - {mine}
    kept = json.loads(theirs.read_text()) | {"student": json.loads(mine.read_text())["student"]}
    mine.write_text(json.dumps(kept))
    done = massar("profile", "--json", **settings)
    assert done.code == 5
    assert done.out == ""


def test_every_request_names_the_program(practice: Practice, massar: Run) -> None:
    massar("--no-input", "grades", **practice.settings())
    agents = {one.user_agent for one in practice.portal.journal}
    assert agents == {f"massar/{__version__} (terminal client; read-only)"}


def test_nothing_is_written_to_the_portal(practice: Practice, massar: Run) -> None:
    for command in (ONE_CARD, ("grades", "--year", "all"), ("journey",), ("profile",), ("logout",)):
        assert massar(*command, **practice.settings()).code == 0
    posts = {path for path in practice.asked() if path.startswith("POST")}
    assert posts == {"POST /moutamadris/Account", "POST /moutamadris/TuteurEleves/GetBulletins"}


def test_the_portals_own_language_is_left_alone(practice: Practice, massar: Run) -> None:
    massar("--lang", "fr", *ONE_CARD, **practice.settings())
    assert not [path for path in practice.asked() if "SetCulture" in path]


def test_logout_ends_the_session_on_both_sides(practice: Practice, massar: Run, home: Path) -> None:
    massar(*ONE_CARD, **practice.settings())
    assert massar("logout", **practice.settings()).code == 0
    assert practice.asked()[-1] == "GET /moutamadris/Account/LogOff"
    assert not list(home.glob("session-*.json"))
