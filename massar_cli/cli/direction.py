"""What this run does with right-to-left text: the option, else the setting, else the terminal's."""

import os

from massar_cli.cli.display import display
from massar_cli.language import active_language
from massar_cli.rtl import Rtl, arranged
from massar_cli.rtl_letters import Base, has_rtl
from massar_cli.terminals import AUTO, rtl_at

_ANSWER = "> "


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


def base_of_talk() -> Base | None:
    """Return the direction of what a person is told, None where it is that of each text.

    In Arabic a sentence goes its way whatever it begins with, such as a path or the program's name.
    """
    return "R" if active_language() == "ar" else None


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
    pieces = paper.wrapped(text, paper.room, base=base_of_talk(), folds=False)
    return list(paper.finished(pieces))


def asked(question: str, *, is_terminal: bool) -> str:
    """Return a question as a person sees it; the answer is typed behind it.

    What is typed goes from left to right in every terminal. One that prints what comes would show
    it at the beginning of a shaped question, so there it gets a line of its own.
    """
    mode = rtl_of_talk(is_terminal=is_terminal)
    if mode is Rtl.OFF or not has_rtl(question):
        return question
    text = question.rstrip()
    lines = told_lines(text, is_terminal=is_terminal)
    if mode.is_visual:
        return "\n".join([*lines, _ANSWER])
    return "\n".join(lines) + question[len(text) :]


def on_one_line(text: str) -> str:
    """Return a text of one line at the terminal, such as what stands before a bar."""
    return arranged(text, rtl_of_talk(is_terminal=True))


def terminal_width() -> int:
    """Return the columns of the terminal."""
    import shutil

    return shutil.get_terminal_size().columns
