"""Whose records a command prints: one child's, or those of every child of every account."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from massar_cli.cli.display import reader_of
from massar_cli.cli.options import Printing, Whom, prints_records
from massar_cli.cli.run import Run
from massar_cli.codes import student_code, user_name
from massar_cli.errors import PARTLY_DONE, CredentialsProblem, MassarError, UsageProblem
from massar_cli.language import translate as _
from massar_cli.reader import written_for
from massar_cli.records import Child, ListedChild, Student
from massar_cli.services.result import Result
from massar_cli.settings import Settings

if TYPE_CHECKING:  # loads the session, which most commands do without
    from massar_cli.portal.session import PortalSession
    from massar_cli.view import View

    Read = Callable[[PortalSession, Settings], Result["T"]]
    """Returns what a command prints of the student whose pages are open."""

T = TypeVar("T")


class Answer(NamedTuple, Generic[T]):
    """What was read of one student; `heading` is set for one of several."""

    student: Student | None
    heading: str | None
    result: Result[T]


class Answers(NamedTuple, Generic[T]):
    """What was read of every student that a command is about, and what failed beside it."""

    parts: tuple[Answer[T], ...]
    errors: tuple[MassarError, ...]

    @property
    def records(self) -> tuple[T, ...]:
        """The records of all."""
        return tuple(record for part in self.parts for record in part.result.records)


def show_for_students(
    run: Run,
    printing: Printing,
    read: "Read[T]",
    view: "Callable[[tuple[T, ...], Student | None], View]",
) -> int:
    """Print what `read` returns for each student that a command is about.

    Returns the exit code: one student who fails does not stop the others. Raises the first error
    where all of them fail.
    """
    from massar_cli.views.students import StudentView, view_of_students

    output, whom = printing
    # Notes on an answer are read with its tables, and have the same digits.
    with written_for(reader_of(output.subject_names)):
        if whom.is_everyone:
            shown = _Shown(run)
            answers = _of_every_account(run, shown, lambda one: _read_all(run, one, read, shown))
        else:
            answers = _answer_of_one(run, run.settings, whom, read)
    for part in answers.parts:
        run.tell(_about(part, note) for note in part.result.notes)
    if not printing.output.is_for_machines:
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
    run.print_records(joint, output, answers.errors)
    return PARTLY_DONE if answers.errors else 0


class _Shown:
    """The students who were read, each of whom is shown once, whatever accounts show them."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._codes: set[str] = set()

    def add(self, code: str | None) -> None:
        """Note that a student was read."""
        if code is not None:
            self._codes.add(code)

    def has(self, code: str | None) -> bool:
        """Whether a student was read already; then the person is told."""
        if code is None or code not in self._codes:
            return False
        self._run.say(
            _("{code} was read with another account already, and is shown once.").format(code=code)
        )
        return True


def _of_every_account(
    run: Run, shown: _Shown, read_account: Callable[[Settings], Answers[T]]
) -> Answers[T]:
    """Return what is read of each account of the settings; one that fails stops no other."""
    parts: list[Answer[T]] = []
    errors: list[MassarError] = []
    names = run.accounts.names()
    seen: set[tuple[str, str | None]] = set()
    for name in names:
        who = None
        try:
            settings = run.accounts.of(name)
            code = settings.code
            who = settings.url, code and user_name(code).lower()
            if who in seen or shown.has(code and student_code(code)):
                continue  # one account under two names, or a pupil's beside the parent's
            answers = read_account(settings)
        except MassarError as error:
            # Where no password was found another name of the account may lead to one; where one
            # was sent, none is sent again.
            if who is not None and type(error) not in (CredentialsProblem, UsageProblem):
                seen.add(who)
            is_named = len(names) > 1 and not error.others
            errors += [error.about(name) if is_named else error, *error.others]
            continue
        seen.add(who)
        parts += answers.parts
        errors += answers.errors
    if errors and not parts:
        raise _all_of(errors)
    return Answers(parts=tuple(parts), errors=tuple(errors))


def read_one(
    run: Run,
    settings: Settings,
    wanted: str | None,
    read: "Callable[[PortalSession, Child | None], T]",
) -> T:
    """Return what `read` returns of the child that is `wanted`, or whom the settings mean.

    It is given None for the only student of an account. Whose pages they are is checked before,
    and once more at the end.
    """
    from massar_cli.services.children import choose_one, read_of

    nicknames = settings.nicknames
    with run.open_session(settings) as session:
        child = choose_one(session, nicknames, wanted, settings.child)
        return read_of(session, child, nicknames, lambda: read(session, child))


def _answer_of_one(run: Run, settings: Settings, whom: Whom, read: "Read[T]") -> Answers[T]:
    def read_answer(session: "PortalSession", child: Child | None) -> Answer[T]:
        result = read(session, settings)
        heading = _heading(session.student, settings) if child or whom.is_told else None
        return Answer(student=session.student, heading=heading, result=result)

    answer = read_one(run, settings, whom.child, read_answer)
    return Answers(parts=(answer,), errors=answer.result.errors)


def _read_all(run: Run, settings: Settings, read: "Read[T]", shown: _Shown) -> Answers[T]:
    """Return what was read of each student of one account; raises where all of them fail.

    Those who were read with another account already are left out.
    """
    from massar_cli.services.children import choose_all, read_of

    parts: list[Answer[T]] = []
    errors: list[MassarError] = []
    with run.open_session(settings) as session:

        def read_answer() -> Answer[T]:
            result = read(session, settings)
            heading = _heading(session.student, settings)
            return Answer(student=session.student, heading=heading, result=result)

        for child in choose_all(session):
            known = child or session.student
            if shown.has(known.code if known else None):
                continue
            name = settings.nicknames.get(child.code) or child.name or child.code if child else ""
            try:
                answer = read_of(session, child, settings.nicknames, read_answer)
            except MassarError as error:
                errors.append(error.about(name) if child else error)
                if session.has_failed:
                    break
                continue
            parts.append(answer)
            shown.add(answer.student.code if answer.student else None)
            heading = answer.heading
            errors += [one.about(heading) if heading else one for one in answer.result.errors]
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


@prints_records
def children(
    run: Run,
    printing: Printing,
) -> int:
    """Show the children of the account, or its one student.

    Example: massar children --json
    """
    output, whom = printing
    from massar_cli.services.children import list_children
    from massar_cli.views.children import children_view

    shown = _Shown(run)

    def list_them(settings: Settings) -> Answers[ListedChild]:
        with run.open_session(settings) as session:
            result = list_children(session, settings.nicknames, child=whom.child)
        records = tuple(one for one in result.records if not shown.has(one.code))
        for one in records:
            shown.add(one.code)
        result = result._replace(records=records)
        part = Answer(student=None, heading=None, result=result)
        return Answers(parts=(part,), errors=result.errors)

    if whom.is_everyone:
        answers = _of_every_account(run, shown, list_them)
    else:
        answers = list_them(run.settings)
    run.print_records(children_view(answers.records), output, answers.errors)
    return PARTLY_DONE if answers.errors else 0
