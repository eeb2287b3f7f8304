"""Commands about the portal's pages as such: what its menu offers."""

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
