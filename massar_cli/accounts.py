"""What `massar login` remembers of an account: its code and the portal's address, no secret."""

import json
from collections.abc import Mapping
from pathlib import Path

from massar_cli.files import make_private_folder, write_whole

_NAME = "accounts.json"
_KEYS = ("code", "url")


def load_remembered(folder: Path) -> dict[str, dict[str, str]]:
    """Return account name to `code` and `url`; an unreadable file remembers nothing."""
    try:
        data = json.loads((folder / _NAME).read_bytes())
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
    accounts = load_remembered(folder)
    _save(folder, {**accounts, name: {key: account[key] for key in _KEYS}})
    return accounts.get(name)


def forget(folder: Path, name: str) -> bool:
    """Forget an account; whether it was remembered. Raises OSError where it cannot be removed."""
    accounts = load_remembered(folder)
    if accounts.pop(name, None) is None:
        return False
    if accounts:
        _save(folder, accounts)
    else:
        (folder / _NAME).unlink()
    return True


def _save(folder: Path, accounts: Mapping[str, Mapping[str, str]]) -> None:
    make_private_folder(folder)
    write_whole(folder / _NAME, lambda stream: stream.write(json.dumps(accounts).encode()))
