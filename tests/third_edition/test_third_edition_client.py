"""The program meets a portal that somebody else wrote, and tells what that school recorded.

Whoever wrote that portal had seen neither the program nor the practice portal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from massar_cli import school_calendar
from massar_cli.practice.server import PracticeServer
from tests.conftest import Done

from .expected import ADDRESSES, Expected, Record, marks_of
from .portal import DEFAULT_NOW, HARMLESS_POSTS, ThirdEdition
from .truth import ACCOUNTS, DIRECTORATE, Account, Pupil, Service

Run = Callable[..., Done]
Facts = Callable[[Expected], list[Record]]
PARENT = next(account for account in ACCOUNTS if len(account.pupils) > 1)

READ: dict[tuple[str, ...], tuple[Service | None, Facts]] = {
    ("grades", "--year", "all"): (
        "marks",
        lambda e: [e.card(year, half) for year in e.pupil.years for half in (1, 2)],
    ),
    ("grades", "--year", "2025", "--semester", "year"): ("marks", lambda e: [e.card(2025, 3)]),
    ("grades", "--year", "2026", "--semester", "2"): ("marks", lambda e: [e.card(2026, 2)]),
    ("journey",): ("journey", lambda e: e.journey()),
    ("profile",): ("profile", lambda e: e.profile()),
    ("pages",): (None, lambda e: e.pages()),
    ("absences",): ("absences", lambda e: e.absences(lambda one: one.semester == 2)),
    ("absences", "--semester", "1"): (
        "absences",
        lambda e: e.absences(lambda one: one.semester == 1),
    ),
    ("absences", "--year", "2026"): ("absences", lambda e: e.absences(lambda _one: True)),
    ("absences", "--year", "2026", "--since", "2026-11-10"): (
        "absences",
        lambda e: e.absences(lambda one: one.day.isoformat() >= "2026-11-10"),
    ),
    ("absences", "--year", "2026", "--unjustified"): (
        "absences",
        lambda e: e.absences(lambda one: not one.justified),
    ),
    ("homework",): ("homework", lambda e: e.homework()),
    ("homework", "--due", "2027-03-18"): (
        "homework",
        lambda e: [one for one in e.homework() if one["due"] == "2027-03-18"],
    ),
    ("timetable",): ("timetable", lambda e: e.timetable()),
    ("timetable", "--day", "monday"): (
        "timetable",
        lambda e: [one for one in e.timetable() if one["weekday"] == "monday"],
    ),
    ("exams",): ("tests", lambda e: e.tests([2026])),
    ("exams", "--year", "all"): (
        "tests",
        lambda e: sorted(e.tests(e.pupil.years), key=lambda one: one["date"]),
    ),
    ("exams", "--upcoming"): (
        "tests",
        lambda e: [one for one in e.tests([2026]) if one["date"] >= "2027-03-16"],
    ),
    ("messages",): ("messages", lambda e: e.messages()),
    ("messages", "--unread"): ("messages", lambda e: e.messages(unread=True)),
    ("documents",): ("documents", lambda e: e.documents()),
    ("orientation",): ("orientation", lambda e: e.orientation()),
}


class Served:
    """The portal in one language, and what a run against it tells."""

    def __init__(self, portal: ThirdEdition, url: str) -> None:
        self.portal, self.url = portal, url

    def settings(self, account: Account) -> dict[str, str]:
        return {
            "MASSAR_URL": self.url,
            "MASSAR_CODE": account.code,
            "MASSAR_PASSWORD": account.password,
        }

    def expected(self, pupil: Pupil) -> Expected:
        return Expected(pupil, self.portal.language, self.url)

    def passwords_posted(self) -> int:
        return sum("Password" in call.form_fields for call in self.portal.journal)


@pytest.fixture(scope="module", params=["ar", "fr"])
def running(request: pytest.FixtureRequest) -> Iterator[Served]:
    """Serve the portal in either language."""
    portal = ThirdEdition(request.param, lambda: DEFAULT_NOW)
    with PracticeServer(portal) as server:
        yield Served(portal, server.url)


@pytest.fixture
def served(running: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Give the portal at its own time; after the test nothing may have been changed on it."""
    monkeypatch.setattr(school_calendar, "now_in_casablanca", lambda: DEFAULT_NOW)
    running.portal.journal.clear()
    yield running
    assert running.portal.touched == []
    posts = {call.path.lower() for call in running.portal.journal if call.method != "GET"}
    assert posts <= {f"/moutamadris/{one}" for one in HARMLESS_POSTS}


