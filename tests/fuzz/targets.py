"""What is fuzzed: one function a target, which raises where bytes break what it promises."""

import gzip
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from massar_cli.errors import MassarError, PageChanged, PortalUnavailable
from massar_cli.portal.body import read_body
from massar_cli.portal.connection import Answer
from massar_cli.portal.evidence import outage
from massar_cli.portal.grid import GridPage
from massar_cli.portal.page import Page
from massar_cli.portal.recognition import SessionGone, read_answer
from massar_cli.portal.tries import seconds_to_wait
from massar_cli.records import ReportCard, SemesterReport
from massar_cli.student_record import Profile
from massar_cli.views.grades import grades_view
from massar_cli.views.journey import journey_view
from massar_cli.views.profile import profile_view
from tests.fuzz.addresses import check_base, check_redirect
from tests.fuzz.bounds import bounded, same, value_or_error
from tests.fuzz.conversation import check_conversation
from tests.fuzz.files import (
    check_account_state,
    check_remembered_accounts,
    check_session_file,
    check_settings_file,
)
from tests.fuzz.mutations import Mutator, mutated_json, mutated_page, mutated_settings
from tests.fuzz.printing import check_texts, check_view
from tests.fuzz.words import check_words
from tests.pages.fixture_cases import MODULES, page_class

Check = Callable[[bytes], None]

_PRINTED_ONE_IN = 4
"""As printing takes longer than reading, it is not done each time."""
_MOST_BODY = 8 * 1024 * 1024
_STATUSES = (200, 200, 200, 204, 301, 400, 401, 403, 404, 405, 429, 500, 503)
_KINDS = ("text/html; charset=utf-8", "", "text/html; charset=windows-1256", "application/json")
PAGES = tuple(page_class(module) for module in MODULES)


def check_page(page: type[Page[Any]], data: bytes) -> None:
    """Check that a page gives a record that can be printed, or PageChanged; twice the same."""
    answer = _answer(200, data)
    outcome = value_or_error(lambda: _read(page, answer))
    assert same(outcome, value_or_error(lambda: _read(page, answer)))
    assert not isinstance(outcome, MassarError) or isinstance(outcome, PageChanged)
    if isinstance(outcome, tuple) and len(data) % _PRINTED_ONE_IN == 0:
        _check_printing(outcome[0])


def _read(page: type[Page[Any]], answer: Answer) -> tuple[Any, int | None]:
    loaded = page(answer.html)
    following = loaded.next_page() if isinstance(loaded, GridPage) else None
    assert following is None or following > 1
    return loaded.read(), following


def _check_printing(record: Any) -> None:
    if isinstance(record, ReportCard):
        report = SemesterReport(student=None, school_year="2025/2026", semester=1, card=record)
        check_view(grades_view([report], summary=False))
    elif isinstance(record, Profile):
        check_view(profile_view(record, None, all_fields=True))
    elif isinstance(record, tuple) and record and hasattr(record[0], "decision"):
        check_view(journey_view(record, None))


def check_recognition(data: bytes) -> None:
    """Check that an answer of any status is the page, no session, or an error; twice the same.

    The first two bytes choose page, status and content type, the others are the body.
    """
    first, second, body = data[:1], data[1:2], data[2:]
    page = PAGES[ord(first or b"0") % len(PAGES)]
    status = _STATUSES[ord(second or b"0") % len(_STATUSES)]
    kind = _KINDS[ord(second or b"0") // len(_STATUSES) % len(_KINDS)]
    answer = _answer(status, body, kind)
    outcomes = [value_or_error(lambda: _recognised(page, answer)) for _turn in range(2)]
    assert same(*outcomes)


def _recognised(page: type[Page[Any]], answer: Answer) -> type[object]:
    try:
        return type(read_answer(page, answer, "http://127.0.0.1/moutamadris"))
    except SessionGone:
        return SessionGone


def _answer(status: int, body: bytes, kind: str = _KINDS[0]) -> Answer:
    return Answer("http://127.0.0.1/", status, None, kind, body)


def check_retry_after(data: bytes) -> None:
    """Check that a `Retry-After` is a number of seconds from 0 on, or nothing."""
    seconds = seconds_to_wait(data.decode("latin-1"))
    assert seconds is None or 0 <= seconds < float("inf")
    assert outage(503, seconds) is not None


def check_body(data: bytes) -> None:
    """Check that a body is the bytes that were packed, within bounds, or PortalUnavailable.

    The first byte chooses the encoding and what else the head says, the second the pieces' size.
    """
    choice, size, sent = ord(data[:1] or b"0"), ord(data[1:2] or b"9") + 1, data[2:]
    headers: dict[str, str] = {}
    if choice & 1:
        headers["content-length"] = str(len(sent))
    if choice & 2:
        headers["content-encoding"] = "gzip"
    if choice & 4:
        sent = gzip.compress(sent, mtime=0)
    parts = [sent[at : at + size] for at in range(0, len(sent), size)]
    body = value_or_error(lambda: read_body(parts, headers))
    assert isinstance(body, bytes | PortalUnavailable)
    if isinstance(body, bytes):
        assert len(body) <= _MOST_BODY
        if choice & 6 == 0:
            assert body == sent
        if choice & 6 == 6:
            assert body == data[2:]


class Target(NamedTuple):
    """What is fuzzed, and how its inputs are changed; None where they are bytes or plain text."""

    check: Check
    mutated: Mutator | None = None
    ending: str = ".bin"

    def __call__(self, data: bytes) -> None:
        """Raise where the bytes break what is promised."""
        with bounded(data):
            self.check(data)


TARGETS: Mapping[str, Target] = {
    **{
        module: Target(partial(check_page, page), mutated_page, ".html")
        for module, page in zip(MODULES, PAGES, strict=True)
    },
    "recognition": Target(check_recognition, mutated_page),
    "conversation": Target(check_conversation, mutated_page),
    "redirect": Target(check_redirect),
    "base_url": Target(check_base),
    "retry_after": Target(check_retry_after),
    "body": Target(check_body),
    "session_file": Target(check_session_file, mutated_json),
    "account_state": Target(check_account_state, mutated_json),
    "remembered_accounts": Target(check_remembered_accounts, mutated_json),
    "settings_file": Target(check_settings_file, mutated_settings),
    "texts": Target(check_texts),
    "words": Target(check_words),
}
