"""Photograph a table in real terminals: `python docs/photograph_terminals.py FOLDER`.

Needs Xvfb, dbus-run-session, ImageMagick, and those of the terminals below that are to be
photographed; the others are left out. Each picture shows what `massar` prints there by itself.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

_DISPLAY = ":97"
_SIZE = "88x16"
_SHOWN = "massar --demo --lang ar absences --semester 1 --unjustified; sleep 60"
_FONT = "DejaVu Sans Mono"
_SECONDS_TO_DRAW = 9
_COLUMNS, _, _LINES = _SIZE.partition("x")
_TERMINALS = {
    "xterm": ["xterm", "-u8", "-fa", _FONT, "-fs", "11", "-geometry", _SIZE, "-e"],
    "urxvt": ["urxvt", "-fn", f"xft:{_FONT}:size=11", "-geometry", _SIZE, "-e"],
    "st": ["stterm", "-f", f"{_FONT}:size=11", "-g", _SIZE, "-e"],
    "mlterm": ["mlterm", "-g", _SIZE, "-e"],
    "vte": ["xfce4-terminal", "--disable-server", "--geometry", _SIZE, "-x"],
    "konsole": ["konsole", "--hide-menubar", "--hide-tabbar", "--geometry", "860x400", "-e"],
    "kitty": [
        "kitty",
        *("-o", "remember_window_size=no"),
        *("-o", f"initial_window_width={_COLUMNS}c"),
        *("-o", f"initial_window_height={_LINES}c"),
    ],
    "alacritty": [
        "alacritty",
        *("-o", f"window.dimensions.columns={_COLUMNS}", f"window.dimensions.lines={_LINES}"),
        "-e",
    ],
}
"""How each is started with a command of its own."""


def photograph(folder: Path) -> None:
    """Write a PNG of each terminal that is installed."""
    folder.mkdir(parents=True, exist_ok=True)
    screen = subprocess.Popen([_found("Xvfb"), _DISPLAY, "-screen", "0", "1200x700x24"])
    try:
        time.sleep(1)
        for name, command in _TERMINALS.items():
            if shutil.which(command[0]):
                _photograph_one(command, folder / f"{name}.png")
    finally:
        screen.terminate()


def _photograph_one(command: list[str], picture: Path) -> None:
    surroundings = {
        name: os.environ[name] for name in ("PATH", "HOME", "XDG_RUNTIME_DIR") if name in os.environ
    }
    surroundings |= {"DISPLAY": _DISPLAY, "LANG": "C.UTF-8", "LIBGL_ALWAYS_SOFTWARE": "1"}
    shown = [*command, "sh", "-c", _SHOWN]
    terminal = subprocess.Popen(
        [_found("dbus-run-session"), *shown], env=surroundings, start_new_session=True
    )
    try:
        time.sleep(_SECONDS_TO_DRAW)
        for program, *options in (
            ("import", "-window", "root"),
            ("mogrify", "-trim", "-colors", "16"),
        ):
            subprocess.run([_found(program), *options, str(picture)], check=True, env=surroundings)
    finally:
        os.killpg(terminal.pid, 15)
        terminal.wait()
        time.sleep(1)


def _found(program: str) -> str:
    place = shutil.which(program)
    if place is None:
        sys.exit(f"{program} is missing")
    return place


if __name__ == "__main__":
    photograph(Path(sys.argv[1]))
