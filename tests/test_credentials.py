"""Where the password comes from: each source, their order, and one that cannot be used."""

import os
import select
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked

from massar_cli import credentials
from massar_cli.configuration import Folders
from massar_cli.credentials import (
    find_password,
    forget_password,
    password_from_source,
    remember_password,
)
from massar_cli.errors import CredentialsProblem, UsageProblem
from massar_cli.portal.session import Account
from massar_cli.settings import PasswordSource, Settings
from tests.conftest import Done, Practice

Run = Callable[..., Done]

SECRET = "a-very-secret-password"
NO_SETTINGS = Settings(
    account="default",
    url="http://127.0.0.1:8000/moutamadris",
    code="X130000001",
    password_source=PasswordSource(),
    language="en",
    folders=Folders(configuration=Path("/nowhere"), state=Path("/nowhere")),
    origins={},
)


class PlayedKeyring(KeyringBackend):
    """A keyring in memory, or one that fails."""

    priority = 1

    def __init__(self, failure: Exception | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}
        self.failure = failure
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        del self.entries[service, username]

    def _fail(self) -> None:
        self.asked += 1
        if self.failure:
            raise self.failure


@pytest.fixture
def use_keyring() -> Iterator[Callable[[PlayedKeyring], PlayedKeyring]]:
    """Put a keyring in the place of the system's."""
    before = keyring.get_keyring()

    def use(backend: PlayedKeyring) -> PlayedKeyring:
        keyring.set_keyring(backend)
        return backend

    yield use
    keyring.set_keyring(before)


def from_command(command: str) -> str | None:
    return password_from_source(PasswordSource(command=command))


@pytest.fixture
def password_file(tmp_path: Path) -> Callable[[bytes, int], Path]:
    def write(content: bytes, mode: int = 0o600) -> Path:
        file = tmp_path / "password"
        file.write_bytes(content)
        file.chmod(mode)
        return file

    return write


def from_file(file: Path | str) -> str | None:
    return password_from_source(PasswordSource(file=str(file)))


CONTENTS = [
    (b"word", "word"),
    (b"word\n", "word"),
    (b"word\r\n", "word"),
    (b"word\n\n", "word\n"),
    (b" word ", " word "),
    (b"\tword \r\n", "\tword "),
    ("كلمة السر\n".encode(), "كلمة السر"),
    ("é€𝄞".encode(), "é€𝄞"),
    (b"two\nlines\n", "two\nlines"),
]
UNUSABLE = [b"", b"\n", b"\r\n", b"\xff\xfe", b"w\xe9rd\n", b"x" * 5000]


@pytest.mark.parametrize(("content", "password"), CONTENTS)
def test_a_file_gives_its_text_less_one_line_end(
    password_file: Callable[..., Path], content: bytes, password: str
) -> None:
    assert from_file(password_file(content)) == password


@pytest.mark.parametrize(("content", "password"), CONTENTS)
def test_a_command_gives_its_output_less_one_line_end(
    password_file: Callable[..., Path], content: bytes, password: str
) -> None:
    assert from_command(f"cat '{password_file(content)}'") == password


@pytest.mark.parametrize("content", UNUSABLE)
def test_a_file_or_command_without_a_password_in_utf8_is_refused(
    password_file: Callable[..., Path], content: bytes
) -> None:
    file = password_file(content)
    for source in (PasswordSource(file=str(file)), PasswordSource(command=f"cat '{file}'")):
        with pytest.raises(UsageProblem) as refusal:
            password_from_source(source)
        assert refusal.value.hint


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o602, 0o601, 0o660, 0o777])
def test_a_file_that_others_can_get_at_is_refused_with_the_fix(
    password_file: Callable[..., Path], mode: int
) -> None:
    file = password_file(SECRET.encode(), mode)
    with pytest.raises(UsageProblem) as refusal:
        from_file(file)
    assert str(file) in refusal.value.message
    assert f"chmod 600 {file}" in refusal.value.hint
    assert SECRET not in refusal.value.message
    file.chmod(0o400)
    assert from_file(file) == SECRET


