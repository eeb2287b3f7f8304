"""Files of the practice portal: those in good form, and the bad ones."""

import io
import zipfile
from collections.abc import Callable
from itertools import islice
from urllib.parse import unquote, urlsplit

import httpx
import pytest
from bs4 import BeautifulSoup

from massar_cli.practice.addresses import FILES, SERVICES, file_address
from massar_cli.practice.editions import EDITIONS
from massar_cli.practice.life.files import HUGE, StoredFile
from massar_cli.practice.life.school_life import life_of
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.server import PracticeServer
from massar_cli.practice.students import DEMO, STUDENTS, PracticeStudent

SignIn = Callable[[PracticePortal, PracticeStudent], httpx.Client]
HOSTILE = next(one for one in STUDENTS if one.life == "hostile")
BOTH = pytest.mark.parametrize("edition", list(EDITIONS))


def files(student: PracticeStudent) -> dict[str, StoredFile]:
    """Give the documents by the English of their reference's source: their French link."""
    return {one.link.fr: one for one in life_of(student).documents}


def odd(behaviour: str) -> StoredFile:
    return next(one for one in life_of(HOSTILE).documents if one.behaviour == behaviour)


def url(file: StoredFile, edition: str = "2018") -> str:
    return f"http://127.0.0.1{file_address(EDITIONS[edition], file.ref)}"


def name_of(answer: httpx.Response) -> str | None:
    """Read the name as a browser does: the extended one wins."""
    header = answer.headers.get("Content-Disposition")
    if header is None:
        return None
    extended = header.partition("filename*=UTF-8''")[2]
    plain = str(header).partition('filename="')[2].partition('"')[0]
    return unquote(extended) if extended else plain.encode("latin-1").decode()


@BOTH
def test_every_link_of_every_page_opens_a_whole_file(sign_in: SignIn, edition: str) -> None:
    browser = sign_in(PracticePortal(edition=edition), DEMO)
    links: set[str] = set()
    for kind in ("documents", "homework", "messages"):
        page = BeautifulSoup(browser.get(SERVICES[edition][kind].lstrip("/")).text, "html.parser")
        links |= {str(one["href"]) for one in page.select("a[href]")}
    links = {one for one in links if one.startswith(f"/moutamadris{FILES[edition]}")}
    assert len(links) > 8
    starts = set()
    for link in links:
        answer = browser.get(f"http://127.0.0.1{link}")
        assert answer.status_code == 200
        assert int(answer.headers["Content-Length"]) == len(answer.content)
        starts.add(answer.content[:4])
        if answer.content.startswith(b"PK"):
            assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
        if answer.content.startswith(b"%PDF"):
            assert answer.content.endswith(b"%%EOF\n")
    assert starts >= {b"%PDF", b"\x89PNG", b"PK\x03\x04"}


def test_the_editions_name_a_file_in_different_places() -> None:
    file = odd("ranges")
    old, new = (urlsplit(url(file, edition)) for edition in ("2018", "2025"))
    assert file.ref in old.query
    assert file.ref in new.path
    assert old.path != new.path


def test_names_of_the_usual_documents(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(), DEMO)
    names = {link: name_of(browser.get(url(file))) for link, file in files(DEMO).items()}
    assert names["Certificat de scolarité"] == "شهادة مدرسية 2026-2027.pdf"
    assert names["Plan de l'établissement"] is None
    assert names["Règlement intérieur - engagement"] == "النظام الداخلي.docx"
    values = list(names.values())
    assert values.count("releve.pdf") == 2


def test_hostile_names_arrive_as_they_are(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(), HOSTILE)
    names = [
        name_of(browser.get(url(one)))
        for one in life_of(HOSTILE).documents
        if one.behaviour == "plain" and one.naming != "raw"
    ]
    assert {
        "../../etc/passwd",
        r"..\..\Windows\win.ini",
        "/tmp/certificat.pdf",
        "rouge\x1b[31m\r\nX-Header: 1\0.pdf",
        "شهادة \u202efdp.exe",
        "CON.pdf",
        "aux .txt. ",
        "..",
        "AVIS.PDF",
        None,
    } <= set(names)
    assert names.count("avis.pdf") == 2
    assert max(len((name or "").encode()) for name in names) > 600
    # No header was smuggled in.
    control = next(one for one in life_of(HOSTILE).documents if "\x1b" in one.name)
    assert "X-Header" not in browser.get(url(control)).headers
    for edition in EDITIONS:
        page = sign_in(PracticePortal(edition=edition), HOSTILE).get(
            SERVICES[edition]["documents"].lstrip("/")
        )
        assert "../../etc/passwd" in page.text
        assert "\u202e" in page.text
        assert "\x1b[31m" in page.text


