"""What makes the list safe to paste into a bug report: the words that must not be in it."""

import getpass
import os
import re
from pathlib import Path

from massar_cli.errors import without_words

# Any Massar code but the example that hints give.
_CODE = re.compile(r"(?<![^\W_])(?!X130000000\b)[A-Za-z]{1,2}\d{6,12}(?!\w)", re.ASCII)
_SHORTEST_NAME, _SHORTEST_SECRET = 3, 4
_NO_NAMES = ("default", "demo", "massar")


class Veil:
    """Takes out Massar codes, hidden words, the home folder and the name of the user."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._names: set[str] = set()
        homes = {str(Path.home()), os.path.realpath(Path.home())} - {"/"}
        self._homes = sorted(homes, key=len, reverse=True)
        self._user = _user_name()

    def hide(self, *words: str | None) -> None:
        """Let words never be shown from now on, unless stars would tell the more."""
        self._words.update(word for word in words if word and len(word) >= _SHORTEST_SECRET)

    def hide_names(self, *names: str) -> None:
        """Let the names of accounts never be shown, unless they say nothing of anybody."""
        self._names.update(
            name for name in names if name not in _NO_NAMES and len(name) >= _SHORTEST_NAME
        )

    def __call__(self, text: str) -> str:
        """Return a text that may be pasted anywhere."""
        for home in self._homes:
            text = re.sub(rf"{re.escape(home)}(?!\w)", "~", text)
        if self._user:
            # As a folder's name: it may be an ordinary word anywhere else.
            text = re.sub(rf"(?<=[/\\]){re.escape(self._user)}(?!\w)", "***", text)
        for name in self._names:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "***", text)
        text = _CODE.sub("***", without_words(text, self._words))
        return text.encode(errors="replace").decode()  # a path may hold bytes that are no text


def _user_name() -> str | None:
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody in the system's list
        return None
    return name if len(name) >= _SHORTEST_NAME and name != "root" else None
