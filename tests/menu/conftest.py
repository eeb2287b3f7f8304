"""Sessions over real HTTP, in both editions and languages."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from massar_cli.pace import Pace
from massar_cli.portal.connection import Connection
from massar_cli.portal.cookies import SessionFile
from massar_cli.portal.page import Page
from massar_cli.portal.session import Account, PortalSession
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO, PracticeStudent
from tests.conftest import Practice

EDITIONS = [("2018", "ar"), ("2018", "fr"), ("2025", "ar"), ("2025", "fr")]
Open = Callable[..., PortalSession]


class AnyPage(Page[str]):
    """Whatever the menu leads to."""

    landmark = "body"

    def read(self) -> str:
        return self.url


@pytest.fixture(params=EDITIONS, ids="-".join)
def edition_and_language(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Name an edition and a language of the practice portal."""
    chosen: tuple[str, str] = request.param
    return chosen


@pytest.fixture
def edition(
    edition_and_language: tuple[str, str], serve: Callable[[PracticePortal], Practice]
) -> Practice:
    """Serve an edition of the practice portal."""
    name, language = edition_and_language
    return serve(PracticePortal(edition=name, language=language))


@pytest.fixture
def open_session(tmp_path: Path) -> Iterator[Open]:
    """Open sessions whose file is kept for the test, until the test ends."""
    with ExitStack() as stack:

        def open_one(
            url: str, student: PracticeStudent = DEMO, password: str | None = None
        ) -> PortalSession:
            secret = password or student.password
            account = Account(f"{student.code}@taalim.ma", student.code, lambda: secret)
            pace = Pace(retry_wait=0.01, spacing=0.0)
            connection = stack.enter_context(Connection(url, pace=pace))
            file = SessionFile(tmp_path / f"session-{student.code}.json")
            return stack.enter_context(
                PortalSession(connection, account, file, None, lambda _line: None)
            )

        yield open_one
