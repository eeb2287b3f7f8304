"""Commands that say where settings come from; secrets are never shown."""

import typer

from massar_cli.cells import printable
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
    run: Run = ctx.obj
    settings = run.settings
    origins = settings.origins
    source = settings.password_source
    # A command line may hold a secret, so it is not shown either.
    password = _("keyring, or asked for")
    if source:
        password = str(source.file) if source.file and not source.command else "***"
    shown = {
        "account": settings.account,
        "url": settings.url,
        "code": settings.code or "-",
        "password": password,
        "language": settings.language,
        "state": str(settings.folders.state),
        "timeout": f"{settings.pace.timeout:g}",
        "request_spacing": f"{settings.pace.spacing:g}",
        "retry_wait": f"{settings.pace.retry_wait:g}",
        "sign_ins_per_day": str(settings.sign_in_limits.accepted),
        "failed_sign_ins_per_day": str(settings.sign_in_limits.failed),
    }
    for name, value in shown.items():
        origin = origins.get(name)
        print(printable(f"{name} = {value}" + (f"  ({origin})" if origin else "")))
