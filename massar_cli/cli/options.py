"""Options that several commands share, and what they come to together."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from massar_cli.cli.direction import choose
from massar_cli.errors import UsageProblem
from massar_cli.files import why_unwritable
from massar_cli.formats import FORMAT_OF_ENDING, FORMATS, MACHINE_FORMATS
from massar_cli.language import translate as _
from massar_cli.terminals import RTL_CHOICES

FormatName = StrEnum("FormatName", list(FORMATS))  # type: ignore[misc]
RtlChoice = StrEnum("RtlChoice", list(RTL_CHOICES))  # type: ignore[misc]
STANDARD_OUTPUT = "-"
_FOREIGN_ENDINGS = frozenset({".xlsx", ".xls", ".ods", ".pdf", ".html", ".docx"})

FormatOption = Annotated[
    FormatName | None, typer.Option("--format", "-f", help="How to print the records.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE, whole or not at all; its ending sets the format.",
    ),
]
IfChangedOption = Annotated[
    bool,
    typer.Option("--if-changed", help="Leave FILE and its time alone where it holds the same."),
]
ExcelOption = Annotated[
    bool, typer.Option("--excel", help="CSV as spreadsheets in Morocco open it: ; and a comma.")
]
RtlOption = Annotated[
    RtlChoice | None,
    typer.Option(
        "--rtl", help="How tables print Arabic: as this terminal needs it, or in one way."
    ),
]
PlainOption = Annotated[
    bool, typer.Option("--plain", help="A list, one value a line, in place of tables.")
]

ChildOption = Annotated[
    str | None,
    typer.Option(metavar="CODE-or-NAME", help="Only this child of a parent's account."),
]
AllChildrenOption = Annotated[
    bool, typer.Option("--all-children", help="Every child of every account of the settings.")
]


class Whom:
    """Which children a command is about; raises UsageProblem before anything is asked for."""

    def __init__(self, child: str | None, *, all_children: bool) -> None:
        if child is not None and all_children:
            raise UsageProblem(_("--child and --all-children cannot be used together."))
        self.child = child
        self.is_everyone = all_children

    @property
    def is_told(self) -> bool:
        """Whether children were asked for, so that every record has to say whose it is."""
        return self.is_everyone or self.child is not None


class Output:
    """Where records go and in which format; raises UsageProblem before anything is asked for."""

    def __init__(
        self,
        name: FormatName | None,
        *,
        as_json: bool,
        file: str | None,
        excel: bool,
        if_changed: bool = False,
        rtl: RtlChoice | None = None,
        plain: bool = False,
    ) -> None:
        if as_json and name not in (None, "json"):
            raise UsageProblem(
                _("--json and --format {name} cannot be used together.").format(name=name)
            )
        ending = FORMAT_OF_ENDING.get(Path(file).suffix.lower()) if file else None
        if name is None and not as_json and not excel and file:
            _refuse_foreign_ending(file)
        chosen = (
            "json" if as_json else str(name) if name else ending or ("csv" if excel else "table")
        )
        if excel and chosen != "csv":
            raise UsageProblem(_("--excel is for CSV only."), hint=_("Add: --format csv"))
        if chosen != "table" and (plain or rtl is not None):
            option = "--plain" if plain else "--rtl"
            raise UsageProblem(_("{option} is for tables only.").format(option=option))
        if if_changed and file in (None, STANDARD_OUTPUT):
            raise UsageProblem(
                _("--if-changed is for a file."), hint=_("Add the file to compare with: -o FILE")
            )
        self.format = chosen
        self.excel = excel
        self.if_changed = if_changed
        self.plain = plain
        choose(None if rtl is None else str(rtl), plain=plain)
        self.file: Path | None = None
        if file not in (None, STANDARD_OUTPUT):
            self.file = Path(os.path.expanduser(file or ""))  # noqa: PTH111  (never raises)
        if file is not None and self.file is not None:
            reason = why_unwritable(self.file) if file.strip() else _("it has no name")
            if reason:
                raise cannot_be_written(file, reason)

    @property
    def is_for_machines(self) -> bool:
        """Whether the format is read by programs."""
        return self.format in MACHINE_FORMATS


def cannot_be_written(file: str | Path, reason: str | None) -> UsageProblem:
    """Return the error for a file of --output, found before the run or while writing."""
    return UsageProblem(
        _("{file} cannot be written: {reason}.").format(file=file, reason=reason),
        hint=_("Choose another file or folder for --output."),
    )


def _refuse_foreign_ending(file: str) -> None:
    ending = Path(file).suffix.lower()
    if ending in _FOREIGN_ENDINGS:
        raise UsageProblem(
            _("{ending} is not a format of massar.").format(ending=ending),
            hint=_("For a spreadsheet write: -o {file} --excel").format(
                file=Path(file).with_suffix(".csv")
            ),
        )


def wants_machine_format(arguments: list[str]) -> bool:
    """Whether the arguments ask for a machine format, told before they are known to be right."""
    if "--json" in arguments:
        return True
    named = _value(arguments, "-f", "--format")
    if named is not None:
        return named in MACHINE_FORMATS
    file = _value(arguments, "-o", "--output") or ("x.csv" if "--excel" in arguments else "")
    return FORMAT_OF_ENDING.get(Path(file).suffix.lower()) in MACHINE_FORMATS


def _value(arguments: list[str], short: str, long: str) -> str | None:
    """Return the last value given to an option in any of its four forms."""
    value = None
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if argument in (short, long):
            value = following
        elif argument.startswith(f"{long}="):
            value = argument.removeprefix(f"{long}=")
        elif argument.startswith(short):
            value = argument.removeprefix(short)
    return value
