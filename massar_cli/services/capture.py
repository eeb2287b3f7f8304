"""Captures: a page scrubbed of all that is personal, saved as a folder that others can read.

A folder has the form of the project's own test pages: `page.html`, `expected.json` with what this
program makes of the page now, and `about.json`.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from massar_cli import __version__
from massar_cli.errors import MassarError, PageChanged, UsageProblem
from massar_cli.files import PRIVATE_FOLDER, write_whole
from massar_cli.language import translate as _
from massar_cli.portal.landing import names_in_layout
from massar_cli.portal.page import Page
from massar_cli.portal.page_kinds import guess_kind
from massar_cli.portal.raw_page import RawPage, RawReportCard
from massar_cli.portal.session import PortalSession
from massar_cli.portal_menu import PageKind
from massar_cli.school_calendar import school_year_of, semester_of
from massar_cli.scrubbing.markup import scrub_page
from massar_cli.services.finding import find_named, open_found
from massar_cli.system_errors import reason_of

SCHEMA = "massar.capture/1"
PAGE, EXPECTED, ABOUT = "page.html", "expected.json", "about.json"
LARGEST = 8 * 1024 * 1024
"""More bytes than any page of the portal has."""
_MOST_FOLDERS = 100
_BASE = "https://massarservice.men.gov.ma/moutamadris/"
"""Below which the links of a capture are understood; nothing is asked for there."""
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LANGUAGE = re.compile(r"<html[^>]*\slang=[\"']?(ar|fr)", re.IGNORECASE)
_OF_CORE = re.compile(r"Account/Login\b|/Dashboard\b", re.IGNORECASE)
_OF_MVC = re.compile(r"General/Home\b|grid-mvc", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page as it came: its kind, and its address below the base, empty for a file's.

    `period` is the school year's first year and the semester of a report card; `names` are those of
    the account's people, which may be words of the portal too.
    """

    html: str
    kind: PageKind
    address: str = ""
    period: tuple[int, Literal[1, 2]] | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A page in which nothing is personal, and what is known of it.

    `edition` is "mvc" or "core", after the program that the portal is made with; None where the
    page does not tell.
    """

    html: str
    kind: PageKind
    address: str
    language: str | None
    edition: str | None
    program: str
    captured_on: date
    period: tuple[int, Literal[1, 2]] | None = None


def fetch_source(
    session: PortalSession,
    name: str,
    today: date,
    pinned: Mapping[str, str] | None = None,
) -> Source:
    """Return the page that a kind, a label or an address means, as the portal sends it.

    `pinned` are the pages that settings choose, by kind; such a page is of that kind, whatever its
    label says.
    """
    with session.section():
        source = _fetched(session, name, today, pinned)
        people = (session.student, *session.children)
        others = (name for child in session.children for name in child.other_names)
        names = (*(one.name for one in people if one and one.name), *others)
        return replace(source, names=names)


def _fetched(
    session: PortalSession, name: str, today: date, pinned: Mapping[str, str] | None
) -> Source:
    fixed = _fixed_page(name)
    if fixed is PageKind.GRADES:
        year, semester = _published(session, today)
        fields = {"Annee": str(year), "IdSession": str(semester)}
        card = session.open(RawReportCard, fields=fields)
        return Source(
            html=card.read(), kind=fixed, address=RawReportCard.path, period=(year, semester)
        )
    if fixed is not None:
        address = page_class_of(fixed).path
        page = session.open(RawPage, address=address)
        return Source(html=page.read(), kind=fixed, address=address)
    found = find_named(session, name, pinned)
    opened = open_found(session, RawPage, found)
    wanted = name.strip().lower()
    kind = PageKind(wanted) if pinned and wanted in pinned else found.kind
    return Source(html=opened.read(), kind=kind, address=found.address)


def _published(session: PortalSession, today: date) -> tuple[int, Literal[1, 2]]:
    """Return the year and the semester that `massar grades` shows, or else those under way."""
    from massar_cli.services.grades import get_grades

    try:
        report = get_grades(session, year=None, semester=None, today=today).records[0]
    except PageChanged:  # the very page that is to be captured
        return school_year_of(today), 1 if semester_of(today) == 1 else 2
    return int(report.school_year[:4]), 2 if report.semester == 2 else 1  # noqa: PLR2004


def _fixed_page(name: str) -> PageKind | None:
    """Return the kind of a page that needs no menu to be found."""
    fixed = (PageKind.GRADES, PageKind.JOURNEY, PageKind.PROFILE)
    return next((kind for kind in fixed if name.strip().lower() == kind.value), None)


def source_of_file(content: bytes) -> Source:
    """Return the page in a saved file; raises UsageProblem for what is no page in UTF-8."""
    if len(content) > LARGEST:
        raise UsageProblem(_("The file is larger than any page of the portal."))
    try:
        html = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageProblem(
            _("The file is no page in UTF-8."),
            hint=_('Save the page in the browser as "HTML only", then try again.'),
        ) from error
    if "<" not in html:
        raise UsageProblem(_("The file is no HTML page."))
    return Source(html=html, kind=_kind_of(html))


def _kind_of(html: str) -> PageKind:
    """Return what a saved page is about, as its landmarks and its title tell."""
    from massar_cli.portal.content import read_content
    from massar_cli.portal.page import parse_html

    for kind in (PageKind.GRADES, PageKind.PROFILE, PageKind.JOURNEY):
        try:
            page_class_of(kind)(html)
        except PageChanged:
            continue
        return kind
    try:
        title = read_content(parse_html(html), _BASE).title
    except PageChanged:
        title = None
    return guess_kind(title or "", "").kind


def make_capture(source: Source, today: date) -> Capture:
    """Return a page with a stand-in for all that is personal.

    Raises PageChanged for one that is too odd to be scrubbed with certainty.
    """
    scrubbed = scrub_page(
        source.html, source.address, (*source.names, *names_in_layout(source.html))
    )
    return Capture(
        html=scrubbed.html,
        kind=source.kind,
        address=scrubbed.address,
        language=_language_of(scrubbed.html),
        edition=_edition_of(scrubbed.html),
        program=__version__,
        captured_on=today,
        period=source.period,
    )


def _language_of(html: str) -> str | None:
    if match := _LANGUAGE.search(html):
        return match[1].lower()
    return "ar" if _ARABIC.search(html) else None


def _edition_of(html: str) -> str | None:
    if _OF_CORE.search(html):
        return "core"
    return "mvc" if _OF_MVC.search(html) else None


def shown_lines(capture: Capture) -> list[str]:
    """Return the texts of a capture, a line each, without repeating any."""
    import html

    text = re.sub(r"<!--.*?-->|<[^>]*>", "\n", capture.html, flags=re.DOTALL)
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return list(dict.fromkeys(line for line in lines if line))


def open_page(capture: Capture) -> Page[Any]:
    """Return a capture as the page of its kind, or as any page; raises PageChanged for neither."""
    from massar_cli.portal.pages.content import ContentPage

    known = page_class_of(capture.kind)
    try:
        return known(capture.html, _BASE + capture.address, _BASE.rstrip("/"))
    except PageChanged:
        if known is ContentPage:
            raise
    return ContentPage(capture.html, _BASE + capture.address, _BASE.rstrip("/"))


def page_class_of(kind: PageKind) -> type[Page[Any]]:
    """Return the page that reads a kind: that of its command, else that of any page."""
    from massar_cli.portal.pages.absences import AbsencesPage
    from massar_cli.portal.pages.content import ContentPage
    from massar_cli.portal.pages.documents import DocumentsPage
    from massar_cli.portal.pages.exams import ExamsPage
    from massar_cli.portal.pages.homework import HomeworkPage
    from massar_cli.portal.pages.messages import MessagesPage
    from massar_cli.portal.pages.orientation import OrientationPage
    from massar_cli.portal.pages.report_card import ReportCardPage
    from massar_cli.portal.pages.school_path import SchoolPathPage
    from massar_cli.portal.pages.student import StudentPage
    from massar_cli.portal.pages.timetable import TimetablePage

    pages: dict[PageKind, type[Page[Any]]] = {
        PageKind.ABSENCES: AbsencesPage,
        PageKind.HOMEWORK: HomeworkPage,
        PageKind.TIMETABLE: TimetablePage,
        PageKind.EXAMS: ExamsPage,
        PageKind.MESSAGES: MessagesPage,
        PageKind.DOCUMENTS: DocumentsPage,
        PageKind.ORIENTATION: OrientationPage,
        PageKind.GRADES: ReportCardPage,
        PageKind.JOURNEY: SchoolPathPage,
        PageKind.PROFILE: StudentPage,
    }
    return pages.get(kind, ContentPage)


def save_capture(capture: Capture, parent: Path) -> Path:
    """Write a capture as a new folder below `parent`, for its owner alone; return the folder."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder = _new_folder(parent / f"capture-{capture.kind}-{capture.captured_on}")
        _write_files(capture, folder)
    except OSError as error:
        raise UsageProblem(
            _("{path} cannot be written: {reason}").format(path=parent, reason=reason_of(error))
        ) from error
    return folder


