"""The command that serves the practice portal."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from massar_cli.cli.run import Run
from massar_cli.errors import UsageProblem
from massar_cli.language import translate
from massar_cli.language import translate as _
from massar_cli.system_errors import reason_of

if TYPE_CHECKING:  # loads the practice portal, which most commands do without
    from massar_cli.practice.portal import PracticePortal
    from massar_cli.practice.server import PracticeServer


class Edition(StrEnum):
    """Which years' sign-in and column order the practice portal imitates."""

    OF_2018 = "2018"
    OF_2025 = "2025"


class PageLanguage(StrEnum):
    """The language of the practice portal's pages."""

    ARABIC = "ar"
    FRENCH = "fr"


def demo(
    ctx: typer.Context,
    port: Annotated[
        int,
        typer.Option(metavar="PORT", min=0, max=65535, help="Port; 0 takes a free one."),
    ] = 0,
    edition: Annotated[
        Edition, typer.Option(help="Edition of the portal's pages.")
    ] = Edition.OF_2018,
    language: Annotated[
        PageLanguage, typer.Option(help="Language of its pages.")
    ] = PageLanguage.ARABIC,
    faults: Annotated[
        list[str] | None,
        typer.Option(
            "--fault",
            metavar="NAME[@AFTER][xTIMES][:CODE]",
            help=(
                "Play a fault, after so many answers, so many times, on one student's pages "
                "alone; may be given again."
            ),
        ),
    ] = None,
    list_faults: Annotated[
        bool, typer.Option("--list-faults", help="Print the faults' names and stop.")
    ] = False,
    list_accounts: Annotated[
        bool,
        typer.Option(
            "--list-accounts", help="Print the accounts with their passwords and uses, and stop."
        ),
    ] = False,
    certificate: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Serve https with this certificate and key (PEM)."),
    ] = None,
) -> None:
    """Serve the practice portal on this machine until Ctrl-C.

    Example: massar demo --port 8000
    """
    if list_faults or list_accounts:
        run: Run = ctx.obj
        run.heed_the_reader()
        (_print_faults if list_faults else _print_accounts)()
        return
    from massar_cli.practice.portal import PracticePortal
    from massar_cli.practice.students import DEMO

    try:
        portal = PracticePortal(edition=edition.value, language=language.value, faults=faults or ())
    except ValueError as error:
        raise _bad_fault(error) from error
    server = _bind(portal, port, certificate)
    # Never translated: scripts read these lines.
    print(f"URL: {server.url}\nCode: {DEMO.code}\nPassword: {DEMO.password}", flush=True)
    server.serve_forever()


def _print_faults() -> None:
    from massar_cli.practice.faults import FAULTS

    told = _("{label}: {value}")
    _print_list(
        [
            (
                name,
                told.format(label=translate(fault.place.value), value=translate(fault.explanation)),
            )
            for name, fault in FAULTS.items()
        ]
    )


def _print_accounts() -> None:
    from massar_cli.practice.students import STUDENTS

    width = max(len(student.password) for student in STUDENTS)
    _print_list(
        [
            (f"{student.code}  {student.password:{width}}", translate(student.purpose))
            for student in STUDENTS
        ]
    )


def _print_list(rows: Sequence[tuple[str, str]]) -> None:
    """Print names and what they mean: laid out at a terminal, one line each elsewhere."""
    if sys.stdout.isatty():
        from massar_cli.cli.help_layout import HelpFormatter

        layout = HelpFormatter()
        layout.write_dl(rows)
        print(layout.getvalue(), end="")
        return
    width = max(len(name) for name, _text in rows)
    for name, text in rows:
        print(f"{name:{width}}  {text}")


def _bad_fault(error: ValueError) -> UsageProblem:
    return UsageProblem(
        _("The fault cannot be played: {reason}.").format(reason=error),
        hint=_("See them all: massar demo --list-faults"),
    )


def _bind(portal: "PracticePortal", port: int, certificate: Path | None) -> "PracticeServer":
    from massar_cli.practice.server import PracticeServer, context_of

    try:
        context = context_of(certificate) if certificate else None
    except OSError as error:
        raise UsageProblem(
            _("The certificate {file} cannot be used: {reason}.").format(
                file=certificate, reason=reason_of(error)
            ),
            hint=_("Give a PEM file that holds the certificate's chain and its key."),
        ) from error
    try:
        return PracticeServer(portal, port, context)
    except OSError as error:
        raise UsageProblem(
            _("Port {port} cannot be used: {reason}.").format(port=port, reason=reason_of(error)),
            hint=_("Give another --port, or 0 for a free one."),
        ) from error
