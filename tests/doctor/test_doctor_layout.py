"""The doctor's list on terminals of every width, in every language and mode."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from wcwidth import wcswidth

from massar_cli.checks.checklist import CRON, Check, Status
from massar_cli.checks.titles import title_of
from massar_cli.cli.checklist_lines import Lines
from massar_cli.cli.rtl_samples import sample_lines
from massar_cli.language import LANGUAGES, active_language, use_language
from massar_cli.language import translate as _
from massar_cli.rtl import Rtl
from tests.cli.test_cli_layout import WIDTHS, letters_of, words_of
from tests.conftest import Done
from tests.formats.screens import read, without_marks

Run = Callable[..., Done]
PATH = "/data/data/com.termux/files/home/.local/state/massar/account-0123456789abcdef.json"
CHECKS = (
    Check(check="version", status=Status.OK, message="massar 0.1.0, Python 3.11.7, Linux, httpx"),
    Check(check="page-exams", status=Status.SKIPPED, message="as known"),
    Check(check="failed_sign_ins_per_day", status=Status.OK, message=f"5 {'(as set here) ' * 9}"),
    Check(check="state", status=Status.WARNING, message=f"{PATH}: disk full", hint="Make room."),
    Check(
        check="refused-password",
        status=Status.FAILED,
        message="كلمة المرور مرفوضة، ولم تُسأل البوابة عن أي شيء آخر",
        hint="Type the password in a browser first, and then run massar login here once more.",
        exit_code=7,
    ),
    Check(check="run", status=Status.OK, message="ran, and found what follows", where=CRON),
)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    before = active_language()
    yield
    use_language(before)


@pytest.mark.parametrize("rtl", Rtl)
@pytest.mark.parametrize("width", [30, *WIDTHS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_checklist_fits_breaks_no_word_and_loses_none(
    language: str, width: int, rtl: Rtl
) -> None:
    use_language(language)
    lines = Lines(width=width, colour=False, rtl=rtl)
    for check in CHECKS:
        printed = [without_marks(line) for line in lines.of(check)]
        wide = [
            line for line in printed if wcswidth(line) > width and line.strip().strip(":") != PATH
        ]
        assert wide == []
        assert printed == [line.rstrip() for line in printed]
        texts = [title_of(check.check), check.message, check.hint or ""]
        if rtl.is_visual:
            texts = [unicodedata.normalize("NFKC", text) for text in texts]
            if rtl is Rtl.SHAPE:
                printed = list(map(read, printed))
            else:
                texts = [re.sub("[\u064b-\u0652]", "", text) for text in texts]
            assert letters_of(texts) - letters_of(printed) == Counter()
        else:
            assert words_of(texts) - words_of(printed) == Counter()


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_narrow_terminal_a_check_is_a_block(language: str) -> None:
    use_language(language)
    lines = Lines(width=40, colour=False, rtl=Rtl.OFF)
    head, *below = lines.of(CHECKS[4])
    assert title_of("refused-password") in head
    assert {len(line) - len(line.lstrip()) for line in below} == {2}
    assert " ".join(line.strip() for line in below) == " ".join(
        (CHECKS[4].message, _("Next step: {hint}").format(hint=CHECKS[4].hint))
    )


def test_beside_the_titles_a_long_path_alone_stands_below() -> None:
    lines = Lines(width=80, colour=False, rtl=Rtl.OFF)
    version, *_more = lines.of(CHECKS[0])
    assert "massar 0.1.0" in version
    _head, path, rest, hint = lines.of(CHECKS[3])
    assert (path, rest, hint) == (f"{PATH}:", "  disk full", "  Next step: Make room.")


def test_without_a_terminal_a_check_is_a_line_whatever_the_environment_says(
    process: Run,
) -> None:
    wide, narrow = (process("--demo", "doctor", COLUMNS=columns).out for columns in ("200", "20"))
    assert len(wide.splitlines()) == len(narrow.splitlines())
    assert [line.split()[0] for line in wide.splitlines()] == [
        line.split()[0] for line in narrow.splitlines()
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_each_mode_shows_the_same_sample_in_the_same_form(width: int) -> None:
    lines = list(sample_lines(width=width))
    assert max(wcswidth(without_marks(line)) for line in lines) <= width
    starts = [lines.index(f"--rtl {mode}") for mode in Rtl]
    counts = {end - start for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)}
    assert len(counts) == 1
