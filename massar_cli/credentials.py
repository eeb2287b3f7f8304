"""Where the password comes from, in the contract's order; nothing here ever prints one."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from massar_cli.errors import CredentialsProblem, UsageProblem
from massar_cli.language import translate as _
from massar_cli.settings import PasswordSource, Settings
from massar_cli.system_errors import reason_of

_COMMAND_SECONDS = 30
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MOST_BYTES = 4096
_SERVICE = "massar"

Ask = Callable[[], str]


def find_password(settings: Settings, ask: Ask | None) -> str:
    """Return the password: command, file, environment, keyring, then `ask` at a terminal.

    Raises UsageProblem where a source that was named cannot be used, CredentialsProblem where
    there is none and nobody to ask.
    """
    password = password_from_source(settings.password_source)
    if password is None and settings.code:
        password = _from_keyring(settings)
    if password is None and ask is not None:
        password = ask()
    if not password:
        raise CredentialsProblem(
            _("There is no password, and nobody to ask for it."),
            hint=_("Run massar login at a terminal, or set MASSAR_PASSWORD_FILE."),
        )
    return password


def password_from_source(source: PasswordSource) -> str | None:
    """Return the password of a command, file or variable, None when none is named."""
    if source.command:
        return _from_command(source.command)
    if source.file:
        return _from_file(os.path.expanduser(source.file))  # noqa: PTH111  (never raises)
    if source.value is not None:
        return usable_password(source.value, "MASSAR_PASSWORD")
    return None


def _from_command(command: str) -> str:
    name = _("The password command")
    try:
        code, output = _result_of(command)
    except subprocess.TimeoutExpired:
        # The error's own text would hold the command, which may hold a secret.
        raise UsageProblem(
            _("{name} took longer than {seconds} s.").format(name=name, seconds=_COMMAND_SECONDS),
            hint=_("Run it yourself to see what it waits for."),
        ) from None
    except (OSError, ValueError):
        raise UsageProblem(_("{name} cannot be run.").format(name=name)) from None
    if code != 0:
        raise UsageProblem(
            _("{name} failed with exit code {code}.").format(name=name, code=code),
            hint=_("Run it yourself to see why."),
        )
    return _one_password(output, name)


def _result_of(command: str) -> tuple[int, bytes]:
    """Return the exit code and the output of a command; raises TimeoutExpired for a slow one.

    What a slow one has started is ended too, except at a terminal: it would have to be in a session
    of its own, from which it could not ask the person there for anything.
    """
    is_apart = os.name == "posix" and not _has_terminal()
    # Through the shell, as the contract says: it is the person's own line, like an alias.
    with subprocess.Popen(  # noqa: S602
        command,
        shell=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        # For the eyes of a person, who may be asked for something; never into a log.
        stderr=None if sys.stderr.isatty() else subprocess.DEVNULL,
        start_new_session=is_apart,
    ) as process:
        try:
            output, _errors = process.communicate(timeout=_COMMAND_SECONDS)
        except BaseException:
            if is_apart:
                with suppress(OSError):  # nothing is left of it
                    os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            raise
    return process.returncode, output


def _has_terminal() -> bool:
    """Whether there is a terminal that a command can ask a person at, wherever its output goes."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _from_file(path: str) -> str:
    name = _("The password file {path}").format(path=path)
    try:
        # A named pipe that nobody writes to would be waited for without end.
        if stat.S_ISFIFO(Path(path).stat().st_mode) and not path.startswith("/dev/fd/"):
            raise UsageProblem(_("{name} is a pipe, not a file.").format(name=name))
        with Path(path).open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            if os.name == "posix" and mode & _forbidden_bits(path) and stat.S_ISREG(mode):
                raise UsageProblem(
                    _("{name} can be read by other people.").format(name=name),
                    hint=_("Run: chmod 600 {path}").format(path=path),
                )
            data = stream.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UsageProblem(
            _("{name} cannot be read: {reason}").format(name=name, reason=reason_of(error)),
            hint=_("Check MASSAR_PASSWORD_FILE or password_file, or run: massar login"),
        ) from None
    return _one_password(data, name)


def _forbidden_bits(path: str) -> int:
    """Return the bits that the mode of a password file must not have."""
    # systemd gives a unit its credentials by access lists, whose mask shows as the group's bits.
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    is_credential = folder and Path(path).parent == Path(folder)
    return stat.S_IRWXO if is_credential else _OTHERS


def _one_password(data: bytes, name: str) -> str:
    try:
        password = data.decode("utf-8")
    except UnicodeDecodeError:
        password = ""
    for end in ("\r\n", "\n", "\r"):
        if password.endswith(end):
            password = password.removesuffix(end)
            break
    return usable_password("" if len(data) > _MOST_BYTES else password, name)


def usable_password(password: str, name: str) -> str:
    """Return a password that can be sent; raises UsageProblem for an empty or damaged one.

    `name` says where it came from.
    """
    try:
        password.encode()
    except UnicodeEncodeError:  # bytes of the environment that are no UTF-8
        password = ""
    if not password or "\0" in password:
        raise UsageProblem(
            _("{name} did not give a usable password (UTF-8 text).").format(name=name),
            hint=_("It must hold the password and nothing else; one line end after it is ignored."),
        )
    return password


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringState:
    """A keyring: its name, None where there is none; its password for an account.

    `problem` says why it did not open.
    """

    name: str | None = None
    password: str | None = field(default=None, repr=False)
    problem: str | None = None


def look_in_keyring(settings: Settings) -> KeyringState:
    """Return what there is of a keyring. The person's desktop may ask them to unlock it."""
    name = None
    try:
        import keyring
        from keyring.backends import fail, null

        backend = keyring.get_keyring()
        if isinstance(backend, fail.Keyring | null.Keyring):
            return KeyringState()
        name = str(backend.name)
        password = keyring.get_password(_SERVICE, _keyring_user(settings))
    except Exception as error:  # noqa: BLE001  (backends raise errors of their own libraries)
        # Its text may be anything.
        return KeyringState(name=name, problem=type(error).__name__)
    return KeyringState(name=name, password=password)


def _keyring_user(settings: Settings) -> str:
    return f"{settings.code} {settings.url}"


def _from_keyring(settings: Settings) -> str | None:
    try:
        import keyring

        return keyring.get_password(_SERVICE, _keyring_user(settings))
    except Exception:  # noqa: BLE001  (backends raise errors of their own libraries)
        return None  # a locked or missing keyring is one source less, not a failure


def remember_password(settings: Settings, password: str) -> bool:
    """Keep the password in the keyring; False where there is none to use."""
    try:
        import keyring

        keyring.set_password(_SERVICE, _keyring_user(settings), password)
        return keyring.get_password(_SERVICE, _keyring_user(settings)) == password
    except Exception:  # noqa: BLE001  (backends raise errors of their own libraries)
        return False


def forget_password(settings: Settings) -> bool:
    """Remove the password from the keyring; False where there was none."""
    try:
        import keyring

        if keyring.get_password(_SERVICE, _keyring_user(settings)) is None:
            return False
        keyring.delete_password(_SERVICE, _keyring_user(settings))
    except Exception:  # noqa: BLE001  (backends raise errors of their own libraries)
        return False
    return True
