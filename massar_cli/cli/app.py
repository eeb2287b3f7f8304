"""The command line as a whole: global options, commands, and how every error ends."""

import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer
from typer.main import get_command

from massar_cli.cli.border import (
    ReaderGone,
    leave_no_core,
    leave_standard_output,
    provide_streams,
    report_errors,
    report_fault,
    standard_output,
)
from massar_cli.cli.direction import choose
from massar_cli.cli.help import translate_commands
from massar_cli.cli.options import wants_machine_format
from massar_cli.cli.run import GlobalOptions, Run
from massar_cli.cli.usage import is_unknown_command, is_usage_error, usage_problem
from massar_cli.errors import INTERRUPTED, MassarError
from massar_cli.language import translate as _
from massar_cli.language import use_language
from massar_cli.settings import language_to_begin_with
from massar_cli.terminals import RTL_CHOICES

_MODULE_OF = {
    **dict.fromkeys(("login", "logout", "forget"), "account"),
    **dict.fromkeys(("grades", "journey", "profile"), "school"),
    **dict.fromkeys(("absences", "homework", "timetable", "exams"), "school_life"),
    **dict.fromkeys(("messages", "documents", "orientation"), "school_life"),
    **dict.fromkeys(("pages", "page"), "pages"),
    "children": "children",
    **dict.fromkeys(("capture", "replay"), "capture"),
    "doctor": "doctor",
    "demo": "portal",
    "config": "config",
    "help": "help",
}
"""The module of each command, in the order of the help."""


def program(names: Iterable[str] = _MODULE_OF) -> typer.Typer:
    """Return the program with these commands; making all of them takes longer than most runs."""
    made = typer.Typer(
        name="massar",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback(invoke_without_command=True)(massar)
    for name in names:
        module = import_module(f"massar_cli.cli.{_MODULE_OF[name]}")
        command = getattr(module, "help_" if name == "help" else name)
        if isinstance(command, typer.Typer):
            made.add_typer(command, name=name)
        else:
            made.command(name)(command)
    return made


def massar(
    ctx: typer.Context,
    demo: Annotated[
        bool, typer.Option("--demo", help="Use the practice portal; nothing to set up.")
    ] = False,
    account_name: Annotated[
        str | None, typer.Option("--account", metavar="NAME", help="Account of the settings.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="The portal's base address.")
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="ar|fr|en", help="Language of messages and headings.")
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask for anything.")] = False,
    timeout: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="Most time for one page or section; 90 if not given."),
    ] = None,
    now: Annotated[
        bool, typer.Option("--now", help="Ask at once even if the last runs failed.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show each request, without codes and names.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Read Massar, the Moroccan school portal, from a terminal.

    Example: massar --demo grades
    """
    if version:
        from massar_cli import __version__

        print(f"massar {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())
        raise typer.Exit
    ctx.obj = Run(
        GlobalOptions(
            demo=demo,
            account=account_name,
            url=url,
            language=lang,
            no_input=no_input,
            quiet=quiet,
            timeout=timeout,
            now=now,
            debug=debug,
        )
    )


def run_command_line(arguments: list[str]) -> int:
    """Run one command line and return its exit code; every error ends here."""
    leave_no_core()
    provide_streams()
    _use_utf8()
    # Help and errors are told by these before the line is read; what is bad is told later.
    use_language(language_to_begin_with(_early_value(arguments, "--lang")))
    rtl = _early_value(arguments, "--rtl")
    choose(rtl if rtl in RTL_CHOICES else None, plain="--plain" in arguments)
    try:
        result = _run(arguments)
        with standard_output():  # so that what is left in its buffer fails here, if it must
            pass
    except MassarError as error:
        return _report(error, arguments)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except ReaderGone:
        return 0
    except SystemExit:  # so Typer ends where nobody reads its help any more
        leave_standard_output()
        return 0
    except Exception as error:  # noqa: BLE001  (the last border: usage errors and our own faults)
        return _report_other(error, arguments)
    return result if isinstance(result, int) else 0


def _run(arguments: list[str]) -> object:
    """Run the command that is named; all are made where it may be about another one."""
    names = _named(arguments)
    try:
        return _run_one_of(names, arguments)
    except Exception as error:  # raised again; Typer's own errors are private classes
        if len(names) == len(_MODULE_OF) or not is_unknown_command(error):
            raise
    return _run_one_of(tuple(_MODULE_OF), arguments)


def _named(arguments: list[str]) -> tuple[str, ...]:
    if "--version" in arguments:
        return ()
    is_about_all = {"-h", "--help", "help"} & set(arguments)
    first = next((one for one in arguments if one in _MODULE_OF), None)
    return tuple(_MODULE_OF) if is_about_all or first is None else (first,)


def _run_one_of(names: tuple[str, ...], arguments: list[str]) -> object:
    command = get_command(program(names))
    translate_commands(command)
    return command.main(args=arguments, prog_name="massar", standalone_mode=False)


def _use_utf8() -> None:
    """Write UTF-8 and plain line ends whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace", newline="\n")


def _early_value(arguments: list[str], option: str) -> str | None:
    """Return what an option is given, on a command line that is not read yet."""
    value = None
    for i, argument in enumerate(arguments):
        if argument == option and i + 1 < len(arguments):
            value = arguments[i + 1]
        elif argument.startswith(f"{option}="):
            value = argument.removeprefix(f"{option}=")
    return value


def _report(error: MassarError, arguments: list[str]) -> int:
    report_errors((error, *error.others), for_machines=wants_machine_format(arguments))
    return error.exit_code


def _why_unwritable() -> MassarError | None:
    """Return the error for a standard output that what is left for it cannot be written to."""
    try:
        with standard_output():  # fails again where a `print` has failed
            return None
    except MassarError as error:
        return error
    except ReaderGone:
        return None


def _report_other(error: Exception, arguments: list[str]) -> int:
    """Report wrong usage, or a fault of this program with its traceback."""
    if isinstance(error, OSError) and (unwritable := _why_unwritable()):
        return _report(unwritable, arguments)
    if is_usage_error(error):
        return _report(usage_problem(error, arguments), arguments)
    if not wants_machine_format(arguments):
        report_fault(error)
    return _report(
        MassarError(_("Unexpected fault: {name}").format(name=type(error).__name__)), arguments
    )
