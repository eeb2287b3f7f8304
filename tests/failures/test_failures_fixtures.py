"""The fixtures: one for every failure, as the practice portal sends it, read by the client."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from massar_cli.errors import MassarError
from massar_cli.language import active_language, use_language
from massar_cli.pace import Pace
from massar_cli.portal.connection import Connection
from massar_cli.portal.session import Account, PortalSession
from massar_cli.practice.faults import FAULTS
from massar_cli.practice.students import DEMO
from massar_cli.services.grades import get_grades
from massar_cli.services.journey import get_journey
from massar_cli.services.profile import get_profile
from tests.failures import recording
from tests.failures.cases import (
    BEFORE_THE_PORTAL,
    FOLDER,
    JOURNEY,
    PROFILE,
    WITH_ANSWER,
    asked,
    command,
    expected,
    without_port,
)
from tests.session.hostile import PASSWORD, Broken, HostilePortal

# What leads to the answer's own page, where the portal in good order does not.
ON_THE_WAY = ("code-step", "new-password")


@pytest.fixture
def english() -> Iterator[None]:
    before = active_language()
    use_language("en")
    yield
    use_language(before)


def test_there_is_a_fixture_for_every_failure_and_no_other() -> None:
    folders = {one.name for one in FOLDER.iterdir()}
    assert folders == {*FAULTS, *BEFORE_THE_PORTAL}
    assert {one.parent.name for one in FOLDER.glob("*/answer.http")} == set(WITH_ANSWER)
    for name in folders:
        kept = json.loads((FOLDER / name / "expected.json").read_text("utf-8"))
        assert list(kept) == ["asked", "kind", "exit_code", "message", "hint"], name
        assert kept["asked"] == asked(name)


def test_the_kind_and_the_exit_code_are_one_classs() -> None:
    classes = {one.kind: one.exit_code for one in MassarError.__subclasses__()}
    for name in (*FAULTS, *BEFORE_THE_PORTAL):
        error = expected(name)
        assert classes[error["kind"]] == error["exit_code"], name


@pytest.mark.parametrize("name", WITH_ANSWER)
def test_the_practice_portal_still_sends_the_kept_answer(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the recording is made with the published password
    kept = (FOLDER / name / "answer.http").read_bytes()
    head = kept.partition(b"\r\n\r\n")[0]
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert recording.same_answer(recording.record(name), kept)


def ask(session: PortalSession, name: str) -> object:
    """Ask for what meets the failure, as the command does."""
    if command(name) == JOURNEY:
        return get_journey(session)
    if command(name) == PROFILE:
        return get_profile(session)
    return get_grades(session, year=2023, semester=1, today=date(2027, 3, 15))


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("name", WITH_ANSWER)
def test_the_kept_answer_ends_in_the_error_that_fits_it(name: str) -> None:
    kept = (FOLDER / name / "answer.http").read_bytes()
    answer = Broken(kept.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
    place = asked(name).replace(" ", " /")
    faults = [name] if name in ON_THE_WAY else []
    warnings: list[str] = []
    account = Account(DEMO.user_name, DEMO.code, lambda: PASSWORD)
    with (
        HostilePortal({place: answer}, faults=faults) as portal,
        Connection(portal.url, pace=Pace(retry_wait=0.01, spacing=0.0)) as connection,
        PortalSession(connection, account, None, None, warnings.append) as session,
        pytest.raises(MassarError) as raised,
    ):
        ask(session, name)
    assert place in portal.asked
    assert without_port(raised.value.as_json(), portal.url) == expected(name)
    assert portal.posts <= 1
    assert portal.faults == []
    assert warnings == []
