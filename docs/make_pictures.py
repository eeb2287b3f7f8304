"""Make the picture of `massar grades` in the README, from the practice portal.

`python docs/make_pictures.py` writes it; `--check` fails where the one that is there is old.
"""

import io
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.text import Text

COLUMNS = 110
INKS = ("#c5c8c6", "#c5c8c7")
COMMAND = ["massar", "--demo", "--lang", "en", "grades"]
PICTURE = Path(__file__).with_name("grades.svg")
# Rich's own frame asks another host for a font; a picture should ask nobody for anything.
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g></g></svg>
"""


def printed() -> str:
    """Return what the command prints at a terminal of COLUMNS columns."""
    ours, theirs = pty.openpty()
    ended = subprocess.Popen(
        [sys.executable, "-m", "massar_cli", *COMMAND[1:]],
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"},
    )
    os.close(theirs)
    chunks = []
    with suppress(OSError):  # so a terminal says that nobody writes to it any more
        while chunk := os.read(ours, 65536):
            chunks.append(chunk)
    if ended.wait():
        sys.exit(f"{' '.join(COMMAND)} failed")
    return b"".join(chunks).decode().replace("\r\n", "\n")


def drawn(text: str) -> str:
    """Return the picture of a terminal that shows `text`."""
    console = Console(width=COLUMNS, record=True, file=io.StringIO(), force_terminal=True)
    # Isolates have no width in a terminal, but the picture's library counts them.
    plain = text.rstrip().translate(dict.fromkeys(map(ord, "\u2068\u2069")))
    shown = Text.from_ansi(f"$ {' '.join(COMMAND)}\n{plain}")
    # A run of one style becomes one element, stretched as a whole; Arabic joins its letters and
    # would move what follows. A colour of its own makes each cell an element in its own place.
    for number, cell in enumerate(re.finditer(r"(?:(?! · )(?:\S|[ \xa0](?=\S)))+", shown.plain)):
        shown.stylize(INKS[number % 2], *cell.span())
    console.print(shown)
    svg = console.export_svg(title="massar grades", code_format=FRAME, unique_id="massar")
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)


def main() -> None:
    """Write the picture, or check it."""
    picture = drawn(printed())
    if "--check" not in sys.argv:
        PICTURE.write_text(picture, encoding="utf-8")
    elif PICTURE.read_text(encoding="utf-8") != picture:
        sys.exit("docs/grades.svg is old: run python docs/make_pictures.py")


if __name__ == "__main__":
    main()
