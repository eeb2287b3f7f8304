"""Whose records a command prints: one child's, or those of every child of every account."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import typer

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
from massar_cli.errors import PARTLY_DONE, MassarError
from massar_cli.records import Child, ListedChild, Student
from massar_cli.services.result import Result
from massar_cli.settings import Settings

if TYPE_CHECKING:  # loads the session, which most commands do without
    from massar_cli.portal.session import PortalSession
    from massar_cli.view import View

    Read = Callable[[PortalSession, Settings], Result["T"]]
    """Returns what a command prints of the student whose pages are open."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Generic[T]):
    """What was read of one student; `heading` is set for one of several."""

    student: Student | None
    heading: str | None
    result: Result[T]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers(Generic[T]):
    """What was read of every student that a command is about, and what failed beside it."""

    parts: tuple[Answer[T], ...]
    errors: tuple[MassarError, ...]

    @property
    def records(self) -> tuple[T, ...]:
        """The records of all."""
        return tuple(record for part in self.parts for record in part.result.records)


def show_for_students(
    run: Run,
    target: Output,
    whom: Whom,
    read: "Read[T]",
    view: "Callable[[tuple[T, ...], Student | None], View]",
) -> int:
    """Print what `read` returns for each student that a command is about.

    Returns the exit code: one student who fails does not stop the others. Raises the first error
    where all of them fail.
    """
    from massar_cli.views.students import StudentView, view_of_students

    if whom.is_everyone:
        answers = _of_every_account(run, lambda settings: _read_all(run, settings, read))
    else:
        answers = _read_one(run, run.settings, whom, read)
    for part in answers.parts:
        run.tell(_about(part, note) for note in part.result.notes)
    if not target.is_for_machines:
        run.advise(advice for part in answers.parts for advice in part.result.advice)
    joint = view_of_students(
        [
            StudentView(
                student=part.student,
                heading=part.heading,
                view=view(part.result.records, part.student),
                period=part.result.period,
            )
            for part in answers.parts
        ],
        with_columns=whom.is_told,
    )
    run.print_records(joint, target, answers.errors)
    return PARTLY_DONE if answers.errors else 0


def _of_every_account(run: Run, read_account: Callable[[Settings], Answers[T]]) -> Answers[T]:
    """Return what is read of each account of the settings; one that fails stops no other."""
    parts: list[Answer[T]] = []
    errors: list[MassarError] = []
    names = run.account_names()
    seen: set[tuple[str, str | None]] = set()
    for name in names:
        try:
            settings = run.settings_of(name)
            if (who := (settings.url, settings.code)) in seen:
                continue  # one account under two names
            seen.add(who)
            answers = read_account(settings)
        except MassarError as error:
            is_named = len(names) > 1 and not error.others
            errors += [error.about(name) if is_named else error, *error.others]
            continue
        parts += answers.parts
        errors += answers.errors
    if errors and not parts:
        raise _all_of(errors)
    return Answers(parts=tuple(parts), errors=tuple(errors))


@contextmanager
def session_of_one(
    run: Run, settings: Settings, wanted: str | None
) -> "Iterator[tuple[PortalSession, Child | None]]":
    """Open the pages of the child that is `wanted`, or whom the settings mean; None for the only.

    Whose pages they are is checked before, and once more at the end.
    """
    from massar_cli.services.children import choose_one, student_of

    nicknames = settings.nicknames
    with run.open_session(settings) as session:
        child = choose_one(session, nicknames, wanted, settings.child)
        with student_of(session, child, nicknames):
            yield session, child


def _read_one(run: Run, settings: Settings, whom: Whom, read: "Read[T]") -> Answers[T]:
    with session_of_one(run, settings, whom.child) as (session, child):
        result = read(session, settings)
        student = session.student
    heading = _heading(student, settings) if child or whom.is_told else None
    return Answers(
        parts=(Answer(student=student, heading=heading, result=result),), errors=result.errors
    )


def _read_all(run: Run, settings: Settings, read: "Read[T]") -> Answers[T]:
    """Return what was read of each student of one account; raises where all of them fail."""
    from massar_cli.services.children import choose_all, student_of

    parts: list[Answer[T]] = []
    errors: list[MassarError] = []
    with run.open_session(settings) as session:
        children = choose_all(session)
        for child in children:
            name = settings.nicknames.get(child.code) or child.name or child.code if child else ""
            try:
                with student_of(session, child, settings.nicknames):
                    result = read(session, settings)
                    student = session.student
            except MassarError as error:
                errors.append(error.about(name) if child else error)
                if session.has_failed:
                    break
                continue
            heading = _heading(student, settings)
            parts.append(Answer(student=student, heading=heading, result=result))
            errors += [one.about(heading) if heading else one for one in result.errors]
        if errors and not parts:
            raise _all_of(errors)  # here, so that an outage is remembered
    return Answers(parts=tuple(parts), errors=tuple(errors))


def _all_of(errors: list[MassarError]) -> MassarError:
    first, *rest = errors
    first.others = tuple(rest)
    return first


def _heading(student: Student | None, settings: Settings) -> str | None:
    if student is None:
        return None
    nickname = settings.nicknames.get(student.code) if student.code else None
    return nickname or student.name or student.code


def _about(part: Answer[T], note: str) -> str:
    return f"{part.heading}: {note}" if part.heading else note


def children(
    ctx: typer.Context,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> int:
    """Show the children of the account, or its one student.

    Example: massar children --json
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    whom = Whom(child, all_children=all_children)
    from massar_cli.services.children import list_children
    from massar_cli.views.children import children_view

    def list_them(settings: Settings) -> Answers[ListedChild]:
        with run.open_session(settings) as session:
            result = list_children(session, settings.nicknames, child=whom.child)
        part = Answer(student=None, heading=None, result=result)
        return Answers(parts=(part,), errors=())

    answers = _of_every_account(run, list_them) if all_children else list_them(run.settings)
    run.print_records(children_view(answers.records), target, answers.errors)
    return PARTLY_DONE if answers.errors else 0
