"""Every file that is kept, written by a process that is killed at every moment there is.

`python -m tests.endurance.every_moment FOLDER` prints for each how many moments there were, and
what was wrong. A moment is the one before each call that may change a disk.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from massar_cli import accounts
from massar_cli.account_state import AccountState, load_state, save_state
from massar_cli.files import write_whole
from massar_cli.portal.cookies import KeptSession, SessionFile
from massar_cli.records import Student

_MOST_MOMENTS = 100_000
_LARGE = 10_000
_OLD, _NEW = "old", "new"


class Kept(NamedTuple):
    """A file that is kept: how to save a word in it, and how to read the word again."""

    save: Callable[[Path, str], object]
    load: Callable[[Path], Any]


def _save_large(path: Path, word: str) -> None:
    write_whole(path / "file", lambda stream: stream.write(word.encode() * _LARGE))


def _load_large(path: Path) -> str:
    content = (path / "file").read_text()
    word = content[:3]
    return word if content == word * _LARGE else f"{len(content)} bytes"


def _save_session(path: Path, word: str) -> None:
    cookie = {"name": word, "value": "", "domain": "d", "path": "/", "secure": True}
    session = KeptSession(
        cookies=[{**cookie, "expires": None}], student=Student(code=word, name=None)
    )
    SessionFile(path / "session-1.json").save(session)


def _load_session(path: Path) -> str | None:
    kept = SessionFile(path / "session-1.json").load()
    return kept.cookies[0]["name"] if kept else None


def _save_account(path: Path, word: str) -> None:
    accounts.remember(path, "one", {"code": word, "url": "u"})


KEPT: dict[str, Kept] = {
    "a file": Kept(_save_large, _load_large),
    "a session": Kept(_save_session, _load_session),
    "sign-ins": Kept(
        lambda path, word: save_state(path / "account-1.json", AccountState(salt=word)),
        lambda path: load_state(path / "account-1.json").salt,
    ),
    "accounts": Kept(
        _save_account, lambda path: accounts.load_remembered(path).get("one", {}).get("code")
    ),
}


def moments(kept: Kept, folder: Path) -> tuple[int, list[str]]:
    """Kill a process at every moment while it saves; return how many there were, and the wrong."""
    wrong: list[str] = []
    for moment in range(_MOST_MOMENTS):
        kept.save(folder, _OLD)
        if _lives(moment, lambda: kept.save(folder, _NEW)):
            return moment, wrong
        if (word := kept.load(folder)) not in (_OLD, _NEW):
            wrong.append(f"moment {moment}: {word}")
        wrong += [
            f"moment {moment}: {file.name} may be read by others"
            for file in folder.iterdir()
            if file.stat().st_mode & 0o077
        ]
        for part in folder.glob(".*.part"):
            part.unlink()
    raise AssertionError("it never comes to its end")


def _lives(moment: int, work: Callable[[], object]) -> bool:
    """Work in another process, which is killed at a moment; whether it came to its end before."""
    child = os.fork()
    if child == 0:
        _die_after(moment)
        work()
        os._exit(0)
    _child, status = os.waitpid(child, 0)
    return not os.WIFSIGNALED(status)


def _die_after(steps: int) -> None:
    left = steps

    def step(_frame: object, event: str, called: object) -> None:
        nonlocal left
        left -= event == "c_call" and _may_change_a_disk(called)
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(step)


def _may_change_a_disk(called: object) -> bool:
    """Whether a function of C is the system's own, or a stream's."""
    owner = getattr(called, "__self__", None)
    modules = {getattr(called, "__module__", None), type(owner).__module__}
    return not modules.isdisjoint(("posix", "_io", "fcntl"))


def main() -> None:
    found = {}
    for name, kept in KEPT.items():
        folder = Path(sys.argv[1]) / name
        folder.mkdir()
        found[name] = moments(kept, folder)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
