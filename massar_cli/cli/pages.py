"""Commands about the portal's pages as such: what its menu offers, and what any of them shows."""

from typing import Annotated

import typer

from massar_cli.cli.children import show_for_students
from massar_cli.cli.options import Printing, prints_records
from massar_cli.cli.run import Run


@prints_records
def pages(
    run: Run,
    printing: Printing,
) -> int:
    """List every page that the account's menu offers, and what each is about.

    Example: massar pages
    """
    from massar_cli.services.finding import menu_of
    from massar_cli.services.result import Result
    from massar_cli.views.pages import pages_view

    return show_for_students(
        run,
        printing,
        # Whoever asks wants to see what is there now; what other commands find by is kept.
        lambda session, _settings: Result(records=menu_of(session, anew=True)),
        pages_view,
    )


@prints_records
def page(
    run: Run,
    printing: Printing,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A page's label, kind or address.")],
    table: Annotated[
        int | None, typer.Option(metavar="N", help="Only the N-th table of the page, from 1.")
    ] = None,
) -> int:
    """Show any page of the portal as it is: tables, lists, notices and files.

    Example: massar page absences --json
    """
    wants_table = table is not None or printing.output.format == "csv"
    from massar_cli.services.page import get_page, get_table
    from massar_cli.views.page import page_view

    return show_for_students(
        run,
        printing,
        lambda session, _settings: (
            get_table(session, name, table) if wants_table else get_page(session, name)
        ),
        page_view,
    )