def told(records: list[Record], facts: list[Record]) -> list[Record]:
    """Return of each record what the facts tell of."""
    for one in records:
        for subject in one.get("subjects", ()):
            subject["marks"] = marks_of(subject)
    fields = facts[0] if facts else {}
    return [_only(one, fields) for one in records]


def _only(record: Record, fields: Record) -> Record:
    kept = {name: record.get(name, "missing") for name in fields}
    inner = fields.get("subjects")
    if inner:
        kept["subjects"] = [_only(one, inner[0]) for one in kept["subjects"]]
    return kept


def wrong(served: Served, massar: Run, account: Account, pupil: Pupil) -> list[str]:
    """Return what a run of each command told wrongly of a pupil."""
    found = []
    for command, (service, facts) in READ.items():
        if len(command) > 1 and account not in ACCOUNTS[:2] and service != "marks":
            continue  # with or without options there is as little
        child = ("--child", pupil.code) if len(account.pupils) > 1 else ()
        done = massar(*command, *child, "--json", **served.settings(account))
        expected = served.expected(pupil)
        offered = not service or service in pupil.services
        wanted = facts(expected) if offered else []
        if reason := why_wrong(done, wanted, command, offered=offered):
            found.append(f"{' '.join(command)}: {reason}")
    return found


def why_wrong(done: Done, facts: list[Record], command: tuple[str, ...], *, offered: bool) -> str:
    if done.code:
        return done.err.strip()
    document = json.loads(done.out)
    records: list[Record] = document["data"]
    if command == ("pages",):
        records.sort(key=lambda one: one["address"])
    read = told(records, facts)
    if read != facts:
        return difference(read, facts)
    if not offered and "does not offer" not in done.err:
        return f"no word of what is not offered: {done.err!r}"
    return ""


def difference(read: list[Any], facts: list[Any]) -> str:
    if len(read) != len(facts):
        return f"{len(read)} records for {len(facts)}: {read}"
    pairs = next((one, other) for one, other in zip(read, facts, strict=True) if one != other)
    names = [name for name in pairs[1] if pairs[0][name] != pairs[1][name]]
    return "; ".join(f"{name} is {pairs[0][name]!r}, not {pairs[1][name]!r}" for name in names)


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.code)
def test_every_command_tells_what_the_school_recorded(
    served: Served, massar: Run, account: Account
) -> None:
    """Compare each command's records of each pupil with what is recorded, over one sign-in."""
    found = [one for pupil in account.pupils for one in wrong(served, massar, account, pupil)]
    assert not found, "\n".join(found)
    assert served.passwords_posted() == 1


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.code)
def test_files_come_whole(served: Served, massar: Run, account: Account, tmp_path: Path) -> None:
    """Save the files of homework and documents: the bytes are those that the school has."""
    for pupil in account.pupils:
        child = ("--child", pupil.code) if len(account.pupils) > 1 else ()
        for command, files in {
            "homework": [one.file for one in pupil.homework if one.file],
            "documents": [one.file for one in pupil.documents],
        }.items():
            folder = tmp_path / f"{pupil.code} {command}"
            done = massar(
                command, *child, "--download", str(folder), "--json", **served.settings(account)
            )
            assert done.code == 0, done.err
            saved = sorted(one.read_bytes() for one in folder.rglob("[!.]*") if one.is_file())
            assert saved == sorted(one.content for one in files)


