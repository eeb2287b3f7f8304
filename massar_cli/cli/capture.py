"""Commands for bug reports: a page saved with nothing personal in it, and read again."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from massar_cli.cells import printable
from massar_cli.cli.children import read_one
from massar_cli.cli.options import ChildOption, Output, prints_output
from massar_cli.cli.run import Run
from massar_cli.errors import UsageProblem
from massar_cli.language import plural
from massar_cli.language import translate as _
from massar_cli.system_errors import reason_of

if TYPE_CHECKING:
    from massar_cli.services.capture import Capture, Source

_STANDARD_INPUT = "-"
_ENDINGS = frozenset((".html", ".htm", ".xhtml"))
_MOST_LINES = 300


def capture(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A page's kind, label or address; or a saved .html file, - for standard input.",
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="DIR", help="Where to make the folder.")
    ] = ".",
    yes: Annotated[bool, typer.Option("--yes", help="Save without asking.")] = False,
    child: ChildOption = None,
) -> None:
    """Save a page for a bug report, with every name, number and code replaced.

    Example: massar capture absences
    """
    run: Run = ctx.obj
    run.heed_the_reader()
    is_input = name == _STANDARD_INPUT
    if not yes and (is_input or not run.can_ask):
        raise UsageProblem(
            _("Nobody can be asked whether the page may be saved."),
            hint=_("Add --yes, and look at the folder before you send it."),
        )
    from massar_cli.services.capture import make_capture, save_capture

    made = make_capture(_source(run, name, child), run.now.date())
    _show(run, made)
    if not yes and not run.agrees(_("Save this? [y/N] ")):
        run.say(_("Nothing was saved."))
        return
    folder = save_capture(made, Path(output).expanduser())
    run.say(_("Saved. Look at page.html once more before you send the folder to anybody."))
    print(folder)


def _source(run: Run, name: str, child: str | None) -> "Source":
    from massar_cli.services.capture import LARGEST, fetch_source, source_of_file

    path = Path(name)
    is_saved = name == _STANDARD_INPUT or path.suffix.lower() in _ENDINGS
    if is_saved and child is not None:
        raise UsageProblem(_("--child is for pages of the portal, not for a saved page."))
    if name == _STANDARD_INPUT:
        return source_of_file(sys.stdin.buffer.read(LARGEST + 1))
    if is_saved:
        try:
            with path.expanduser().open("rb") as stream:
                return source_of_file(stream.read(LARGEST + 1))
        except OSError as error:
            raise UsageProblem(
                _("{file} cannot be read: {reason}.").format(file=name, reason=reason_of(error))
            ) from error
    settings = run.settings
    return read_one(
        run,
        settings,
        child,
        lambda session, _child: fetch_source(session, name, run.now.date(), settings.pages),
    )


def _show(run: Run, made: "Capture") -> None:
    """Show what would be saved."""
    from massar_cli.services.capture import shown_lines

    lines = shown_lines(made)
    run.say(_("This is all that the saved page would tell:"))
    for line in lines[:_MOST_LINES]:
        run.say(f"  {printable(line)}")
    if len(lines) > _MOST_LINES:
        more = plural("and {count} line more", "and {count} lines more", len(lines) - _MOST_LINES)
        run.say(f"  {more}")
    run.say(
        _("Page: {kind}; address: {address}; program: massar {version}").format(
            kind=made.kind, address=made.address or "-", version=made.program
        )
    )


@prints_output
def replay(
    run: Run,
    output: Output,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="What massar capture wrote.")],
    table: Annotated[
        int | None, typer.Option(metavar="N", help="Only the N-th table of the page, from 1.")
    ] = None,
) -> None:
    """Read a captured page as if the portal had sent it; the portal is not asked.

    Example: massar replay capture-absences-2027-03-15
    """
    from massar_cli.portal.pages.content import ContentPage
    from massar_cli.school_calendar import school_year_of
    from massar_cli.services.capture import load_capture, open_page
    from massar_cli.services.finding import kind_name
    from massar_cli.services.page import only_table
    from massar_cli.views.capture import capture_view

    run.heed_the_reader()
    made = load_capture(Path(folder).expanduser())
    page = open_page(made)
    record = page.read()
    is_content = isinstance(page, ContentPage)
    if table is not None and not is_content:
        raise UsageProblem(
            _("--table is for a page that is shown as it is; this one is read as {kind}.").format(
                kind=kind_name(made.kind)
            ),
            hint=_("Give no --table."),
        )
    if is_content and (table is not None or output.format == "csv"):
        record = only_table(record, table)
    period = made.period or (school_year_of(made.captured_on), 1)
    view = capture_view(made.kind, record, period, is_content=is_content)
    run.print_records(view, output, source="capture")
