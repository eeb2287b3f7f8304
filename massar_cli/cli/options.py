"""Options that several commands share, and what they come to together.

The options are the parameters of the classes that understand them, so that a new one is declared
there and nowhere else.
"""

import inspect
import os
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import typer

from massar_cli.cli.direction import choose
from massar_cli.errors import UsageProblem
from massar_cli.files import why_unwritable
from massar_cli.formats import FORMAT_OF_ENDING, FORMATS, MACHINE_FORMATS
from massar_cli.language import translate as _
from massar_cli.reader import SUBJECT_NAMES
from massar_cli.terminals import RTL_CHOICES

if TYPE_CHECKING:
    from massar_cli.cli.run import Run  # writes to an Output itself

Own = ParamSpec("Own")
Code = TypeVar("Code")
Part = TypeVar("Part")
FormatName = StrEnum("FormatName", list(FORMATS))  # type: ignore[misc]
RtlChoice = StrEnum("RtlChoice", list(RTL_CHOICES))  # type: ignore[misc]
SubjectNames = StrEnum("SubjectNames", list(SUBJECT_NAMES))  # type: ignore[misc]
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
    bool,
    typer.Option(
        "--excel", help="CSV as spreadsheets in Morocco open it: semicolons, decimal commas."
    ),
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
SubjectNamesOption = Annotated[
    SubjectNames | None,
    typer.Option(
        "--subject-names",
        help="Subjects and levels in tables: named by the portal, or (ui) in your language.",
    ),
]
ChildOption = Annotated[
    str | None,
    typer.Option(metavar="CODE|NAME", help="Only this child of a parent's account."),
]
AllChildrenOption = Annotated[
    bool, typer.Option("--all-children", help="Every child of every account of the settings.")
]


class Whom:
    """Which children a command is about; raises UsageProblem before anything is asked for."""

    def __init__(
        self, *, child: ChildOption = None, all_children: AllChildrenOption = False
    ) -> None:
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
        *,
        format_: FormatOption = None,
        as_json: JsonOption = False,
        output: OutputOption = None,
        if_changed: IfChangedOption = False,
        excel: ExcelOption = False,
        rtl: RtlOption = None,
        plain: PlainOption = False,
    ) -> None:
        if as_json and format_ not in (None, "json"):
            raise UsageProblem(
                _("--json and --format {name} cannot be used together.").format(name=format_)
            )
        ending = FORMAT_OF_ENDING.get(Path(output).suffix.lower()) if output else None
        if format_ is None and not as_json and not excel and output:
            _refuse_foreign_ending(output)
        chosen = (
            "json"
            if as_json
            else str(format_)
            if format_
            else ending or ("csv" if excel else "table")
        )
        if excel and chosen != "csv":
            raise UsageProblem(_("--excel is for CSV only."), hint=_("Add: --format csv"))
        if chosen != "table" and (plain or rtl is not None):
            option = "--plain" if plain else "--rtl"
            raise UsageProblem(_("{option} is for tables only.").format(option=option))
        if if_changed and output in (None, STANDARD_OUTPUT):
            raise UsageProblem(
                _("--if-changed is for a file."), hint=_("Add the file to compare with: -o FILE")
            )
        self.format = chosen
        self.excel = excel
        self.if_changed = if_changed
        self.plain = plain
        self.subject_names: str | None = None
        choose(None if rtl is None else str(rtl), plain=plain)
        self.file: Path | None = None
        if output not in (None, STANDARD_OUTPUT):
            self.file = Path(os.path.expanduser(output or ""))  # noqa: PTH111  (never raises)
        if output is not None and self.file is not None:
            reason = why_unwritable(self.file) if output.strip() else _("it has no name")
            if reason:
                raise cannot_be_written(output, reason)

    @property
    def is_for_machines(self) -> bool:
        """Whether the format is read by programs."""
        return self.format in MACHINE_FORMATS


class Naming:
    """What subjects and levels are called; of commands whose tables have any."""

    def __init__(self, *, subject_names: SubjectNamesOption = None) -> None:
        self._choice = None if subject_names is None else str(subject_names)

    def name_in(self, output: Output) -> None:
        """Have an output name them so; raises UsageProblem where programs read it."""
        if self._choice is not None and output.is_for_machines:
            raise UsageProblem(_("--subject-names is for tables and Markdown only."))
        output.subject_names = self._choice


class Printing(NamedTuple):
    """What the options of a command that prints records come to."""

    output: Output
    whom: Whom


def prints_records(
    command: "Callable[Concatenate[Run, Printing, Own], Code]",
) -> Callable[..., Code]:
    """Give a command that prints records its options, after its own; it gets what they come to."""

    def call(run: "Run", given: dict[str, Any]) -> Code:
        printing = Printing(output=_taken(Output, given), whom=_taken(Whom, given))
        return command(run, printing, **given)  # type: ignore[call-arg]

    return _with_options_of((Whom, Output), command, call)


def prints_subjects(
    command: "Callable[Concatenate[Run, Printing, Own], Code]",
) -> Callable[..., Code]:
    """Give a command that prints records with subjects or levels the options for these too."""

    def call(run: "Run", given: dict[str, Any]) -> Code:
        printing = Printing(output=_taken(Output, given), whom=_taken(Whom, given))
        _taken(Naming, given).name_in(printing.output)
        return command(run, printing, **given)  # type: ignore[call-arg]

    return _with_options_of((Whom, Output, Naming), command, call)


def prints_output(
    command: "Callable[Concatenate[Run, Output, Own], Code]",
) -> Callable[..., Code]:
    """Give a command that prints, but of no child, the options of its output."""

    def call(run: "Run", given: dict[str, Any]) -> Code:
        return command(run, _taken(Output, given), **given)  # type: ignore[call-arg]

    return _with_options_of((Output,), command, call)


def _with_options_of(
    parts: tuple[type[object], ...],
    command: Callable[..., Code],
    call: "Callable[[Run, dict[str, Any]], Code]",
) -> Callable[..., Code]:
    """Return what Typer takes for a function with the options of the command and of its parts."""

    @wraps(command)
    def called(ctx: typer.Context, **given: Any) -> Code:
        return call(ctx.obj, given)

    _run, _handed, *own = inspect.signature(command).parameters.values()
    parameters = [
        inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context),
        *(one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own),
        *(one for part in parts for one in _options_of(part)),
    ]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in parameters}
    return called


def _options_of(part: type[object]) -> tuple[inspect.Parameter, ...]:
    return tuple(inspect.signature(part).parameters.values())


def _taken(part: type[Part], given: dict[str, Any]) -> Part:
    """Return a part made of its own options, which are taken out of those that were given."""
    return part(**{option.name: given.pop(option.name) for option in _options_of(part)})


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