@pytest.mark.parametrize("mode", [0o400, 0o440])
def test_a_credential_of_systemd_may_show_the_mask_of_its_access_list(
    password_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    file = password_file(SECRET.encode(), mode)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", f"{file.parent}/")
    assert from_file(file) == SECRET


@pytest.mark.parametrize(("folder", "mode"), [(".", 0o444), ("..", 0o440), ("other", 0o440)])
def test_what_others_can_read_or_is_no_credential_of_systemd_is_refused(
    password_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, folder: str, mode: int
) -> None:
    file = password_file(SECRET.encode(), mode)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", os.path.normpath(file.parent / folder))
    with pytest.raises(UsageProblem):
        from_file(file)


def test_a_link_to_a_private_file_is_followed(
    password_file: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(password_file(b"word"))
    assert from_file(tmp_path / "link") == "word"


def test_a_home_sign_is_the_home(
    password_file: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    password_file(b"word")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert from_file("~/password") == "word"


@pytest.mark.parametrize("path", ["/no/such/file", "/dev", "~nobody-of-that-name/file", "n" * 300])
def test_a_file_that_cannot_be_read_is_a_setting_that_cannot_be_used(path: str) -> None:
    with pytest.raises(UsageProblem) as refusal:
        from_file(path)
    assert "MASSAR_PASSWORD_FILE" in refusal.value.hint


def test_a_command_runs_through_the_shell() -> None:
    assert from_command("printf '%s' one | sed s/one/two/; printf '%s' three") == "twothree"


def test_a_command_reads_nothing_from_the_terminal() -> None:
    assert from_command("cat; echo done") == "done"


@pytest.mark.parametrize(
    ("command", "code"), [("exit 3", 3), ("no-such-command-at-all", 127), ("echo x; false", 1)]
)
def test_a_command_that_fails_is_told_with_its_exit_code(command: str, code: int) -> None:
    with pytest.raises(UsageProblem) as refusal:
        from_command(f"{command} # {SECRET}" if code != 127 else command)
    assert str(code) in refusal.value.message
    assert SECRET not in refusal.value.message + refusal.value.hint


def test_a_command_that_takes_too_long_is_ended_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert credentials._COMMAND_SECONDS == 30
    monkeypatch.setattr(credentials, "_COMMAND_SECONDS", 0.3)
    started = time.monotonic()
    with pytest.raises(UsageProblem) as refusal:
        from_command(f"exec sleep 60 # {SECRET}")
    assert time.monotonic() - started < 30
    assert "0.3" in refusal.value.message
    shown = [refusal.value, refusal.value.__cause__]
    assert all(SECRET not in repr(one) for one in shown)
    assert refusal.value.__suppress_context__


def test_what_a_slow_command_has_started_does_not_hold_the_run_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(credentials, "_COMMAND_SECONDS", 0.3)
    started = time.monotonic()
    with pytest.raises(UsageProblem):
        from_command("sleep 60; echo late")
    assert time.monotonic() - started < 30


@pytest.mark.skipif(os.name != "posix", reason="groups of processes")
def test_what_a_slow_command_has_started_ends_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It holds the one end of a pipe, which closes when it ends."""
    monkeypatch.setattr(credentials, "_COMMAND_SECONDS", 2)
    monkeypatch.setattr(credentials, "_has_terminal", lambda: False)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(UsageProblem):
            from_command(f"(echo started; exec sleep 40) > '{pipe}' & wait")
        assert os.read(end, 100) == b"started\n"
        assert select.select([end], [], [], 20)[0] == [end]
        assert os.read(end, 100) == b""
    finally:
        os.close(end)


def test_what_a_command_says_beside_the_password_goes_to_no_log(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert from_command("echo touch the key >&2; echo word") == "word"
    assert capfd.readouterr() == ("", "")


def test_no_source_at_all_gives_none() -> None:
    assert password_from_source(PasswordSource()) is None
    assert not PasswordSource()


def test_command_file_and_variable_are_tried_in_this_order(
    password_file: Callable[..., Path],
) -> None:
    file = str(password_file(b"of the file"))
    source = PasswordSource(command="echo of the command", file=file, value="of the variable")
    assert password_from_source(source) == "of the command"
    assert password_from_source(replace(source, command=None)) == "of the file"
    assert password_from_source(replace(source, command=None, file=None)) == "of the variable"


def test_a_source_that_fails_is_not_passed_over(
    use_keyring: Callable[[PlayedKeyring], PlayedKeyring],
) -> None:
    backend = use_keyring(PlayedKeyring())
    remember_password(NO_SETTINGS, "of the keyring")
    backend.asked = 0
    source = PasswordSource(command="false", value="of the variable")
    with pytest.raises(UsageProblem):
        find_password(replace(NO_SETTINGS, password_source=source), lambda: "typed")
    assert backend.asked == 0


def test_the_keyring_comes_before_the_prompt_and_after_the_rest(
    use_keyring: Callable[[PlayedKeyring], PlayedKeyring],
) -> None:
    backend = use_keyring(PlayedKeyring())
    assert find_password(NO_SETTINGS, lambda: "typed") == "typed"
    assert remember_password(NO_SETTINGS, "kept")
    assert find_password(NO_SETTINGS, lambda: pytest.fail("nobody need be asked")) == "kept"
    backend.asked = 0
    given = replace(NO_SETTINGS, password_source=PasswordSource(value="given"))
    assert find_password(given, None) == "given"
    assert backend.asked == 0


def test_the_keyring_tells_accounts_and_portals_apart(
    use_keyring: Callable[[PlayedKeyring], PlayedKeyring],
) -> None:
    backend = use_keyring(PlayedKeyring())
    remember_password(NO_SETTINGS, "kept")
    other_code = NO_SETTINGS.with_code("X130000002")
    other_portal = replace(NO_SETTINGS, url="https://massarservice.men.gov.ma/moutamadris")
    for other in (other_code, other_portal):
        with pytest.raises(CredentialsProblem):
            find_password(other, None)
        assert not forget_password(other)
    assert len(backend.entries) == 1
    assert forget_password(NO_SETTINGS)
    assert backend.entries == {}
    assert not forget_password(NO_SETTINGS)


@pytest.mark.parametrize(
    "failure", [KeyringLocked("locked"), InitError("none"), OSError("no bus"), RuntimeError("odd")]
)
def test_a_keyring_that_fails_is_one_source_less(
    use_keyring: Callable[[PlayedKeyring], PlayedKeyring], failure: Exception
) -> None:
    use_keyring(PlayedKeyring(failure))
    assert find_password(NO_SETTINGS, lambda: "typed") == "typed"
    with pytest.raises(CredentialsProblem):
        find_password(NO_SETTINGS, None)
    assert not remember_password(NO_SETTINGS, "word")
    assert not forget_password(NO_SETTINGS)


def test_a_keyring_that_keeps_nothing_is_noticed() -> None:
    assert not remember_password(NO_SETTINGS, "word")  # the tests' own keyring is the null one


@pytest.mark.parametrize("typed", ["", None])
def test_no_password_at_all_is_a_matter_of_credentials(typed: str | None) -> None:
    with pytest.raises(CredentialsProblem) as refusal:
        find_password(NO_SETTINGS, None if typed is None else lambda: typed)
    assert "massar login" in refusal.value.hint


def test_nothing_secret_is_in_the_text_of_a_source_or_an_account() -> None:
    assert SECRET not in repr(PasswordSource(value=SECRET))
    assert SECRET not in repr(replace(NO_SETTINGS, password_source=PasswordSource(value=SECRET)))
    account = Account("X130000001@taalim.ma", "X130000001", lambda: SECRET)
    assert SECRET not in repr(account)


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"MASSAR_PASSWORD_COMMAND": "exit 1"}, 2),
        ({"MASSAR_PASSWORD_COMMAND": "true"}, 2),
        ({"MASSAR_PASSWORD_FILE": "/no/such/file"}, 2),
        ({"MASSAR_PASSWORD_COMMAND": "", "MASSAR_PASSWORD_FILE": "", "MASSAR_PASSWORD": ""}, 3),
    ],
)
def test_a_password_that_cannot_be_had_ends_the_run_before_a_sign_in(
    massar: Run, practice: Practice, environment: dict[str, str], code: int
) -> None:
    settings = {**practice.settings(), **environment}
    for command in ("profile", "login"):
        done = massar(command, **settings)
        assert (done.code, done.out) == (code, "")
        assert len(done.err.splitlines()) == 1
    assert practice.passwords_posted() == 0


def test_each_source_signs_in(
    massar: Run, practice: Practice, password_file: Callable[..., Path]
) -> None:
    settings = practice.settings()
    password = settings.pop("MASSAR_PASSWORD")
    sources = {
        "MASSAR_PASSWORD": password,
        "MASSAR_PASSWORD_COMMAND": f"echo {password}",
        "MASSAR_PASSWORD_FILE": str(password_file(password.encode() + b"\n")),
    }
    for name, value in sources.items():
        done = massar("login", **settings, **{name: value})
        assert done.code == 0
        assert password not in done.out + done.err
    assert practice.passwords_posted() == 3


def test_a_command_is_not_run_when_the_session_still_holds(
    massar: Run, practice: Practice, tmp_path: Path
) -> None:
    settings = practice.settings()
    assert massar("profile", **settings).code == 0
    mark = tmp_path / "was-run"
    settings["MASSAR_PASSWORD_COMMAND"] = f"touch '{mark}'; echo wrong"
    assert massar("profile", **settings).code == 0
    assert not mark.exists()