def test_a_page_may_stand_where_a_file_should(sign_in: SignIn) -> None:
    answer = sign_in(PracticePortal(), HOSTILE).get(url(odd("error-page")))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Content-Disposition" not in answer.headers
    assert "Server Error" in answer.text


@BOTH
def test_without_a_session_one_file_is_the_sign_in_page_and_others_lead_there(
    sign_in: SignIn, edition: str
) -> None:
    portal = PracticePortal(edition=edition)
    browser = sign_in(portal, HOSTILE)
    assert browser.get(url(odd("sign-in-page"), edition)).content.startswith(b"%PDF")
    portal.expire_sessions()
    answer = browser.get(url(odd("sign-in-page"), edition))
    assert answer.status_code == 200
    assert 'name="Password"' in answer.text
    answer = browser.get(url(odd("ranges"), edition))
    assert answer.status_code == 302
    assert "ReturnUrl" in answer.headers["Location"]


def test_a_file_can_be_resumed_where_the_portal_says_so(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(), HOSTILE)
    address = url(odd("ranges"))
    whole = browser.get(address)
    assert whole.headers["Accept-Ranges"] == "bytes"
    tag, changed = whole.headers["ETag"], whole.headers["Last-Modified"]
    part = browser.get(address, headers={"Range": "bytes=100-", "If-Range": tag})
    size = len(whole.content)
    assert part.status_code == 206
    assert part.headers["Content-Range"] == f"bytes 100-{size - 1}/{size}"
    assert whole.content[:100] + part.content == whole.content
    assert part.headers["Content-Disposition"] == whole.headers["Content-Disposition"]
    stale = browser.get(address, headers={"Range": "bytes=100-", "If-Range": '"other"'})
    assert (stale.status_code, stale.content) == (200, whole.content)
    beyond = browser.get(address, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{size}")
    for headers in ({"If-None-Match": tag}, {"If-Modified-Since": changed}):
        assert browser.get(address, headers=headers).status_code == 304
    other = next(one for one in life_of(HOSTILE).documents if one.link.fr == "Avis")
    plain = browser.get(url(other), headers={"Range": "bytes=100-"})
    assert plain.status_code == 200
    assert {"ETag", "Last-Modified", "Accept-Ranges"}.isdisjoint(plain.headers)


def test_the_huge_file_is_made_while_it_is_sent(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(), HOSTILE)
    with browser.stream("GET", url(odd("huge"))) as answer:
        assert int(answer.headers["Content-Length"]) == HUGE
        first = list(islice(answer.iter_raw(), 3))
    assert sum(map(len, first)) < HUGE / 100


def test_a_real_connection_carries_what_is_odd(sign_in: SignIn) -> None:
    portal = PracticePortal()
    cookies = sign_in(portal, HOSTILE).cookies
    with PracticeServer(portal) as server, httpx.Client(trust_env=False) as browser:
        browser.cookies.update({name: str(value) for name, value in cookies.items()})
        base = server.url.removesuffix("/moutamadris")
        huge, lying = (f"{base}{urlsplit(url(odd(one))).path}" for one in ("huge", "lying"))
        with browser.stream("GET", huge, params={"ref": odd("huge").ref}) as answer:
            assert sum(map(len, answer.iter_raw())) == HUGE
        with pytest.raises(httpx.RemoteProtocolError):
            browser.get(lying, params={"ref": odd("lying").ref})
        # The server has hung up, and takes a new connection.
        assert browser.get(f"{server.url}/Account").status_code == 200
        raw = next(one for one in life_of(HOSTILE).documents if one.naming == "raw")
        (disposition,) = [
            value
            for name, value in browser.get(huge, params={"ref": raw.ref}).headers.raw
            if name.lower() == b"content-disposition"
        ]
        assert "نظام المطعم.pdf".encode() in disposition
        head = browser.head(huge, params={"ref": odd("huge").ref})
        assert head.headers["Content-Length"] == str(HUGE)


@BOTH
def test_an_unknown_file_is_not_found(sign_in: SignIn, edition: str) -> None:
    browser = sign_in(PracticePortal(edition=edition), DEMO)
    for ref in ("0" * 20, "", "../x", odd("ranges").ref):
        address = file_address(EDITIONS[edition], ref)
        assert browser.get(f"http://127.0.0.1{address}").status_code == 404
