"""Commands that say where settings come from; secrets are never shown."""

import sys

import typer

from massar_cli.cells import printable
from massar_cli.cli.direction import setting_lines
from massar_cli.cli.run import Run
from massar_cli.language import translate as _

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

    from massar_cli.settings import find_folders

    print(find_folders(os.environ).configuration_file)


@config.command()
def show(ctx: typer.Context) -> None:
    """Print each setting and where it came from.

    Example: massar config show
    """
    from massar_cli.settings import shown_settings

    run: Run = ctx.obj
    for name, value, origin in shown_settings(run.settings):
        _print_setting(f"{name} = {value}" + (f"  ({origin})" if origin else ""))
    if not run.is_demo:
        file = run.settings.folders.configuration_file
        state = _("read") if file.exists() else _("there is none")
        _print_setting(f"file = {file}  ({state})")


def _print_setting(line: str) -> None:
    print(*setting_lines(printable(line), is_terminal=sys.stdout.isatty()), sep="\n")
