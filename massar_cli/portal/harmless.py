"""What may be told of an address: no code, no name, no number of a session."""

import re

_MOST_WORDS = 2
_WORD = re.compile(r"[A-Za-z]{1,30}", re.ASCII)


def harmless_path(path: str, base: str) -> str:
    """Return the path of an address with all masked that may be personal; `base` is the portal's.

    A page of the portal is named by two words; what follows them, or is no word, is masked.

    >>> harmless_path("/moutamadris/TuteurEleves/GetBulletins", "/moutamadris")
    '/moutamadris/TuteurEleves/GetBulletins'
    >>> harmless_path("/moutamadris/(S(4x1z))/General/Home/X130000001", "/moutamadris")
    '/moutamadris/*/General/*/*'
    """
    start = base if f"{path}/".startswith(f"{base}/") else ""
    return _masked(start, start.count("/")) + _masked(path.removeprefix(start), _MOST_WORDS)


def _masked(path: str, most_words: int) -> str:
    # The first piece stands before the first slash, and is empty.
    return "/".join(
        piece if not piece or (place <= most_words and _WORD.fullmatch(piece)) else "*"
        for place, piece in enumerate(path.split("/"))
    )
