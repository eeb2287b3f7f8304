"""The practice portal's faults: when they strike, and that each does what its name says."""

import gzip
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import trustme

from massar_cli.practice import wire
from massar_cli.practice.faults import FAULTS, FaultPlan, Place, parse_fault
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.server import PracticeServer, context_of
from massar_cli.practice.students import DEMO, STUDENTS, PracticeStudent

Visit = Callable[[PracticePortal], httpx.Client]
SignIn = Callable[[PracticePortal, PracticeStudent], httpx.Client]
ASK = b"GET /moutamadris/Account HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname, parts.port), timeout=10)


def all_of(url: str) -> bytes:
    """Return every byte that comes in answer to the sign-in page's GET."""
    with connect(url) as connection:
        connection.sendall(ASK)
        return b"".join(iter(lambda: connection.recv(65536), b""))


# When a fault strikes


def struck(plan: FaultPlan, count: int, method: str = "GET", path: str = "/account") -> str:
    """Return a letter for each of several requests: the fault's first one, or a dot."""
    names = [plan.strike(method, path, student_code=None) for _request in range(count)]
    return "".join(name[0] if name else "." for name in names)


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        (["empty"], "eeeeee"),
        (["empty@2"], "..eeee"),
        (["emptyx2"], "ee...."),
        (["empty@1x3"], ".eee.."),
        (["empty@1x1", "busy@3x2"], ".e.bb."),
        (["emptyx2", "busyx2"], "eebb.."),
        (["busy", "empty"], "bbbbbb"),
        (["locked", "busy@4"], "....bb"),
        ([], "......"),
    ],
)
def test_a_fault_begins_after_so_many_answers_and_lasts_so_many_strikes(
    faults: list[str], expected: str
) -> None:
    assert struck(FaultPlan(faults), 6) == expected


def test_a_fault_counts_every_answer_but_only_the_strikes_at_its_own_place() -> None:
    plan = FaultPlan(["locked@2x1"])
    assert struck(plan, 1, "POST") == "."
    assert struck(plan, 4) == "...."
    assert struck(plan, 3, "POST") == "l.."


@pytest.mark.parametrize(
    ("place", "struck_there"),
    [
        (Place.FORM, "GET /account, POST /account, POST /account/login"),
        (Place.PASSWORD, "POST /account, POST /account/login"),
        (Place.DATA, "GET /tuteureleves/getinfoeleve, POST /tuteureleves/getbulletins"),
        (Place.PROFILE, "GET /tuteureleves/getinfoeleve"),
        (Place.ANY, None),
    ],
)
def test_a_fault_strikes_at_its_place_alone(place: Place, struck_there: str | None) -> None:
    requests = (
        "GET /account, POST /account, POST /account/login, GET /general/home, "
        "GET /tuteureleves/getinfoeleve, POST /tuteureleves/getbulletins, GET "
    )
    name = next(name for name, fault in FAULTS.items() if fault.place is place)
    there = [
        request
        for request in requests.split(", ")
        if FaultPlan([name]).strike(*request.split(" "), student_code=DEMO.code)
    ]
    assert ", ".join(there) == (struck_there or requests)


def test_nobody_is_struck_at_a_data_page_before_the_sign_in() -> None:
    plan = FaultPlan(["session-lost", "another-student"])
    assert plan.strike("GET", "/tuteureleves/getinfoeleve", student_code=None) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "Busy",
        "busy@",
        "busy@x1",
        "busyx0",
        "busy@-1",
        "busy x1",
        "busy@1.5",
        "busy:x",
        "busy:X13000000",
        "busy:x130000001x1",
    ],
)
def test_a_fault_that_is_none_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not written as|there is no fault"):
        PracticePortal(faults=[text])


def test_an_unknown_name_is_told_with_all_that_are_known() -> None:
    with pytest.raises(ValueError, match="nonsense") as raised:
        parse_fault("nonsense@3")
    assert ", ".join(FAULTS) in str(raised.value)


def test_a_refused_connection_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="takes no xTIMES"):
        parse_fault("refused-connectionx1")


@pytest.mark.parametrize("name", ["captcha", "wrong-password", "refused-connection"])
def test_what_happens_before_the_sign_in_knows_no_student(name: str) -> None:
    with pytest.raises(ValueError, match="takes no :CODE"):
        parse_fault(f"{name}:{DEMO.code}")


