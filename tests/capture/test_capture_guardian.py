"""The student's own page holds a guardian's data: shown to who asks, and told nowhere else."""

import logging
import re
from collections.abc import Callable, Iterable
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from massar_cli.practice.portal import PracticePortal
from tests.capture.planted import kept_in
from tests.children.portals import DETAILS, answer_of
from tests.conftest import Done, Practice

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Run = Callable[..., Done]
Serve = Callable[[PracticePortal], Practice]
Change = Callable[[str], str]

PAGE = "TuteurEleves/GetInfoEleve"
NAMES = ("Zoulikhane", "BENGHANEMI", "Ait-Tahroumi", "زبيرية", "بن-زروالة", "O'Kourdani")
NUMBERS = (
    *("AB130000", "K130000", "JM 130001", "bk-84731", "EE137790", "Z9137790"),
    *("0661482093", "06 71 48 20 94", "06-62-48-20-95", "05.37.68.94.21", "06/63/48/20/96"),
    *("+212 664-48-20-97", "00212665482098", "(0666) 482-099", "٠٦٦٧٤٨٢٠٩١"),
)
MAILS = ("z.kourdani@menara-mail.ma", "Zoulikhane_B@fictif.ma")
ALL = (*NAMES, *NUMBERS, *MAILS)
# Names in those places alone would be taken for the portal's own.
_IDENTIFIERS = (*NUMBERS, *MAILS)


def planted(page: str) -> str:
    """Return the page with a guardian's data in every value, label, field and attribute of it."""
    texts = cycle(ALL)
    head, mark, body = page.partition("<dl")
    body = re.sub(r"(?<=</dt><dd>)[^<]*", lambda _match: f"{next(texts)}، {next(texts)}", body)
    body = re.sub(
        r"(<dt|<label|<option)([^>]*)>",
        lambda match: f'{match[1]}{match[2]} title="{next(texts)}">{next(texts)} ',
        body,
    )
    body = re.sub(r'value="[^"]*"', lambda _match: f'value="{next(texts)}"', body)
    body = re.sub(r'class="', lambda _match: f'data-id="{next(texts)}" class="', body)
    rows = "".join(
        f'<tr id="{text}"><th>CIN</th><td data-code="{text}"><a class="x-{text}" href="?cin={text}"'
        f'>{text}</a><input type="hidden" name="n_{text}" value="{text}"></td></tr>'
        for text in _IDENTIFIERS
    )
    names = "".join(f'<li id="{text}" title="{text}">{text}</li>' for text in NAMES)
    return head + f"<table>{rows}</table><ul>{names}</ul>" + mark + body


def in_headings(page: str) -> str:
    """Return the page with a guardian's data where headings are expected."""
    texts = cycle(ALL)
    heads = "".join(f"<th>{text}</th>" for text in ALL)
    cells = "".join(f"<td>{text}</td>" for text in ALL)
    table = f"<table><thead><tr>{heads}</tr></thead>{f'<tr>{cells}</tr>' * 2}</table><dl"
    page = re.sub(r"<dt>[^<]*", lambda _match: f"<dt>{next(texts)}", page)
    return page.replace("<dl", table, 1)


def in_more_values(page: str) -> str:
    """Return the page with a guardian's data as more values than are known."""
    more = "".join(f"<dt>CIN</dt><dd>{text}</dd>" for text in ALL)
    return page.replace("</dl>", f"{more}</dl>")


def without_its_landmark(page: str) -> str:
    """Return the planted page where nothing says whose it is."""
    return planted(page).replace('id="codeEleve"', "")


class ChangedPage(PracticePortal):
    """Shows the student's own page as `change` makes it."""

    def __init__(self, change: Change, edition: str = "2018", language: str = "fr") -> None:
        super().__init__(edition=edition, language=language)
        self.change = change

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        status, headers, body = answer_of(super().__call__, environ)
        if environ["PATH_INFO"] == DETAILS:
            body = self.change(body.decode()).encode()
        start_response(status, [*headers, ("Content-Length", str(len(body)))])
        return [body]


def told(text: str) -> list[str]:
    """Return what of a guardian's data stands in a text, however written."""
    numbers = re.sub(r"(?<=\d)[\s./()_-]{1,2}(?=\d)", "", _western(text))
    of_numbers = [
        one
        for one in NUMBERS
        if re.search(rf"(?<!\d){re.sub(r'[^0-9]', '', _western(one))[-9:]}(?!\d)", numbers)
        or one.lower() in text.lower()
    ]
    return [*kept_in(text, (*NAMES, *MAILS)), *of_numbers]


def _western(text: str) -> str:
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("edition", ["2018", "2025"])
@pytest.mark.parametrize("change", [planted, in_headings])
def test_nothing_of_a_guardian_survives_in_a_capture(
    serve: Serve, massar: Run, tmp_path: Path, change: Change, edition: str, language: str
) -> None:
    came: list[str] = []

    def keep(page: str) -> str:
        came.append(change(page))
        return came[-1]

    settings = serve(ChangedPage(keep, edition, language)).settings()
    for name in (PAGE, "profile"):
        done = massar("--debug", "capture", name, "--yes", "-o", str(tmp_path), **settings)
        assert done.code == 0, done.err
        assert sorted(told(came[-1])) == sorted(ALL), "each was planted"
        files = list(Path(done.out.strip()).iterdir())
        assert [(one.name, told(one.read_text())) for one in files] == [
            (one.name, []) for one in files
        ]
        assert told(done.err) == []


@pytest.mark.parametrize(
    "change",
    [planted, in_headings, in_more_values, without_its_landmark],
    ids=lambda one: one.__name__,
)
def test_a_guardian_is_in_no_error_no_log_and_no_debug_line(
    serve: Serve, massar: Run, caplog: pytest.LogCaptureFixture, change: Change
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = serve(ChangedPage(change)).settings()
    shown = massar("--debug", "page", PAGE, **settings)
    assert shown.code == 0
    assert len(told(shown.out)) > len(ALL) // 2, "it is shown to the person who asks"
    of_lists = ("absences", "homework", "timetable", "exams", "messages", "documents")
    failed = [
        massar("--debug", *command, **settings)
        for command in (
            ("profile", "--json"),
            ("children", "--child", "nobody"),
            ("page", PAGE, "--format", "csv", "--table", "99"),
            *((kind, "--page", PAGE) for kind in of_lists),
            ("absences", "--page", "tuteureleves//GetInfoEleve/?x=1"),
        )
    ]
    assert {done.code for done in failed} <= {0, 2, 5}
    assert 5 in {done.code for done in failed}
    assert [told(done.err) for done in (shown, *failed)] == [[]] * (len(failed) + 1)
    assert told(caplog.text) == []
