"""The list for people: at a terminal, in a pipe, and in three languages."""

import re
from pathlib import Path

import pytest

from massar_cli.practice.students import DEMO
from tests.cli.processes import surroundings
from tests.cli.terminal import Seen, Terminal, width_of
from tests.conftest import Practice
from tests.doctor.lists import NAMES, assert_safe_to_paste
from tests.failures.conftest import ACCOUNT, Faulty
from tests.formats.screens import read
from tests.session.hostile import PASSWORD, Run

WORDS = ("ok", "warning", "failed", "skipped")
SETTINGS = {"MASSAR_CODE": DEMO.code}
ARABIC_WORDS = ("سليم", "تنبيه", "فشل", "متروك")
QUESTION = "Sign in now"
ARABIC = re.compile("[\u0621-\u064a]")


def at_terminal(home: Path, practice: Practice, answer: str, *options: str, **more: str) -> Seen:
    environment = surroundings(home, MASSAR_URL=practice.url, **{**ACCOUNT, **more})
    with Terminal(*options, "doctor", environment=environment) as terminal:
        if answer:
            terminal.wait_for(QUESTION)
            terminal.press(f"{answer}\n")
        return terminal.end()


@pytest.mark.parametrize(("answer", "posted"), [("y", 1), ("oui", 1), ("n", 0), (" ", 0)])
def test_a_person_is_asked_before_anything_is_sent(
    faulty: Faulty, home: Path, answer: str, posted: int
) -> None:
    practice = faulty()
    seen = at_terminal(home, practice, answer)
    assert seen.code == 0
    assert practice.passwords_posted() == posted
    assert ("signed in with the password" in seen.text) == bool(posted)
    assert ("not tried, as you wished" in seen.text) == (not posted)
    assert "No step failed." in seen.text
    assert_safe_to_paste(seen.text)


def test_nobody_is_asked_with_no_input_or_after_a_failure(faulty: Faulty, home: Path) -> None:
    practice = faulty()
    quiet = at_terminal(home, practice, "", "--no-input")
    assert (quiet.code, QUESTION in quiet.text) == (0, False)
    failing = at_terminal(home, faulty("blocked"), "")
    assert (failing.code, QUESTION in failing.text) == (4, False)
    assert practice.passwords_posted() == 0


def test_a_password_is_asked_for_without_naming_the_code(faulty: Faulty, home: Path) -> None:
    practice = faulty()
    environment = surroundings(home, MASSAR_URL=practice.url, MASSAR_CODE=DEMO.code)
    with Terminal("doctor", environment=environment) as terminal:
        terminal.wait_for(QUESTION)
        terminal.press("y\n")
        terminal.wait_for("Password: ")
        terminal.press(f"{PASSWORD}\n")
        seen = terminal.end()
    assert seen.code == 0
    assert practice.passwords_posted() == 1
    assert_safe_to_paste(seen.text)


def test_nothing_is_wider_than_the_terminal_and_hints_stand_below(
    faulty: Faulty, home: Path
) -> None:
    seen = at_terminal(home, faulty("blocked"), "", "-q")
    lines = [line for line in seen.lines if "~" not in line and str(home) not in line]
    assert max(map(width_of, lines)) <= 80
    (failed,) = (number for number, line in enumerate(lines) if line.startswith("failed "))
    below = lines[failed + 1 :]
    column = lines[failed].index("The portal refuses")
    hint = next(line for line in below if "Next step: " in line)
    assert hint.index("Next step: ") == column
    assert {line.split()[0] for line in lines if line[:1].strip()} <= set(WORDS)


def test_colours_are_for_a_terminal_alone_and_never_the_only_sign(
    faulty: Faulty, home: Path, process: Run
) -> None:
    practice = faulty("blocked")
    assert "\x1b[31mfailed\x1b[0m" in at_terminal(home, practice, "").text
    plain = at_terminal(home, practice, "", NO_COLOR="1").text
    assert "\x1b[3" not in plain
    assert "failed" in plain
    assert "\x1b" not in process("doctor", MASSAR_URL=practice.url, **ACCOUNT).out


def test_the_terminals_abilities_are_told_with_a_sample_of_each_mode(
    faulty: Faulty, home: Path
) -> None:
    (home / "config.toml").write_text('[display]\nrtl = "shape"\n', encoding="utf-8")
    seen = at_terminal(home, faulty("blocked"), "", LANG="C.UTF-8", VTE_VERSION="7006")
    text = " ".join(seen.text.split())
    assert "80 columns, colours, UTF-8, TERM=xterm, GNOME Terminal" in text
    assert "Arabic as with --rtl shape" in text
    samples = dict(zip(*[iter(seen.lines[-9:-1])] * 2, strict=True))
    assert "\u200e\u202bالرياضيات (2)\u202c\u200e │" in samples["--rtl terminal"]
    assert samples["--rtl shape"].endswith(f"15,50  ﺏﺎﻴﻏ  (2) {'ﺍﻟﺮﻳﺎﺿﻴﺎﺕ'[::-1]}")
    assert samples["--rtl words"].endswith("15,50  غياب  (2) الرياضيات")
    assert samples["--rtl off"].startswith("الرياضيات (2)  غياب  15,50")


def test_the_list_in_arabic_is_mirrored_where_it_is_shaped(faulty: Faulty, home: Path) -> None:
    (home / "config.toml").write_text('[display]\nrtl = "shape"\n', encoding="utf-8")
    seen = at_terminal(home, faulty("blocked"), "", "-q", "--lang", "ar")
    lines = [line for line in seen.lines if str(home) not in line]
    assert not ARABIC.search("".join(lines))  # no letter without its shape
    words = [read(line.rsplit("  ", 1)[-1].strip()) for line in lines]
    firsts = [line for line, word in zip(lines, words, strict=True) if word in ARABIC_WORDS]
    assert {width_of(line) for line in firsts} == {80}
    assert {"سليم", "متروك"} <= set(words)


def test_a_pipe_gets_one_line_a_step_and_one_a_hint(faulty: Faulty, process: Run) -> None:
    done = process("doctor", MASSAR_URL=faulty("blocked").url, **ACCOUNT)
    lines = done.out.splitlines()
    assert done.code == 4
    steps = [line for line in lines if line[0] != " "]
    assert [line.split()[0] in WORDS for line in steps] == [True] * len(NAMES)
    hints = [line for line in lines if line[0] == " "]
    assert [line.strip().startswith("Next step: ") for line in hints] == [True]
    assert "portal (exit code 4)" in done.err
    assert process("-q", "doctor", MASSAR_URL=faulty("blocked").url, **ACCOUNT).err == ""
