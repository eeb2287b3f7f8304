"""Files that break off, change, lie about their size or are pages: what is kept of them."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import parse_qs

import pytest

from massar_cli.practice.life.files import ref_of
from massar_cli.practice.students import DEMO
from tests.cli.processes import PROGRAM, surroundings
from tests.conftest import Done
from tests.session.hostile import (
    FORM,
    PASSWORD,
    SIGN_IN,
    Asked,
    Broken,
    Drip,
    HostilePortal,
    Reaction,
    Reply,
    Run,
    page,
    redirect,
    sign_in_page,
)

Hostile = Callable[..., HostilePortal]
FILE = "GET /Scolarite/Piece"
FIRST = ref_of(DEMO.code, "certificate")
DATA = bytes(range(256)) * 800
HALF = 100_000
NAMED = ("Content-Disposition", 'attachment; filename="a.pdf"')
KIND = ("Content-Type", "application/pdf")
TAG = ("ETag", '"one"')
RANGES = ("Accept-Ranges", "bytes")
WHOLE = (NAMED, KIND, TAG, RANGES)


class OneFile:
    """Answers for the first document by one reaction a request; the others are not there."""

    def __init__(self, *reactions: Reaction | Callable[[Asked], Reaction]) -> None:
        self.reactions = list(reactions)
        self.asked: list[dict[str, str]] = []

    def __call__(self, asked: Asked) -> Reaction:
        if parse_qs(asked.query).get("ref") != [FIRST]:
            return Reply(b"other", 200, (KIND, ("ETag", '"other"')))
        self.asked.append({name.lower(): value for name, value in asked.headers.items()})
        reaction = self.reactions.pop(0) if len(self.reactions) > 1 else self.reactions[0]
        return reaction(asked) if callable(reaction) else reaction


def resumed(asked: Asked) -> Reply:
    """Send the rest that is asked for."""
    start = int(asked.headers["Range"].removeprefix("bytes=").removesuffix("-"))
    place = f"bytes {start}-{len(DATA) - 1}/{len(DATA)}"
    version = (TAG,) if asked.headers["If-Range"] == TAG[1] else ()
    return Reply(DATA[start:], 206, (KIND, *version, ("Content-Range", place)))


def broken_off(*headers: tuple[str, str]) -> Reply:
    return Reply(DATA[:HALF], 200, headers, announced=len(DATA))


def download(run: Run, portal: HostilePortal, folder: Path, *more: str) -> Done:
    return run("documents", "--download", str(folder), "--json", *more, **portal.settings())


def files_in(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.name[0] != "."}


def parts_in(folder: Path) -> list[Path]:
    return list(folder.glob(".massar-*.part"))


def errors(done: Done) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done.out)["errors"]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


def test_a_broken_off_file_goes_on_in_the_same_run(
    hostile: Hostile, run: Run, folder: Path
) -> None:
    file = OneFile(broken_off(*WHOLE), resumed)
    done = download(run, hostile({FILE: file}), folder)
    assert done.code == 0, done.err
    assert files_in(folder)["a.pdf"] == DATA
    assert [one.get("range") for one in file.asked] == [None, f"bytes={HALF}-"]
    assert file.asked[1]["if-range"] == '"one"'
    assert parts_in(folder) == []


def test_a_broken_off_file_goes_on_in_a_later_run(hostile: Hostile, run: Run, folder: Path) -> None:
    file = OneFile(broken_off(*WHOLE), Broken(), Broken(), resumed)
    portal = hostile({FILE: file})
    done = download(run, portal, folder)
    assert done.code == 8
    assert [one["kind"] for one in errors(done)] == ["unavailable"]
    assert "a.pdf" not in files_in(folder)
    (part,) = parts_in(folder)
    assert part.read_bytes() == DATA[:HALF]
    assert part.stat().st_mode & 0o777 == 0o600
    assert download(run, portal, folder).code == 0
    assert files_in(folder)["a.pdf"] == DATA
    assert file.asked[-1]["range"] == f"bytes={HALF}-"
    assert parts_in(folder) == []


@pytest.mark.parametrize(
    "headers",
    [
        (NAMED, KIND, TAG),
        (NAMED, KIND, RANGES),
        (NAMED, KIND, RANGES, ("ETag", 'W/"weak"')),
        (
            *(NAMED, KIND, RANGES, ("Last-Modified", "Mon, 01 Mar 2027 07:00:00 GMT")),
            ("Date", "Mon, 01 Mar 2027 07:00:00 GMT"),
        ),
    ],
    ids=["no ranges", "no version", "weak version", "made for this answer"],
)
def test_what_cannot_go_on_safely_begins_anew(
    hostile: Hostile, run: Run, folder: Path, headers: tuple[tuple[str, str], ...]
) -> None:
    file = OneFile(broken_off(*headers), Reply(DATA, 200, headers))
    assert download(run, hostile({FILE: file}), folder).code == 0
    assert files_in(folder)["a.pdf"] == DATA
    assert all("range" not in one for one in file.asked)


def test_a_date_old_enough_is_a_version(hostile: Hostile, run: Run, folder: Path) -> None:
    dates = (
        ("Last-Modified", "Mon, 01 Mar 2027 07:00:00 GMT"),
        ("Date", "Mon, 15 Mar 2027 07:00:00 GMT"),
    )
    file = OneFile(broken_off(NAMED, KIND, RANGES, *dates), resumed)
    assert download(run, hostile({FILE: file}), folder).code == 0
    assert file.asked[1]["if-range"] == dates[0][1]
    assert files_in(folder)["a.pdf"] == DATA


OTHER = DATA[::-1]


@pytest.mark.parametrize(
    "answers",
    [
        [Reply(OTHER, 200, (NAMED, KIND, ("ETag", '"two"'), RANGES))],
        [
            Reply(b"", 416, (("Content-Range", f"bytes */{len(DATA)}"),)),
            Reply(OTHER, 200, (NAMED, KIND)),
        ],
        [
            Reply(
                OTHER[5:], 206, (*WHOLE, ("Content-Range", f"bytes 5-{len(DATA) - 1}/{len(DATA)}"))
            ),
            Reply(OTHER, 200, (NAMED, KIND)),
        ],
        [
            Reply(
                OTHER[HALF:],
                206,
                (
                    *(NAMED, KIND, ("ETag", '"two"')),
                    ("Content-Range", f"bytes {HALF}-{len(DATA) - 1}/{len(DATA)}"),
                ),
            ),
            Reply(OTHER, 200, (NAMED, KIND)),
        ],
        [Reply(OTHER[HALF:], 206, WHOLE), Reply(OTHER, 200, (NAMED, KIND))],
    ],
    ids=["changed", "nothing there to go on", "another part", "another version", "no place told"],
)
def test_a_rest_that_does_not_fit_is_never_put_together(
    hostile: Hostile, run: Run, folder: Path, answers: list[Reaction]
) -> None:
    file = OneFile(broken_off(*WHOLE), *answers)
    assert download(run, hostile({FILE: file}), folder).code == 0
    assert files_in(folder)["a.pdf"] == OTHER


def test_what_has_not_changed_is_not_sent_again(hostile: Hostile, run: Run, folder: Path) -> None:
    file = OneFile(Reply(DATA, 200, WHOLE), Reply(b"", 304, (TAG,)), Reply(OTHER, 200, WHOLE))
    portal = hostile({FILE: file})
    for _turn in range(2):
        assert download(run, portal, folder).code == 0
    assert file.asked[1]["if-none-match"] == '"one"'
    assert files_in(folder)["a.pdf"] == DATA
    # A new version stands beside the old one.
    done = download(run, portal, folder)
    assert "a (2).pdf" in done.err
    assert files_in(folder)["a.pdf"] == DATA
    assert files_in(folder)["a (2).pdf"] == OTHER


def test_a_file_without_a_version_is_asked_for_once(
    hostile: Hostile, run: Run, folder: Path
) -> None:
    file = OneFile(Reply(DATA, 200, (NAMED, KIND)))
    portal = hostile({FILE: file})
    for _turn in range(3):
        assert download(run, portal, folder).code == 0
    assert len(file.asked) == 1
    (folder / "a.pdf").unlink()
    assert download(run, portal, folder).code == 0
    assert len(file.asked) == 2
    assert files_in(folder)["a.pdf"] == DATA


def test_what_is_known_may_be_lost_and_nothing_is_doubled(
    hostile: Hostile, run: Run, folder: Path
) -> None:
    portal = hostile({FILE: OneFile(Reply(DATA, 200, WHOLE))})
    assert download(run, portal, folder).code == 0
    before = files_in(folder)
    for content in (b"", b"[]", b'{"format": 1, "files": {"x": {"name": "../a", "size": 1}}}'):
        (folder / ".massar-downloads.json").write_bytes(content)
        done = download(run, portal, folder)
        assert done.code == 0, done.err
        assert "Saved" not in done.err
        assert files_in(folder) == before


def test_nothing_of_another_is_replaced_or_written_through(
    hostile: Hostile, run: Run, folder: Path, tmp_path: Path
) -> None:
    folder.mkdir()
    target = tmp_path / "target"
    (folder / "A.PDF").symlink_to(target)
    (folder / "a (2).pdf").write_bytes(b"mine")
    assert download(run, hostile({FILE: OneFile(Reply(DATA, 200, WHOLE))}), folder).code == 0
    assert not target.exists()
    assert (folder / "a (2).pdf").read_bytes() == b"mine"
    assert (folder / "a (3).pdf").read_bytes() == DATA


def test_what_is_known_is_neither_read_nor_written_through_a_link_or_a_pipe(
    hostile: Hostile, run: Run, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    index = folder / ".massar-downloads.json"
    portal = hostile({FILE: OneFile(Reply(DATA, 200, WHOLE))})
    folder.mkdir()
    target.write_bytes(b"mine")
    for is_pipe in (False, True):
        if is_pipe:
            os.mkfifo(index)
        else:
            index.symlink_to(target)
        done = download(run, portal, folder)
        assert done.code == 0, done.err
        assert target.read_bytes() == b"mine"
        assert stat.S_ISREG(index.lstat().st_mode)
        index.unlink()


@pytest.mark.parametrize(
    "kind", ["text/html; charset=utf-8", "application/pdf", "application/octet-stream"]
)
def test_the_sign_in_page_in_place_of_a_file_means_one_new_sign_in(
    hostile: Hostile, run: Run, folder: Path, kind: str
) -> None:
    form = f"<!DOCTYPE html>\n<html><body>{sign_in_page()}</body></html>".encode()
    file = OneFile(Reply(form, 200, (("Content-Type", kind),)), Reply(DATA, 200, WHOLE))
    portal = hostile({FILE: file})
    assert run("journey", **portal.settings()).code == 0  # so that the session is a kept one
    assert download(run, portal, folder).code == 0
    assert portal.posts == 2
    assert files_in(folder)["a.pdf"] == DATA


def test_a_redirect_to_the_sign_in_means_one_new_sign_in(
    hostile: Hostile, run: Run, folder: Path
) -> None:
    file = OneFile(redirect("/moutamadris/Account?ReturnUrl=x"), Reply(DATA, 200, WHOLE))
    portal = hostile({FILE: file})
    assert run("journey", **portal.settings()).code == 0
    assert download(run, portal, folder).code == 0
    assert portal.posts == 2


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (page("<h1>Server Error</h1>"), "page-changed"),
        (Reply(b"<html><body>x</body></html>", 200, (KIND,)), "page-changed"),
        (Reply(b'{"error": 1}', 200, (("Content-Type", "application/json"),)), "page-changed"),
        (page("x", status=404), "page-changed"),
        (page("x", status=403), "unavailable"),
        (page("x", status=503), "unavailable"),
        (Reply(b"", 200, (KIND,)), "unavailable"),
        (Reply(DATA, 200, (KIND,), has_length=False), "unavailable"),
        (Reply(DATA, 200, (KIND, ("Content-Encoding", "br"))), "unavailable"),
        (redirect("https://evil.example/a.pdf"), "unavailable"),
        (redirect("/moutamadris/Account/LogOff"), "page-changed"),
        (redirect("/moutamadris/General/Home"), "page-changed"),
        (redirect("/moutamadris/"), "page-changed"),
        (Reply(DATA, 200, (KIND,), announced=60_000_000), "unavailable"),
    ],
)
def test_what_is_no_file_is_not_saved_and_the_others_are(
    hostile: Hostile, run: Run, folder: Path, answer: Reply, kind: str
) -> None:
    portal = hostile({FILE: OneFile(answer)})
    done = download(run, portal, folder)
    assert done.code == 8, done.err
    (error,) = errors(done)
    assert error["kind"] == kind
    assert error["message"].startswith("شهادة مدرسية: ")
    assert len(json.loads(done.out)["data"]) == 6
    assert set(files_in(folder).values()) == {b"other"}
    assert parts_in(folder) == []
    assert "GET /Account/LogOff" not in portal.asked


def test_a_page_is_a_file_where_its_link_says_so(hostile: Hostile, run: Run, folder: Path) -> None:
    lesson = b"<html><body><h1>Lesson</h1></body></html>"
    items = (
        f'<li><a href="/moutamadris/Scolarite/{name}.html" download>{name}.html</a> {day}</li>'
        for name, day in (("lecon", "10/03/2027"), ("autre", "11/03/2027"))
    )
    listed = f'<h1 class="welcomeUser"></h1><h2>Documents</h2><ul>{"".join(items)}</ul>'
    portal = hostile(
        {
            "GET /Scolarite/PiecesEleve": page(listed),
            "GET /Scolarite/lecon.html": Reply(lesson),
            "GET /Scolarite/autre.html": page(sign_in_page()),
        }
    )
    done = download(run, portal, folder)
    assert done.code == 8, done.err
    assert files_in(folder) == {"lecon.html": lesson}


def test_a_file_on_another_address_is_followed(hostile: Hostile, run: Run, folder: Path) -> None:
    portal = hostile(
        {
            FILE: OneFile(redirect("/moutamadris/Scolarite/Stock?n=1")),
            "GET /Scolarite/Stock": Reply(DATA, 200, WHOLE),
        }
    )
    assert download(run, portal, folder).code == 0
    assert files_in(folder)["a.pdf"] == DATA


def test_the_limit_is_a_setting_and_holds_while_receiving(
    hostile: Hostile, run: Run, folder: Path, home: Path
) -> None:
    home.mkdir()
    (home / "config.toml").write_text("download_limit_mb = 0.1\n")
    pieces = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nTransfer-Encoding: chunked\r\n\r\n",
    )
    chunk = b"%x\r\n%s\r\n" % (60_000, b"x" * 60_000)
    endless = Drip((*pieces, *[chunk] * 1000), pause=0.0)
    done = download(run, hostile({FILE: OneFile(endless)}), folder)
    assert done.code == 8
    (error,) = errors(done)
    assert "0.1 MB" in error["message"]
    assert parts_in(folder) == []


def test_the_password_refused_ends_the_downloads(hostile: Hostile, run: Run, folder: Path) -> None:
    file = OneFile(redirect("/moutamadris/Account"))
    rules = {FILE: file, SIGN_IN: [None, page(sign_in_page(reason="no"))]}
    portal = hostile(rules)
    assert run("journey", **portal.settings()).code == 0
    done = download(run, portal, folder)
    assert done.code == 8
    assert [one["kind"] for one in errors(done)] == ["credentials", "unavailable"]
    assert portal.posts == 2
    assert portal.asked.count(FORM) == 2


def test_an_outage_is_not_asked_about_for_each_file(
    hostile: Hostile, run: Run, folder: Path
) -> None:
    portal = hostile({FILE: page("x", status=503)})
    done = download(run, portal, folder)
    assert done.code == 8
    assert len(errors(done)) == 4  # three files, and one line for the rest
    assert portal.asked.count(FILE) == 9


def test_a_killed_run_leaves_nothing_under_the_name_and_the_next_goes_on(
    hostile: Hostile, run: Run, folder: Path, home: Path
) -> None:
    lines = ("HTTP/1.1 200 OK", *(": ".join(one) for one in WHOLE), f"Content-Length: {len(DATA)}")
    head = "\r\n".join((*lines, "", "")).encode()
    stalled = Drip((head + DATA[:HALF], *[b""] * 3000), pause=0.01)
    file = OneFile(stalled, resumed)
    portal = hostile({FILE: file})
    environment = surroundings(home, **portal.settings())
    process = subprocess.Popen(
        [*PROGRAM, "documents", "--download", str(folder)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = monotonic() + 60
    while not any(one.stat().st_size for one in parts_in(folder)):
        assert monotonic() < deadline
        assert process.poll() is None
        sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert files_in(folder) == {}
    done = download(run, portal, folder)
    assert done.code == 0, done.err
    assert files_in(folder)["a.pdf"] == DATA
    assert file.asked[-1]["range"].startswith("bytes=")


def test_a_large_file_is_never_in_memory(hostile: Hostile, home: Path, folder: Path) -> None:
    size = 40_000_000
    lines = ("HTTP/1.1 200 OK", "Content-Type: application/pdf", f"Content-Length: {size}")
    head = "\r\n".join((*lines, "", "")).encode()
    file = OneFile(Drip((head, *[b"x" * 1_000_000] * 40), pause=0.0))
    script = (
        "import resource, sys; from massar_cli.__main__ import main; code = main(); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"
    )
    peaks = []
    for command in (("documents",), ("documents", "--download", str(folder))):
        ended = subprocess.run(
            [sys.executable, "-c", script, *command],
            env=surroundings(home, **hostile({FILE: file}).settings()),
            capture_output=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        peaks.append(int(ended.stderr.split()[-1]))
    assert size in [one.stat().st_size for one in folder.iterdir()]
    assert peaks[1] - peaks[0] < 15_000, "kilobytes"


def test_the_index_holds_no_address_and_no_secret(hostile: Hostile, run: Run, folder: Path) -> None:
    portal = hostile({FILE: OneFile(Reply(DATA, 200, WHOLE))})
    assert download(run, portal, folder).code == 0
    for file in folder.glob(".*"):
        assert file.stat().st_mode & 0o777 == 0o600
        text = file.read_text()
        assert PASSWORD not in text
        assert DEMO.code not in text
        assert FIRST not in text
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "a.pdf").stat().st_mode & 0o777 == 0o600