@pytest.mark.parametrize(
    ("path", "code", "struck"),
    [
        ("/tuteureleves/getinfoeleve", DEMO.code, True),
        ("/viescolaire/registre", DEMO.code, True),
        ("/scolarite/piece", DEMO.code, True),
        ("/general/home", DEMO.code, False),
        ("/account", DEMO.code, False),
        ("/tuteureleves/getinfoeleve", "X130000002", False),
        ("/tuteureleves/getinfoeleve", None, False),
    ],
)
def test_a_fault_of_one_student_strikes_that_students_pages_alone(
    path: str, code: str | None, struck: bool
) -> None:
    plan = FaultPlan([f"busyx1:{DEMO.code}"])
    assert (plan.strike("GET", path, student_code=code) == "busy") is struck


# What is answered, without a network


@pytest.mark.parametrize(
    ("name", "status", "wait"),
    [
        ("blocked", 403, None),
        ("too-many", 429, None),
        ("too-many-wait", 429, "1"),
        ("busy", 503, None),
        ("busy-wait", 503, "1"),
        ("error", 500, None),
        ("maintenance", 200, None),
        ("empty", 200, None),
    ],
)
@pytest.mark.parametrize("edition", ["2018", "2025"])
def test_outages_have_their_status(
    visit: Visit, edition: str, name: str, status: int, wait: str | None
) -> None:
    portal = PracticePortal(edition=edition, faults=[f"{name}x1"])
    browser = visit(portal)
    answer = browser.get("Account")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, wait)
    assert "<form" not in answer.text
    assert browser.get("Account").text.count("<form") == 1
    assert [one.status for one in portal.journal] == [status, 200]


@pytest.mark.parametrize(("language", "word"), [("ar", "صيانة"), ("fr", "maintenance")])
def test_maintenance_is_told_in_the_pages_language(visit: Visit, language: str, word: str) -> None:
    portal = PracticePortal(language=language, faults=["maintenance"])
    assert word in visit(portal).get("Account").text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wrong-password", "اسم المستخدم أو كلمة المرور غير صالحة"),
        ("locked", "مقفل"),
        ("activation", "لتفعيل حسابكم"),
    ],
)
def test_the_right_password_is_refused_on_the_form_with_the_reason(
    visit: Visit, fill: Callable[..., dict[str, str]], name: str, words: str
) -> None:
    portal = PracticePortal(faults=[name])
    browser = visit(portal)
    typed = fill(browser.get("Account"), UserName=DEMO.user_name, Password=DEMO.password)
    answer = browser.post("Account", data=typed)
    assert answer.status_code == 200
    _before, mark, after = answer.text.partition('<div class="validation-summary-errors"')
    assert mark
    assert words in after.partition("</div>")[0]
    assert browser.get("TuteurEleves/GetInfoEleve").status_code == 302


def test_a_bomb_is_small_and_unpacks_to_far_more_than_a_page(visit: Visit) -> None:
    browser = visit(PracticePortal(faults=["bomb"]))
    with browser.stream("GET", "Account") as answer:
        packed = b"".join(answer.iter_raw())
    assert len(packed) < 100_000
    assert len(gzip.decompress(packed)) > 3 * 8 * 1024 * 1024


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_wrong_charset_is_no_utf8(visit: Visit, language: str) -> None:
    browser = visit(PracticePortal(language=language, faults=["wrong-charset"]))
    answer = browser.get("Account")
    assert "utf-8" in answer.headers["Content-Type"]
    with pytest.raises(UnicodeDecodeError):
        answer.content.decode()
    assert ("كلمة المرور" if language == "ar" else "é") in answer.content.decode("cp1256")


def test_another_students_page_is_whole_and_nobodys_session_changes(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(faults=["another-student@2x1"]), DEMO)
    assert STUDENTS[1].code in browser.get("TuteurEleves/GetInfoEleve").text
    assert DEMO.code in browser.get("TuteurEleves/GetInfoEleve").text


def test_a_lost_session_stays_lost(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(faults=["session-lost@2x1"]), DEMO)
    first = browser.get("TuteurEleves/GetScolariteEleve")
    assert first.headers["Location"].startswith("/moutamadris/Account?ReturnUrl=")
    script = {"X-Requested-With": "XMLHttpRequest"}
    assert browser.post("TuteurEleves/GetBulletins", headers=script).status_code == 401


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.is_wire])
def test_a_fault_of_the_wire_without_a_wire_is_not_passed_over(visit: Visit, name: str) -> None:
    portal = PracticePortal(faults=[name])
    if name == "refused-connection":
        assert portal.refuses_connections
        return
    with pytest.raises(RuntimeError, match="needs a real connection"):
        visit(portal).get("Account")