def test_totals_count_each_absence(served: Served, massar: Run) -> None:
    """Total a year's absences: lateness of minutes counts as what it is of an hour."""
    done = massar(
        *("absences", "--year", "2026", "--total", "--format", "csv"),
        **served.settings(ACCOUNTS[0]),
    )
    assert done.code == 0, done.err
    assert done.out.splitlines()[-1] == "all,,7,21.25,0,4,7.25,0"


def test_children_of_one_account(served: Served, massar: Run) -> None:
    """List the children, and read them all: each by itself, and none of somebody else."""
    names = {pupil.code: pupil.full_name.said(served.portal.language) for pupil in PARENT.pupils}
    done = massar("children", "--json", **served.settings(PARENT))
    listed = json.loads(done.out)["data"]
    assert {one["code"]: one["name"] for one in listed} == names
    for command in (("journey",), ("homework",), ("absences", "--year", "2026"), ("exams",)):
        service, facts = READ[command]
        done = massar(*command, "--all-children", "--json", **served.settings(PARENT))
        assert done.code == 0, done.err
        records = json.loads(done.out)["data"]
        for pupil in PARENT.pupils:
            own = [one for one in records if one["student"]["code"] == pupil.code]
            wanted = facts(served.expected(pupil)) if service in pupil.services else []
            assert told(own, wanted) == wanted
    elder, younger = PARENT.pupils
    by_name = massar(
        *("homework", "--child", names[younger.code].split()[0], "--json"),
        **served.settings(PARENT),
    )
    homework = served.expected(younger).homework()
    assert told(json.loads(by_name.out)["data"], homework) == homework
    done = massar("homework", "--json", **served.settings(PARENT))
    assert (done.code, elder.code in done.err) == (2, True)


def test_a_page_loses_no_word(served: Served, massar: Run) -> None:
    """Show each page as plain blocks: everything that the school typed stands there."""
    expected = served.expected(ACCOUNTS[0].pupils[0])
    for command, (service, facts) in READ.items():
        if len(command) > 1 or service is None:
            continue
        done = massar("page", ADDRESSES[service], "--json", **served.settings(ACCOUNTS[0]))
        assert done.code == 0, done.err
        shown = json.dumps(json.loads(done.out)["data"], ensure_ascii=False)
        names = (
            "subject",
            "text",
            "title",
            "sender",
            "room",
            "teacher",
            "reason",
            "choice",
            "status",
        )
        texts = [one[name] for one in facts(expected) for name in names if name in one]
        missing = [
            line for text in texts for line in (text or "").splitlines() if line not in shown
        ]
        assert (command, missing) == (command, [])


def test_a_capture_keeps_nothing_of_a_person(served: Served, massar: Run, tmp_path: Path) -> None:
    """Capture every page: no name, code, typed text or file name of the school is in any file."""
    account = ACCOUNTS[0]
    for address in ADDRESSES.values():
        done = massar("capture", address, "--yes", "-o", str(tmp_path), **served.settings(account))
        assert done.code == 0, done.err
    written = [one.read_text() for one in tmp_path.rglob("capture-*/*")]
    assert len(written) >= 2 * len(ADDRESSES)
    left = {
        secret for secret in secrets_of(account.pupils[0]) for text in written if secret in text
    }
    assert left == set()


def secrets_of(pupil: Pupil) -> set[str]:
    """Return what a school recorded of one person, in both languages."""
    texts = [
        *(pupil.first_name, pupil.last_name, pupil.guardian_first_name, pupil.birth_place),
        *(pupil.school, DIRECTORATE),
        *(lesson.teacher for lesson in pupil.timetable),
        *(one.reason for one in pupil.absences if one.reason),
        *(wish.school for wish in pupil.wishes),
    ]
    typed = [
        *(line for item in pupil.homework for line in item.text.splitlines()),
        *(item.file.name for item in pupil.homework if item.file),
        *(message.body for message in pupil.messages),
        *(one for document in pupil.documents for one in (document.reference, document.file.name)),
    ]
    return {
        pupil.code,
        pupil.classroom,
        *typed,
        *(said for text in texts for said in (text.ar, text.fr)),
    }
