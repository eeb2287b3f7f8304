"""What `massar login` remembers of an account: its code and the portal's address, no secret."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from massar_cli.files import content_of, locked, make_private_folder, remove_unfinished, write_whole

_NAME, _LOCK = "accounts.json", "accounts.lock"
_KEYS = ("code", "url")
_LOCK_SECONDS = 5
_MOST_BYTES = 1 << 20


def load_remembered(folder: Path) -> dict[str, dict[str, str]]:
    """Return account name to `code` and `url`; an unreadable file remembers nothing."""
    try:
        data = json.loads(content_of(folder / _NAME, most=_MOST_BYTES) or b"")
        return {
            name: {key: kept[key] for key in _KEYS if isinstance(kept.get(key), str)}
            for name, kept in data.items()
        }
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def remember(folder: Path, name: str, account: Mapping[str, str]) -> dict[str, str] | None:
    """Remember an account and return what was remembered of it before.

    Raises OSError where that cannot be written.
    """
    make_private_folder(folder)
    with locked(folder / _LOCK, _LOCK_SECONDS):
        accounts = load_remembered(folder)
        _save(folder, {**accounts, name: {key: account[key] for key in _KEYS}})
    return accounts.get(name)


def forget(folder: Path, name: str) -> bool:
    """Forget an account; whether it was remembered. Raises OSError where it cannot be removed."""
    if not any((folder / one).exists() for one in (_NAME, _LOCK)):
        remove_unfinished(folder / _NAME)
        return False
    with locked(folder / _LOCK, _LOCK_SECONDS):
        accounts = load_remembered(folder)
        was_remembered = accounts.pop(name, None) is not None
        remove_unfinished(folder / _NAME)
        if was_remembered and accounts:
            _save(folder, accounts)
        elif was_remembered:
            (folder / _NAME).unlink()
        if not (folder / _NAME).exists():
            with suppress(OSError):  # some systems keep an open file
                (folder / _LOCK).unlink()
    return was_remembered


def _save(folder: Path, accounts: Mapping[str, Mapping[str, str]]) -> None:
    write_whole(folder / _NAME, lambda stream: stream.write(json.dumps(accounts).encode()))
