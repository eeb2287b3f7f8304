"""Make the pictures of the READMEs and of docs/terminals.md, from the practice portal.

`python docs/make_pictures.py` writes them; `--check` fails where one that is there is old.
"""

import io
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from arabic_reshaper import ArabicReshaper
from bidi.algorithm import get_display
from rich.console import Console
from rich.text import Text

FOLDER = Path(__file__).parent
INKS = ("#c5c8c6", "#c5c8c7")
GRADES = ("grades", "--year", "2023", "--semester", "1")
LANGUAGES = (*GRADES, "--subject", "langue")


class Picture(NamedTuple):
    """What is run at a terminal of so many columns, and whether that terminal reorders."""

    name: str
    columns: int
    arguments: tuple[str, ...]
    reorders: bool = True


PICTURES = (
    Picture("grades", 110, ("--lang", "en", "grades")),
    Picture("grades-fr", 110, ("--lang", "fr", "grades")),
    Picture("grades-ar", 110, ("--lang", "ar", "grades", "--rtl", "shape"), reorders=False),
    Picture("terminal-reorders", 80, ("--lang", "fr", *GRADES, "--rtl", "terminal")),
    Picture("terminal-shape", 80, ("--lang", "ar", *GRADES, "--rtl", "shape"), reorders=False),
    Picture("terminal-phone", 40, ("--lang", "ar", *LANGUAGES, "--rtl", "shape"), reorders=False),
    Picture("terminal-wrong", 80, ("--lang", "ar", *GRADES, "--rtl", "off"), reorders=False),
)
# Rich's own frame asks another host for a font; a picture should ask nobody for anything.
# Letters go where the picture says, whatever its viewer knows of Arabic.
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
.{unique_id}-matrix text {{ direction: ltr; unicode-bidi: bidi-override; }}
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
APART = re.compile("\u200e([\u202a\u202b])(.*?)\u202c\u200e")
"""A text as `massar_cli.rtl` keeps it apart from its neighbours."""
MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ARABIC = re.compile("[\u0621-\u064a]")
RESHAPER = ArabicReshaper({"delete_harakat": False, "support_ligatures": False})


def printed(picture: Picture) -> str:
    """Return what the command prints at a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "massar_cli", "--demo", *picture.arguments]
    ended = subprocess.Popen(
        command,
        stdout=theirs,
        stderr=theirs,
        # Nothing of the terminal or the settings of whoever makes the pictures.
        env={
            "PATH": os.environ["PATH"],
            "MASSAR_HOME": os.devnull,
            "COLUMNS": str(picture.columns),
            "TERM": "xterm-256color",
        },
    )
    os.close(theirs)
    chunks = []
    with suppress(OSError):  # so a terminal says that nobody writes to it any more
        while chunk := os.read(ours, 65536):
            chunks.append(chunk)
    if ended.wait():
        sys.exit(f"{' '.join(command)} failed")
    return b"".join(chunks).decode().replace("\r\n", "\n")


def as_reordered(text: str) -> str:
    """Return what a terminal shows that reorders, shapes and knows embeddings."""

    def shown(match: re.Match[str]) -> str:
        base = "R" if match[1] == "\u202b" else "L"
        return MARKS.sub("", get_display(RESHAPER.reshape(match[2]), base_dir=base))

    return APART.sub(shown, text)


def as_it_comes(text: str) -> str:
    """Return what a terminal shows that neither joins letters nor reorders them."""
    return ARABIC.sub(lambda match: RESHAPER.reshape(match[0]), text)


def drawn(picture: Picture, text: str) -> str:
    """Return the picture of a terminal that shows `text`."""
    console = Console(width=picture.columns, record=True, file=io.StringIO(), force_terminal=True)
    arrange = as_reordered if picture.reorders else as_it_comes
    shown = Text.from_ansi(arrange(text.rstrip()))
    if MARKS.search(shown.plain):
        sys.exit(f"{picture.name}: marks are left, so texts are kept apart in another way by now")
    # A run of one style becomes one element, stretched as a whole; letters of another font would
    # move what follows. A colour of its own makes each cell an element in its own place.
    for number, cell in enumerate(
        re.finditer(r"(?:(?! [·│] ?)(?:\S|[ \xa0](?=\S)))+", shown.plain)
    ):
        shown.stylize(INKS[number % 2], *cell.span())
    console.print(f"$ massar --demo {' '.join(picture.arguments)}", highlight=False, markup=False)
    console.print(shown)
    svg = console.export_svg(title="massar", code_format=FRAME, unique_id="massar")
    # Joined letters stay joined where a viewer has another font.
    svg = svg.replace("textLength=", 'lengthAdjust="spacingAndGlyphs" textLength=')
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)


def main() -> None:
    """Write the pictures, or check them."""
    for picture in PICTURES:
        file = FOLDER / f"{picture.name}.svg"
        svg = drawn(picture, printed(picture))
        if "--check" not in sys.argv:
            file.write_text(svg, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != svg:
            sys.exit(f"docs/{file.name} is old: run python docs/make_pictures.py")


if __name__ == "__main__":
    main()
