"""The doctor's list as a test reads it."""

import json
from typing import Any, NamedTuple

from massar_cli.practice.students import STUDENTS
from tests.conftest import Done
from tests.session.hostile import COOKIE, PASSWORD

IN_THE_FILE = ("request_spacing", "retry_wait")
"""The lines of what the configuration file of every home here sets."""
NAMES = (
    *("version", "settings", "account", "url", "code", "language", "state", "timeout"),
    *IN_THE_FILE,
    *("password", "keyring", "clock", "proxy", "name", "connection", "tls"),
    *("outages", "refused-password", "sign-ins", "portal", "portal-clock", "sign-in"),
    *("page-years", "children", "page-report-card", "page-school-path"),
    *("page-absences", "page-homework", "page-timetable", "page-exams"),
    *("page-messages", "page-documents", "page-orientation", "page-profile", "terminal"),
)
PAGES = NAMES[NAMES.index("page-years") : -1]
"""What is tried only after the sign-in."""
DOCTOR = ("doctor", "--json")
SIGNING_IN = ("doctor", "--json", "--sign-in")


class Line(NamedTuple):
    """One line of the list."""

    status: str
    message: str
    hint: str | None
    exit_code: int


def document_of(done: Done) -> dict[str, Any]:
    """Return the JSON of a run that wrote nothing else."""
    assert done.err == ""
    document: dict[str, Any] = json.loads(done.out)
    return document


def lines_of(done: Done, where: str = "here") -> dict[str, Line]:
    """Return the lines of a JSON run by the names of their steps, in their order."""
    found = [one for one in document_of(done)["data"] if one["where"] == where]
    lines = {
        one["check"]: Line(one["status"], one["message"], one["hint"], one["exit_code"])
        for one in found
    }
    assert len(lines) == len(found)
    return lines


def failed_in(lines: dict[str, Line]) -> dict[str, int]:
    """Return the steps that failed with their exit codes, in the list's order."""
    return {name: line.exit_code for name, line in lines.items() if line.status == "failed"}


def assert_safe_to_paste(*texts: str) -> None:
    """Look for what must not be in a bug report: secrets, codes, names, marks."""
    private = {PASSWORD, COOKIE}
    for student in STUDENTS:
        private |= {student.code, student.user_name}
        for name in (student.first_name, student.last_name):
            private |= {name.ar, name.fr}
    for text in texts:
        assert [word for word in private if word.lower() in text.lower()] == []
