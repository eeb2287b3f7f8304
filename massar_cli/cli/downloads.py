"""What `--download` does: its folder, the files, a bar while one is on its way."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from massar_cli.cells import printable
from massar_cli.cli.direction import on_one_line
from massar_cli.cli.options import Whom
from massar_cli.cli.run import Run
from massar_cli.errors import MassarError, UsageProblem
from massar_cli.file_names import safe_name
from massar_cli.language import active_language, plural
from massar_cli.language import translate as _
from massar_cli.settings import Settings

if TYPE_CHECKING:
    from massar_cli.cli.children import Read
    from massar_cli.download_folder import DownloadFolder, Saved
    from massar_cli.portal.session import PortalSession
    from massar_cli.school_life import Attachment
    from massar_cli.services.downloads import HasFiles, Progress
    from massar_cli.services.result import Result

T = TypeVar("T", bound="HasFiles")

DownloadOption = Annotated[
    str | None,
    typer.Option(
        "--download",
        metavar="DIR",
        help="Save the files into DIR, which is made if missing; no file is ever replaced.",
    ),
]
_LONGEST_LABEL = 30


def download_folder(text: str | None) -> "DownloadFolder | None":
    """Return the folder of `--download`, made; raises UsageProblem before anything is asked for."""
    if text is None:
        return None
    from massar_cli.download_folder import DownloadFolder

    if not text.strip():
        raise UsageProblem(_("--download needs the name of a folder."))
    return DownloadFolder(Path(os.path.expanduser(text)))  # noqa: PTH111  (never raises)


def with_files(run: Run, whom: Whom, folder: "DownloadFolder | None", read: "Read[T]") -> "Read[T]":
    """Return what reads records and then, while the child is still chosen, fetches their files.

    Without a folder it only says how they are fetched.
    """
    from massar_cli.services.downloads import files_of

    def read_and_fetch(session: "PortalSession", settings: Settings) -> "Result[T]":
        result = read(session, settings)
        files = files_of(result.records)
        if folder is None:
            advice = (_("--download DIR saves the files."),) if files else ()
            return result._replace(advice=(*result.advice, *advice))
        if not files:
            note = _("There are no files to download.")
            return result._replace(notes=(*result.notes, note))
        errors = _fetch_files(run, session, settings, _own_folder(folder, whom, session), files)
        return result._replace(errors=(*result.errors, *errors))

    return read_and_fetch


def _own_folder(folder: "DownloadFolder", whom: Whom, session: "PortalSession") -> "DownloadFolder":
    """Return the folder for one of several children: two may have files of the same name."""
    student = session.student
    is_one_of_several = whom.is_told or len(session.children) > 1
    if not is_one_of_several or student is None or student.code is None:
        return folder
    return type(folder)(folder.path / safe_name(student.code))


def _fetch_files(
    run: Run,
    session: "PortalSession",
    settings: Settings,
    folder: "DownloadFolder",
    files: "list[Attachment]",
) -> tuple[MassarError, ...]:
    """Fetch files into the folder; returns what failed."""
    from massar_cli.services.downloads import Downloads

    old: list[Saved] = []
    has_bar = sys.stderr.isatty() and not run.options.quiet
    errors = Downloads(
        session=session,
        folder=folder,
        limit=settings.download_limit,
        watch=_bar if has_bar else _nothing,
        tell=lambda saved: run.say(_told(saved)) if saved.is_new else old.append(saved),
    ).fetch(files)
    if old:
        run.say(
            plural("{count} file was there already.", "{count} files were there already.", len(old))
        )
    return errors


def _told(saved: "Saved") -> str:
    return _("Saved: {file} ({size})").format(file=saved.path, size=_size(saved.size))


def _size(count: int) -> str:
    """Return a number of bytes for people."""
    size = float(count)
    for unit in (_("B"), _("kB"), _("MB")):
        if size < 1000 or unit == _("MB"):  # noqa: PLR2004  (a thousand of one are one of the next)
            break
        size /= 1000
    text = f"{size:.1f}" if size != count else f"{count}"
    return f"{text if active_language() == 'en' else text.replace('.', ',')} {unit}"


@contextmanager
def _nothing(_name: str) -> "Iterator[Progress]":
    yield lambda _arrived, _total: None


@contextmanager
def _bar(name: str) -> "Iterator[Progress]":
    """Show a bar on standard error, gone when the file is there."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    label = on_one_line(printable(name)[:_LONGEST_LABEL])
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
    with Progress(
        *columns, console=Console(stderr=True, markup=False, highlight=False), transient=True
    ) as progress:
        task = progress.add_task(label, total=None)
        yield lambda arrived, total: progress.update(task, completed=arrived, total=total)
