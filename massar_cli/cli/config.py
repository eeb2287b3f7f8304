"""Commands that say where settings come from; secrets are never shown."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from massar_cli.cells import printable
from massar_cli.cli.direction import rtl_of_talk, terminal_width
from massar_cli.cli.run import Run
from massar_cli.language import translate as _

if TYPE_CHECKING:  # which the other commands here do without
    from massar_cli.settings import ShownSetting
    from massar_cli.text_lines import Paper, Piece

_INDENT = 2
config = typer.Typer(help="Say where settings come from.")


@config.callback(invoke_without_command=True)
def which(ctx: typer.Context) -> None:
    """Say where settings come from.

    Example: massar config show
    """
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())


@config.command()
def path() -> None:
    """Print the configuration file's path.

    Example: massar config path
    """
    import os

    from massar_cli.configuration import find_folders

    print(find_folders(os.environ).configuration_file)


@config.command()
def show(ctx: typer.Context) -> None:
    """Print each setting and where it came from.

    Example: massar config show
    """
    from massar_cli.settings import ShownSetting, shown_settings, told_origin

    run: Run = ctx.obj
    settings = [
        one._replace(origin=one.origin and told_origin(one.origin))
        for one in shown_settings(run.settings)
    ]
    if not run.is_demo:
        file = run.settings.folders.configuration_file
        state = _("read") if file.exists() else _("there is none")
        settings.append(ShownSetting("file", str(file), state))
    for line in _lines(settings):
        print(line)


def _lines(settings: "Sequence[ShownSetting]") -> Iterator[str]:
    """Yield a line for each setting, as far as the terminal has room for it."""
    import sys
    from dataclasses import replace

    from massar_cli.text_lines import paper_for

    is_terminal = sys.stdout.isatty()
    paper = paper_for(
        [text or "" for setting in settings for text in setting],
        rtl_of_talk(is_terminal=is_terminal),
        width=terminal_width() if is_terminal else None,
    )
    # Settings have Latin names, and are read from the left in every language.
    paper = replace(paper, is_mirrored=False)
    for setting in settings:
        yield from paper.finished(list(_pieces(setting, paper)))


def _pieces(setting: "ShownSetting", paper: "Paper") -> "Iterator[Piece]":
    """Yield a setting as one piece; where it is too long, as its parts, one below the other.

    A value is never broken, so that a path or an address can be copied.
    """
    name = printable(f"{setting.name} =")
    value = printable(setting.value)
    origin = printable(f"({setting.origin})") if setting.origin else ""

    def fits(text: str) -> bool:
        return paper.room is None or paper.width_of(text) <= paper.room

    named = f"{name} {value}"
    whole = f"{named}  {origin}" if origin else named
    if fits(whole):
        parts = [whole]
    else:
        parts = [*([named] if fits(named) else [name, value]), *filter(None, [origin])]
    first, *below = (paper.piece(part, base="L") for part in parts)
    yield first
    for piece in below:
        yield paper.indented(piece, _INDENT)
