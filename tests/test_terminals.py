"""Which terminal an environment tells of, and what wins where several signs stand together."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from massar_cli.rtl import Rtl
from massar_cli.settings import load_settings, shown_settings
from massar_cli.terminals import (
    HIDDEN,
    KNOWN,
    KNOWN_BY_TERM,
    RTL_CHOICES,
    UNKNOWN,
    rtl_at,
    terminal_of,
)

XTERM = {"TERM": "xterm-256color"}
VTE, OLD_VTE = {"VTE_VERSION": "7006"}, {"VTE_VERSION": "5202"}
CODE = {"TERM_PROGRAM": "vscode"}
FAR = {"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}


@pytest.mark.parametrize(
    ("environment", "rtl"),
    [
        (XTERM | VTE, Rtl.TERMINAL),
        (XTERM | {"VTE_VERSION": "5802"}, Rtl.TERMINAL),
        (XTERM | OLD_VTE, Rtl.SHAPE),
        (XTERM | {"KONSOLE_VERSION": "260801"}, Rtl.TERMINAL),
        (XTERM | {"TERM_PROGRAM": "Apple_Terminal"}, Rtl.TERMINAL),
        (XTERM | {"WT_SESSION": "{0}"}, Rtl.SHAPE),
        (XTERM | {"TERMUX_VERSION": "0.118.3"}, Rtl.SHAPE),
        ({"OS": "Windows_NT"}, Rtl.SHAPE),
        ({"TERM": "linux"}, Rtl.SHAPE),
        ({"TERM": "st-256color"}, Rtl.SHAPE),
        ({"TERM": "dumb"}, UNKNOWN.rtl),
        ({}, UNKNOWN.rtl),
        (XTERM, UNKNOWN.rtl),
        # The inner terminal's own sign wins over what it inherited from the outer one.
        (XTERM | VTE | CODE, Rtl.SHAPE),
        ({"TERM": "alacritty"} | VTE, Rtl.SHAPE),
        ({"TERM": "xterm-kitty"} | CODE, Rtl.WORDS),
        # What tmux and screen inherited says nothing, whoever attached them.
        (XTERM | CODE | {"TMUX": "/tmp/tmux-1000/default,1,0"}, HIDDEN[0].rtl),
        ({"TERM": "screen.xterm-256color"} | CODE, HIDDEN[0].rtl),
        # Over ssh the variables are those of a machine that nobody looks at.
        (XTERM | FAR | {"TERMUX_VERSION": "0.118.3"}, UNKNOWN.rtl),
        ({"TERM": "foot"} | FAR | VTE, Rtl.SHAPE),
        (XTERM | FAR | {"LC_TERMINAL": "iTerm2"}, Rtl.SHAPE),
    ],
)
def test_a_terminal_is_known_by_its_signs(environment: dict[str, str], rtl: Rtl) -> None:
    assert terminal_of(environment).rtl is rtl
    assert rtl_at("auto", environment) is rtl


def test_every_kind_can_be_told_and_gives_its_reason() -> None:
    kinds = (*HIDDEN, *KNOWN_BY_TERM, *KNOWN)
    assert len({kind.name for kind in kinds}) == len(kinds)
    for kind in (*kinds, UNKNOWN):
        assert kind.reason.endswith(".")
        assert bool(kind.signs) is (kind is not UNKNOWN)


@pytest.mark.parametrize("choice", RTL_CHOICES[1:])
def test_a_choice_wins_over_every_sign(choice: str) -> None:
    assert rtl_at(choice, VTE) == rtl_at(choice, OLD_VTE) == choice


@pytest.mark.parametrize("choice", RTL_CHOICES)
def test_the_setting_is_read_and_shown_with_its_origin(tmp_path: Path, choice: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[display]\nrtl = "{choice}"\n', encoding="utf-8")
    settings = load_settings(environment={"MASSAR_HOME": str(tmp_path)})
    assert settings.display.rtl == choice
    assert ("display.rtl", choice, str(file)) in shown_settings(settings)


def test_the_libraries_are_loaded_only_where_text_is_shaped(tmp_path: Path) -> None:
    code = (
        "import sys; from massar_cli.rtl import Rtl, arranged; "
        "shown = arranged('\u0633\u0644\u0627\u0645', Rtl(sys.argv[1])); "
        "print(sorted({'bidi', 'arabic_reshaper', 'rich', 'wcwidth'} & set(sys.modules)))"
    )
    loaded = {
        mode: subprocess.run(
            [sys.executable, "-c", code, mode],
            capture_output=True,
            check=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        ).stdout.strip()
        for mode in Rtl
    }
    assert loaded == {
        "terminal": "[]",
        "shape": "['arabic_reshaper', 'bidi']",
        "words": "['bidi']",
        "off": "[]",
    }
