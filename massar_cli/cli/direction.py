"""What this run does with right-to-left text: the option, else the setting, else the terminal's."""

import os

from massar_cli.cli.display import display
from massar_cli.language import active_language
from massar_cli.rtl import Base, Rtl, arranged, base_of, has_rtl
from massar_cli.terminals import AUTO, rtl_at


class _Chosen:
    """What the command line says, once it has been read."""

    option: str | None = None
    plain = False


def choose(option: str | None, *, plain: bool) -> None:
    """Take what the command line says."""
    _Chosen.option, _Chosen.plain = option, plain


def rtl_of_records(*, is_terminal: bool) -> Rtl:
    """Return what tables do.

    A choice on the command line counts wherever they go. The setting is about the terminal, so what
    goes to a file or pipe, or is to be read aloud, stays as it is.
    """
    if _Chosen.option not in (None, AUTO):
        return Rtl(str(_Chosen.option))
    return rtl_of_talk(is_terminal=is_terminal)


def rtl_of_talk(*, is_terminal: bool) -> Rtl:
    """Return what everything else does that a person is told."""
    if not is_terminal or (_Chosen.plain and _Chosen.option in (None, AUTO)):
        return Rtl.OFF
    return rtl_at(_Chosen.option or display().rtl, os.environ)


def told_lines(text: str, *, is_terminal: bool) -> list[str]:
    """Return a sentence as the lines that a person sees."""
    mode = rtl_of_talk(is_terminal=is_terminal)
    if mode is Rtl.OFF or not has_rtl(text):
        if not is_terminal or _Chosen.plain:
            return [text]
        import textwrap  # which loads little

        width = terminal_width()
        lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        return lines or [text]
    from massar_cli.text_lines import paper_for

    paper = paper_for([text], mode, width=terminal_width())
    # A sentence in Arabic goes its way whatever it begins with, such as the program's name.
    base: Base = "R" if active_language() == "ar" else base_of(text)
    return list(paper.finished(paper.wrapped(text, paper.room, base=base, folds=False)))


def asked(question: str, *, is_terminal: bool) -> str:
    """Return a question as a person sees it; the answer is typed behind it."""
    text = question.rstrip()
    return arranged(text, rtl_of_talk(is_terminal=is_terminal)) + question[len(text) :]


def terminal_width() -> int:
    """Return the columns of the terminal."""
    import shutil

    return shutil.get_terminal_size().columns
