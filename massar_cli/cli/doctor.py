"""The command that says, step by step, what works and what does not."""

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

import typer

from massar_cli.cli.border import say_on_standard_error, standard_output
from massar_cli.cli.direction import rtl_of_talk, terminal_width
from massar_cli.cli.run import Run, wants_colour
from massar_cli.formats import Envelope, write_json
from massar_cli.language import active_language
from massar_cli.language import translate as _

if TYPE_CHECKING:  # loads the session, which most commands do without
    from massar_cli.checks.checklist import Check, Checklist
    from massar_cli.cli.checklist_lines import Lines

# The most that the run under cron may take: so many pages, a password command, and the rest.
_PAGES = 20
_OWN_SECONDS = 120.0


def doctor(
    ctx: typer.Context,
    cron: Annotated[
        bool, typer.Option("--cron", help="Do it all once more as cron would, without this shell.")
    ] = False,
    sign_in: Annotated[
        bool, typer.Option("--sign-in", help="Sign in without asking first, to try the pages.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
    as_cron: Annotated[str | None, typer.Option(hidden=True)] = None,
) -> int:
    """Say step by step what works and what does not; safe to paste into a bug report.

    Example: massar doctor
    """
    from massar_cli.checks.checklist import Checklist
    from massar_cli.checks.privacy import Veil
    from massar_cli.cli.examination import Examination

    run: Run = ctx.obj
    veil = Veil()
    report = (lambda _check: None) if as_json else _Printer()
    checklist = Checklist(report, veil, lambda error: _tell_fault(run, error))
    examination = Examination(run, checklist, veil, signs_in=sign_in, as_cron=as_cron)
    examination.go()
    if cron:
        most_seconds = _PAGES * examination.pace.timeout + _OWN_SECONDS
        _look_as_cron(checklist, _arguments_as_cron(run, signs_in=sign_in), most_seconds)
    if as_json:
        _print_json(run, checklist.checks)
    elif sys.stdout.isatty() and not run.options.quiet:
        _print_samples()
    return _tell_end(run, checklist, for_machines=as_json)


class _Printer:
    """Prints each line as soon as it is known: a step may take long."""

    @cached_property
    def _lines(self) -> "Lines":
        # When the first line comes: before that, the reader's language is not known.
        from massar_cli.cli.checklist_lines import Lines

        is_terminal = sys.stdout.isatty()
        return Lines(
            width=terminal_width() if is_terminal else None,
            colour=is_terminal and wants_colour(),
            rtl=rtl_of_talk(is_terminal=is_terminal),
        )

    def __call__(self, check: "Check") -> None:
        with standard_output() as stream:
            stream.write("".join(f"{line}\n" for line in self._lines.of(check)).encode())


def _print_samples() -> None:
    from massar_cli.cli.rtl_samples import sample_lines

    with standard_output() as stream:
        lines = sample_lines(width=terminal_width())
        stream.write("".join(f"{line}\n" for line in lines).encode())


def _tell_fault(run: Run, error: Exception) -> None:
    """Show where a step went wrong, with --debug; the error's own text may hold anything."""
    if run.options.debug:
        import traceback

        for entry in traceback.format_tb(error.__traceback__):
            say_on_standard_error(entry.rstrip())


def _look_as_cron(checklist: "Checklist", arguments: list[str], most_seconds: float) -> None:
    """Add what a run with cron's environment finds, and what it lacks of this one."""
    from massar_cli.checks import cron
    from massar_cli.checks.checklist import CRON, Finding, ok

    here, found = tuple(checklist.checks), []
    shell, crontab = dict(os.environ), cron.crontab_variables()
    crons = cron.crons_environment(shell, crontab)

    def run_it() -> Finding:
        found.extend(cron.run_under_cron(arguments, crons, most_seconds))
        return ok(_("ran, and found what follows"))

    checklist.where = CRON
    checklist.run("variables", lambda: cron.find_variables(shell, crontab))
    checklist.run("home", lambda: cron.find_home(crons, crontab))
    checklist.run("command", lambda: cron.find_command(sys.argv[0], crons))
    checklist.run("run", run_it)
    checklist.extend(cron.compared(here, found))


def _arguments_as_cron(run: Run, *, signs_in: bool) -> list[str]:
    """Return the arguments of the same examination for cron, who is never asked for anything."""
    options = run.options
    given = {
        "--account": options.account,
        "--url": options.url,
        "--lang": options.language,
        "--timeout": None if options.timeout is None else str(options.timeout),
    }
    flags = {"--demo": options.demo, "--now": options.now}
    return [
        *(part for name, value in given.items() if value is not None for part in (name, value)),
        *(name for name, is_given in flags.items() if is_given),
        *("--no-input", "doctor", "--json", "--as-cron", active_language()),
        *(["--sign-in"] if signs_in else []),
    ]


def _print_json(run: Run, checks: "Sequence[Check]") -> None:
    from massar_cli.cli.checklist_lines import doctor_view

    envelope = Envelope(
        fetched_at=_now(run),
        source="demo" if run.is_demo else "portal",
    )
    with standard_output() as stream:
        write_json(doctor_view(checks), stream, envelope)


def _now(run: Run) -> datetime:
    """Return the time in Casablanca; this machine's where that zone is what fails."""
    from zoneinfo import ZoneInfoNotFoundError

    try:
        return run.now
    except ZoneInfoNotFoundError:
        return datetime.now().astimezone()


def _tell_end(run: Run, checklist: "Checklist", *, for_machines: bool) -> int:
    """Return the exit code, and tell a person what it stands for."""
    from massar_cli.checks.titles import title_of

    first = checklist.first_failed
    if for_machines:
        return first.exit_code if first else 0
    if first is None:
        run.say(_("No step failed."))
        return 0
    run.say(
        _("The first that failed: {check} (exit code {code}).").format(
            check=title_of(first.check), code=first.exit_code
        )
    )
    return first.exit_code
