"""Commands about the portal's pages as such: what its menu offers, and what any of them shows."""

from typing import Annotated

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
    PlainOption,
    RtlOption,
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
    rtl: RtlOption = None,
    plain: PlainOption = False,
) -> int:
    """List every page that the account's menu offers, and what each is about.

    Example: massar pages
    """
    run: Run = ctx.obj
    target = Output(
        format_,
        as_json=as_json,
        file=output,
        excel=excel,
        rtl=rtl,
        plain=plain,
        if_changed=if_changed,
    )
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


def page(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A page's label, kind or address.")],
    table: Annotated[
        int | None, typer.Option(metavar="N", help="Only the N-th table of the page, from 1.")
    ] = None,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
    rtl: RtlOption = None,
    plain: PlainOption = False,
) -> int:
    """Show any page of the portal as it is: tables, lists, notices and files.

    Example: massar page absences --json
    """
    run: Run = ctx.obj
    target = Output(
        format_,
        as_json=as_json,
        file=output,
        excel=excel,
        rtl=rtl,
        plain=plain,
        if_changed=if_changed,
    )
    whom = Whom(child, all_children=all_children)
    wants_table = table is not None or target.format == "csv"
    from massar_cli.services.page import get_page, get_table
    from massar_cli.views.page import page_view

    return show_for_students(
        run,
        target,
        whom,
        lambda session, _settings: (
            get_table(session, name, table) if wants_table else get_page(session, name)
        ),
        page_view,
    )