def _new_folder(wanted: Path) -> Path:
    for number in range(1, _MOST_FOLDERS):
        folder = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
        try:
            folder.mkdir(mode=PRIVATE_FOLDER)
        except FileExistsError:
            continue
        return folder
    raise FileExistsError(None, _("there are too many captures already"))


def _write_files(capture: Capture, folder: Path) -> None:
    about = {
        "schema": SCHEMA,
        "program": capture.program,
        "kind": capture.kind.value,
        "language": capture.language,
        "edition": capture.edition,
        "address": capture.address or None,
        "captured_on": capture.captured_on.isoformat(),
        "period": capture.period,
    }
    files: dict[str, Callable[[], bytes]] = {
        PAGE: lambda: capture.html.encode("utf-8", "replace"),
        EXPECTED: lambda: _json(_outcome(capture)),
        ABOUT: lambda: _json(about),
    }
    for name, content in files.items():
        data = content()
        write_whole(folder / name, lambda stream, data=data: stream.write(data))  # type: ignore[misc]


def _outcome(capture: Capture) -> Any:
    """Return what this program makes of a capture now, or the error."""
    try:
        return _plain(page_class_of(capture.kind)(capture.html).read())
    except PageChanged as error:
        return {"error": error.kind}


def _plain(record: Any) -> Any:
    """Return a record as JSON writes it: a number as it is written, a field by its name."""
    if isinstance(record, tuple | list | frozenset):
        return [
            _plain(one) for one in (sorted(record) if isinstance(record, frozenset) else record)
        ]
    if isinstance(record, Mapping):
        return {name: _plain(value) for name, value in record.items()}
    if isinstance(record, Decimal):
        return str(record)
    if hasattr(record, "__dataclass_fields__"):
        return _plain(asdict(record))
    return record if record is None or isinstance(record, int) else str(record)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def load_capture(folder: Path) -> Capture:
    """Return the capture in a folder; raises UsageProblem for what is none."""
    try:
        about = json.loads(_read(folder / ABOUT))
        html = _read(folder / PAGE)
        if about["schema"] != SCHEMA:
            raise UsageProblem(
                _("{path} is a capture of another version.").format(path=folder),
                hint=_("Look for a newer massar."),
            )
        return Capture(
            html=html,
            kind=PageKind(about["kind"]),
            address=str(about.get("address") or ""),
            language=about.get("language"),
            edition=about.get("edition"),
            program=str(about.get("program") or ""),
            captured_on=date.fromisoformat(about["captured_on"]),
            period=_period(about.get("period")),
        )
    except OSError as error:
        raise _no_capture(folder, reason_of(error)) from error
    except MassarError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_capture(folder, _("its files are damaged")) from error


def _period(value: Any) -> tuple[int, Literal[1, 2]] | None:
    if value is None:
        return None
    year, semester = value
    return int(year), 1 if semester == 1 else 2


def _read(path: Path) -> str:
    with path.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError
    return content.decode("utf-8-sig")


def _no_capture(folder: Path, reason: str | None) -> UsageProblem:
    return UsageProblem(
        _("{path} is no capture: {reason}.").format(path=folder, reason=reason),
        hint=_("Give the folder that massar capture wrote."),
    )
