"""Commands about the portal's pages as such: what its menu offers."""

import typer

from massar_cli.cli.children import show_for_students
from massar_cli.cli.options import (
    AllChildrenOption,
    ChildOption,
    ExcelOption,
    FormatOption,
    IfChangedOption,
    JsonOption,
    Output,
    OutputOption,
    Whom,
)
from massar_cli.cli.run import Run


def pages(
    ctx: typer.Context,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> int:
    """List every page that the account's menu offers, and what each is about.

    Example: massar pages
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    whom = Whom(child, all_children=all_children)
    from massar_cli.services.finding import menu_of
    from massar_cli.services.result import Result
    from massar_cli.views.pages import pages_view

    return show_for_students(
        run,
        target,
        whom,
        # Whoever asks wants to see what is there now; what other commands find by is kept.
        lambda session, _settings: Result(records=menu_of(session, anew=True)),
        pages_view,
    )
