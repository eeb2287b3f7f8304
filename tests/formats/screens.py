"""What a terminal makes of printed lines, by the Unicode bidirectional algorithm or without it."""

import re
import unicodedata
from collections.abc import Callable

import pyte
from bidi import get_display

MARKS = "\u200e\u200f\u202a-\u202c\u2066-\u2069"
APART = re.compile("\u200e([\u202a\u202b])(.*?)\u202c\u200e")
_LEFT_TO_RIGHT = re.compile(r"[0-9A-Za-zÀ-ÿ]+(?:[ .,/+-]+[0-9A-Za-zÀ-ÿ]+)*")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def without_marks(text: str) -> str:
    return re.sub(f"[{MARKS}]", "", text)


def expected(line: str) -> str:
    """Return a line whose texts each look as if they were alone, in their own places."""

    def alone(match: re.Match[str]) -> str:
        return without_marks(get_display(match[2], base_dir="R" if match[1] == "\u202b" else "L"))

    return APART.sub(alone, line)


def is_address(line: str) -> bool:
    """Whether a line is one address, which stays whole however narrow the terminal is."""
    return re.fullmatch(r" *[!-~]+://[!-~]+", without_marks(line)) is not None


def left_to_right(line: str) -> str:
    """Return a line as a terminal shows it whose lines all go from left to right."""
    return without_marks(get_display(line, base_dir="L"))


def by_first_letter(line: str) -> str:
    """Return a line as a terminal shows it whose lines go where their first letter goes."""
    return without_marks(get_display(line))


def losing_the_first_marks(line: str) -> str:
    """Return a line as where a mark is kept with the letter before it, and lost without one."""
    return left_to_right(re.sub(f"^[{MARKS}]+", "", line))


REORDERING: list[Callable[[str], str]] = [left_to_right, by_first_letter, losing_the_first_marks]


def without_embeddings(line: str) -> str:
    """Return a line as where marks are known, but no embeddings and isolates."""
    return left_to_right(re.sub("[\u202a-\u202c\u2066-\u2069]", "", line))


def with_strong_frames(line: str) -> str:
    """Return a line as where marks are dropped, and the signs of frames go from left to right."""
    return left_to_right(without_marks(line).replace("│", "\u01c0")).replace("\u01c0", "│")


def turning_each_word(line: str) -> str:
    """Return a line as a terminal shows it that turns every Arabic word, and moves none."""
    return re.sub("(?:(?![\u0660-\u0669])[\u0590-\u08ff])+", lambda match: match[0][::-1], line)


def letters_in_place(line: str) -> str:
    """Return a shaped line with plain letters in the places where they stand."""
    return re.sub(
        "[\ufb50-\ufdff\ufe70-\ufefc]",
        lambda match: unicodedata.normalize("NFKC", match[0])[::-1],
        line,
    )


def shown(printed: str, width: int) -> list[str]:
    """Return the rows of a terminal that puts one letter after the other, as far as they go."""
    rows = printed.count("\n") + printed.count("\n") // 2 + 2
    screen = pyte.Screen(width, rows)
    pyte.Stream(screen).feed(printed.replace("\n", "\r\n"))
    return [row.rstrip() for row in screen.display[: screen.cursor.y]]


def read(cell: str) -> str:
    """Return what somebody reads in a cell from the right, numbers and Latin words from the left.

    That is the text before it was shaped, brackets the way they open. No letter of it is lost:
    lam-alef is two again.
    """
    if not RIGHT_TO_LEFT.search(cell):
        return cell
    clusters = re.findall(r".[\u0300-\u036f\u064b-\u065f\u0670]*", cell)
    text = unicodedata.normalize("NFKC", "".join(reversed(clusters)))
    text = text.translate(str.maketrans("()[]", ")(]["))
    return _LEFT_TO_RIGHT.sub(lambda match: match[0][::-1], text)


def cells_from_right(row: str, between: str = r"\s{2,}") -> list[str]:
    return [read(cell) for cell in reversed(re.split(between, row.strip()))]
