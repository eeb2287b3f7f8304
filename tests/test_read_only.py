"""The guard that every test of the practice portal stands under tells a write from a reading."""

import pytest

from massar_cli.portal.connection import USER_AGENT
from massar_cli.practice.journal import Exchange
from tests.conftest import writes


@pytest.mark.parametrize(
    ("method", "path", "changes", "expected"),
    [
        ("GET", "/moutamadris/TuteurEleves/GetNotesEleve", False, False),
        ("POST", "/moutamadris/Account", False, False),
        ("POST", "/moutamadris/Account?ReturnUrl=%2Fmoutamadris", False, False),
        ("POST", "/moutamadris/Account/Login", False, False),
        ("POST", "/moutamadris/General/SetCulture", False, False),
        ("POST", "/moutamadris/TuteurEleves/GetBulletins", False, False),
        ("POST", "/moutamadris/Account/ChangePassword", True, True),
        ("POST", "/moutamadris/Account/VerifyCode", False, False),
        ("POST", "/moutamadris/Correspondance/Lire", False, True),
        ("GET", "/moutamadris/Cap/ConfirmerVoeu", True, True),
        ("PUT", "/moutamadris/Account", False, True),
    ],
)
def test_a_write_is_told_from_a_reading(
    method: str, path: str, *, changes: bool, expected: bool
) -> None:
    exchange = Exchange(method, path, 200, USER_AGENT, False, (), changes_something=changes)
    assert writes(exchange) is expected
