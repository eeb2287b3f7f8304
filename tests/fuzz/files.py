"""The program's own files, whatever they hold: a value, or what stands in for a damaged one."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from unittest import mock

from massar_cli import protection
from massar_cli.account_state import SignInLimits, load_state, save_state
from massar_cli.accounts import forget, load_remembered, remember
from massar_cli.configuration import read_configuration
from massar_cli.errors import HeldBack, PortalUnavailable, UsageProblem
from massar_cli.hosts import DEFAULT_URL, base_url
from massar_cli.portal.cookies import KeptSession, SessionFile, sessions_of
from massar_cli.protection import AccountProtection
from massar_cli.records import Student
from massar_cli.settings import Settings, load_settings
from tests.fuzz.addresses import LOOPBACK_URL, ScriptedPortal, connect
from tests.fuzz.bounds import new_folder, same, value_or_error

_CHEAP = 16
_NOW = 1_800_000_000.0
_PASSWORD = "canary-37c1"
_ACCOUNTS = 3


@cache
def _folder() -> Path:
    """Return the one folder of this process for the files that are read."""
    return new_folder()


def _place(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


def check_session_file(data: bytes) -> None:
    """Check that a kept session is one that can be used and kept again, or none."""
    file = SessionFile(_place("session-0.json", data))
    kept = file.load()
    if kept is None:
        assert sessions_of(_folder(), "X130000000") == []
        return
    _assert_session(kept)
    file.save(kept)
    assert same(file.load(), kept)
    code = kept.student.code if kept.student else None
    assert len(sessions_of(_folder(), code)) == bool(code)
    for base in (DEFAULT_URL, LOOPBACK_URL):
        with connect(base, ScriptedPortal()) as connection:
            connection.use_cookies(kept.cookies)
            outcome = value_or_error(partial(connection.get, connection.address("Account")))
            assert not isinstance(outcome, PortalUnavailable), outcome
            file.save(replace(kept, cookies=connection.cookies()))
            assert file.load() is not None


def _assert_session(kept: KeptSession) -> None:
    assert isinstance(kept.cookies, list)
    assert isinstance(kept.student, Student | None)
    for cookie in kept.cookies:
        assert isinstance(cookie, dict)
    if kept.student:
        for text in (kept.student.code, kept.student.name):
            assert isinstance(text, str | None)
            (text or "").encode()


def check_account_state(data: bytes) -> None:
    """Check that what is remembered of an account is kept, and protects it whatever it is."""
    path = _place("account.json", data)
    state = load_state(path)
    save_state(path, state)
    assert load_state(path) == state
    _check_protection(path, now=state.last_outage + 1 if len(data) % 2 else _NOW)


def _check_protection(path: Path, now: float) -> None:
    def no_warning(message: str) -> None:
        raise AssertionError(message)

    guard = AccountProtection(path, SignInLimits(), no_warning, now=lambda: now)
    with mock.patch.object(protection, "_SCRYPT_COST", _CHEAP):
        for check in (guard.check_outages, lambda: guard.check_sign_in(_PASSWORD)):
            assert isinstance(value_or_error(check), HeldBack | None)
        before = guard.state
        guard.note_sent()
        guard.note_outcome("failed", refused=_PASSWORD)
        guard.note_end(is_outage=True)
        assert guard.state.outages > 0
        assert guard.state.refused[:-1] == before.refused[-19:]
        refused_at = before.refused_at or now
        save_state(path, replace(guard.state, refused_at=refused_at))
        assert isinstance(value_or_error(lambda: guard.check_sign_in(_PASSWORD)), HeldBack)
        guard.note_outcome("accepted")
        guard.note_end(is_outage=False)
        assert guard.state.refused
        assert guard.state.outages == 0


def check_remembered_accounts(data: bytes) -> None:
    """Check that `massar login` remembers texts by name, and one more account spoils no other."""
    folder = _folder()
    _place("accounts.json", data)
    _place("config.toml", b"")
    accounts = load_remembered(folder)
    _assert_texts(accounts)
    _check_settings(folder, accounts, tuple(accounts)[:_ACCOUNTS])
    name = "one more"
    remember(folder, name, {"code": "X130000000", "url": DEFAULT_URL})
    assert load_remembered(folder) == {
        **accounts,
        name: {"code": "X130000000", "url": DEFAULT_URL},
    }
    assert forget(folder, name)
    assert load_remembered(folder) == {key: kept for key, kept in accounts.items() if key != name}


def _assert_texts(accounts: Mapping[str, Mapping[str, str]]) -> None:
    for name, kept in accounts.items():
        assert isinstance(name, str)
        assert set(kept) <= {"code", "url"}
        assert all(isinstance(text, str) for text in kept.values())


def check_settings_file(data: bytes) -> None:
    """Check that any configuration file gives settings that can be used, or UsageProblem."""
    path = _place("config.toml", data)
    configuration = value_or_error(lambda: read_configuration(path))
    assert isinstance(configuration, dict | UsageProblem)
    names: tuple[str, ...] = ()
    if isinstance(configuration, dict):
        names = tuple(configuration.get("accounts", {}))[:_ACCOUNTS]
    _check_settings(_folder(), {}, names)


def _check_settings(
    folder: Path, remembered: Mapping[str, Mapping[str, str]], names: tuple[str, ...]
) -> None:
    for name in (None, *names):
        outcome = value_or_error(
            lambda: load_settings(
                environment={"MASSAR_HOME": str(folder)},
                account=name,  # noqa: B023  (called at once)
                remembered=remembered,
            )
        )
        assert isinstance(outcome, Settings | UsageProblem)
        if isinstance(outcome, Settings):
            _assert_usable(outcome)


def _assert_usable(settings: Settings) -> None:
    assert base_url(settings.url) == settings.url
    assert 1 <= settings.pace.timeout <= 86_400
    assert 0 <= settings.pace.retry_wait <= 3600
    assert 0 <= settings.pace.spacing <= 3600
    assert settings.sign_in_limits.accepted >= 1
    assert settings.sign_in_limits.failed >= 1
    assert settings.language in ("ar", "fr", "en")
    assert settings.code is None or settings.code.isprintable()
    assert _PASSWORD not in repr(settings)