# How the bytes arrive


def test_a_refused_connection_is_refused_from_the_start_or_after_the_last_answer() -> None:
    with (
        PracticeServer(PracticePortal(faults=["refused-connection"])) as server,
        pytest.raises(ConnectionRefusedError),
    ):
        connect(server.url)
    portal = PracticePortal(faults=["refused-connection@2"])
    with PracticeServer(portal) as server, httpx.Client(trust_env=False) as client:
        answers = [client.get(f"{server.url}/Account") for _request in range(2)]
        assert [one.headers.get("Connection") for one in answers] == [None, "close"]
        with pytest.raises(httpx.ConnectError):
            client.get(f"{server.url}/Account")
    assert len(portal.journal) == 2


def test_a_reset_is_one() -> None:
    with (
        PracticeServer(PracticePortal(faults=["reset"])) as server,
        pytest.raises(ConnectionResetError),
    ):
        all_of(server.url)


def test_answers_break_off_half_way() -> None:
    with PracticeServer(PracticePortal()) as server:
        whole = httpx.get(f"{server.url}/Account", trust_env=False).content
    half = len(whole) // 2
    for name, sign in (
        ("cut-short", f"content-length: {len(whole)}"),
        ("dropped", "transfer-encoding: chunked"),
        ("cut-unmarked", None),
    ):
        with PracticeServer(PracticePortal(faults=[name])) as server:
            head, _, body = all_of(server.url).partition(b"\r\n\r\n")
        lines = head.decode().lower().split("\r\n")
        assert [line for line in lines if line.startswith(("content-len", "transfer"))] == (
            [sign] if sign else []
        )
        assert len(body.partition(b"\r\n")[2] if name == "dropped" else body) == half


def test_silence_lasts_until_the_client_goes() -> None:
    with (
        PracticeServer(PracticePortal(faults=["silent"])) as server,
        connect(server.url) as connection,
    ):
        connection.sendall(ASK)
        connection.settimeout(0.3)
        with pytest.raises(TimeoutError):
            connection.recv(1)


@pytest.mark.parametrize(("name", "comes_at_once"), [("drip", True), ("drip-head", False)])
def test_a_drip_is_slow_in_the_body_or_in_the_head_already(
    monkeypatch: pytest.MonkeyPatch, name: str, comes_at_once: bool
) -> None:
    monkeypatch.setattr(wire, "_SECONDS_A_BYTE", 0.2)
    with PracticeServer(PracticePortal(faults=[name])) as server, connect(server.url) as connection:
        started = time.monotonic()
        connection.sendall(ASK)
        came = b""
        while time.monotonic() - started < 1.5:
            came += connection.recv(65536)
    assert (b"\r\n\r\n" in came) is comes_at_once
    slow = came.partition(b"\r\n\r\n")[2] if comes_at_once else came
    assert 1 <= len(slow) <= 10


def test_an_endless_body_goes_on_past_any_page() -> None:
    with (
        PracticeServer(PracticePortal(faults=["endless"])) as server,
        connect(server.url) as connection,
    ):
        connection.sendall(ASK)
        count = 0
        while count < 10 * 1024 * 1024:
            part = connection.recv(1 << 20)
            assert part
            count += len(part)


def test_a_fault_on_one_connection_leaves_the_next_alone() -> None:
    with PracticeServer(PracticePortal(faults=["resetx1"])) as server:
        with pytest.raises(ConnectionResetError):
            all_of(server.url)
        assert httpx.get(f"{server.url}/Account", trust_env=False).status_code == 200


# https


def test_it_speaks_https_with_a_certificate(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    authority = trustme.CA()
    file = tmp_path / "certificate.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(file))
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with PracticeServer(PracticePortal(faults=["reset@1x1"]), context=context_of(file)) as server:
        assert server.url.startswith("https://127.0.0.1:")
        with httpx.Client(verify=trusting, trust_env=False) as client:
            assert client.get(f"{server.url}/Account").status_code == 200
            with pytest.raises(httpx.TransportError):
                client.get(f"{server.url}/Account")
            assert client.get(f"{server.url}/Account").status_code == 200
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            httpx.get(f"{server.url}/Account", trust_env=False)
        with connect(server.url) as connection:
            connection.sendall(ASK)  # plain http, which no handshake is
            connection.recv(100)
    assert capfd.readouterr() == ("", "")
