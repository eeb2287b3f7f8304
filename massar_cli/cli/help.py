"""The help of every command in the reader's language.

The texts are where Typer wants them: docstrings and `help=`. They are written in English there,
collected for the catalogues by `locale/extract_help.py`, and translated before a command runs.
"""

import inspect
import re
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from massar_cli.language import mark, translate
from massar_cli.language import translate as _

EXAMPLE = "Example: "
_OF_TYPER = {
    "Arguments": mark("Arguments"),
    "Options": mark("Options"),
    "Commands": mark("Commands"),
    "Show this message and exit.": mark("Show this message and exit."),
}
_EXTRA = re.compile(r"  \[(?:default: (?P<default>.*?)(?:; .*)?|(?P<required>required))\]$")


def paragraphs(docstring: str) -> list[str]:
    r"""Return the paragraphs of a command's help, each one line.

    >>> paragraphs("Show marks\n    of a year.\n\n    Example: massar grades")
    ['Show marks of a year.', 'Example: massar grades']
    """
    text = inspect.cleandoc(docstring)
    return [" ".join(one.split()) for one in text.split("\n\n") if one.strip()]


def translated_help(docstring: str) -> str:
    """Return a command's help in the active language; its example stays as it is typed."""
    return "\n\n".join(
        _("Example: {command}").format(command=one.removeprefix(EXAMPLE))
        if one.startswith(EXAMPLE)
        else translate(one)
        for one in paragraphs(docstring)
    )


def translate_commands(command: Any) -> None:
    """Translate the help of a command, of its options and of all commands below it."""
    command.context_class = _Context
    command.help = translated_help(command.help or "")
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = translate(parameter.help)
    for one in getattr(command, "commands", {}).values():
        translate_commands(one)


# Typer keeps its own copy of Click, whose names are private.
_TyperFormatter: Any = typer.Context.formatter_class


class _Formatter(_TyperFormatter):  # type: ignore[misc]
    """Lays help out as Typer does, with what Typer itself says translated too."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or _("Usage: "))

    def write_heading(self, heading: str) -> None:
        told = _("{heading}:").format(heading=translate(_OF_TYPER.get(heading, heading)))
        self.write(f"{'':>{self.current_indent}}{told}\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], *more: Any, **named: Any) -> None:
        super().write_dl([(name, _translated_row(text)) for name, text in rows], *more, **named)


class _Context(typer.Context):
    formatter_class = _Formatter


def _translated_row(text: str) -> str:
    """Return an option's help with Typer's own words about it translated."""
    if text in _OF_TYPER:
        return translate(_OF_TYPER[text])
    match = _EXTRA.search(text)
    if match is None:
        return text
    extra = (
        _("[required]")
        if match["required"]
        else _("[default: {value}]").format(value=match["default"])
    )
    return f"{text[: match.start()]}  {extra}"


def help_(
    ctx: typer.Context,
    command: Annotated[
        list[str] | None, typer.Argument(metavar="[COMMAND]", help="The command to explain.")
    ] = None,
) -> None:
    """Show the help of the program, or of a command.

    Example: massar help grades
    """
    root = ctx.find_root()
    root.command.main(
        args=[*(command or ()), "--help"], prog_name=root.info_name, standalone_mode=False
    )
