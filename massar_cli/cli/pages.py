"""Commands about the portal's pages as such: what its menu offers, and what any of them shows."""

from typing import Annotated

import typer

from massar_cli.cli.options import ExcelOption, FormatOption, JsonOption, Output, OutputOption
from massar_cli.cli.run import Run


def pages(
    ctx: typer.Context,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    excel: ExcelOption = False,
) -> None:
    """List every page that the account's menu offers, and what each is about.

    Example: massar pages
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel)
    from massar_cli.services.finding import menu_of
    from massar_cli.views.pages import pages_view

    with run.open_session() as session:
        # Whoever asks wants to see what is there now; what other commands find by is kept.
        menu = menu_of(session, anew=True)
        student = session.student
    run.print_records(pages_view(menu, student), target)


def page(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A page's label, kind or address.")],
    table: Annotated[
        int | None, typer.Option(metavar="N", help="Only the N-th table of the page, from 1.")
    ] = None,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    excel: ExcelOption = False,
) -> None:
    """Show any page of the portal as it is: tables, lists, notices and files.

    Example: massar page absences --json
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel)
    from massar_cli.services.page import get_page, only_table
    from massar_cli.views.page import page_view

    with run.open_session() as session:
        result = get_page(session, name)
        student = session.student
    content = result.records[0]
    if table is not None or target.format == "csv":
        content = only_table(content, table)
    run.tell(result.notes)
    run.print_records(page_view(content, student), target)
