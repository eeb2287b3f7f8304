"""The help of every command in the reader's language.

The texts are where Typer wants them: docstrings and `help=`. They are written in English there,
collected for the catalogues by `locale/extract_help.py`, and translated before a command runs.
"""

import inspect
from typing import Annotated, Any

import typer

from massar_cli.language import translate
from massar_cli.language import translate as _

EXAMPLE = "Example: "


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
    """Translate the help of a command, its options and all commands below it; lay it out here."""
    command.context_class = _Context
    command.help = translated_help(command.help or "")
    # Without one of its own, the list of commands would cut each text short.
    command.short_help = command.help.partition("\n\n")[0]
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = translate(parameter.help)
    for one in getattr(command, "commands", {}).values():
        translate_commands(one)


class _Context(typer.Context):
    def make_formatter(self) -> Any:
        from massar_cli.cli.help_layout import HelpFormatter

        return HelpFormatter()


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
