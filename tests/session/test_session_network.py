"""Failures of one request that loopback cannot show: foreign hosts, TLS, names, proxies."""

import gzip
import socket
import ssl
from collections.abc import Iterator

import httpx
import pytest
import respx

from massar_cli.portal.network_errors import unavailable
from massar_cli.practice.students import DEMO
from tests.session.hostile import COOKIE, ONE_CARD, PASSWORD, Run, failed, sign_in_page

BASE = "https://massarservice.men.gov.ma/moutamadris"
LANDING = '<html><body><h1 class="welcomeUser"><span>Bonjour</span> SALMA</h1></body></html>'
ACCOUNT = {"MASSAR_CODE": DEMO.code, "MASSAR_PASSWORD": PASSWORD}
JOURNEY = ("journey", "--json")


ANY_CONTEXT = ssl.create_default_context()


@pytest.fixture(autouse=True)
def one_context(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the certificates once, not in every run: no handshake takes place here."""
    monkeypatch.setattr(ssl, "create_default_context", lambda **_named: ANY_CONTEXT)


@pytest.fixture
def portal() -> Iterator[respx.MockRouter]:
    """Stand in for the real portal as far as the sign-in; nothing else can be asked."""
    with respx.mock(assert_all_called=False) as router:
        form = f"<html><body>{sign_in_page()}</body></html>"
        router.get(f"{BASE}/Account", name="form").respond(html=form)
        router.post(f"{BASE}/Account", name="sign_in").respond(
            302,
            headers={
                "Location": "/moutamadris/General/Home",
                "Set-Cookie": f"canary={COOKIE}; path=/; secure",
            },
        )
        router.get(f"{BASE}/General/Home", name="home").respond(html=LANDING)
        router.get(f"{BASE}/TuteurEleves/GetScolariteEleve", name="journey")
        router.post(f"{BASE}/TuteurEleves/GetBulletins", name="card")
        yield router


def posts(portal: respx.MockRouter) -> int:
    return sum(PASSWORD in call.request.content.decode() for call in portal.calls)


def hosts(portal: respx.MockRouter) -> set[str]:
    return {call.request.url.host for call in portal.calls}


FOREIGN = (
    "https://evil.example/moutamadris/Account",
    "https://evil.example/moutamadris/TuteurEleves/GetScolariteEleve",
    "//evil.example/",
    "http://massarservice.men.gov.ma/moutamadris/General/Home",
    "http://massarservice.men.gov.ma/moutamadris/Whatever",
    "https://massarservice.men.gov.ma@evil.example/moutamadris/Whatever",
    "https://someone:else@massarservice.men.gov.ma/moutamadris/Whatever",
    "https://www.maroc.ma.gov.ma/moutamadris/Whatever",
    "https://men.gov.ma.evil.example/moutamadris/Whatever",
    "https://amen.gov.ma/moutamadris/Whatever",
    "http://127.0.0.1/moutamadris/Whatever",
    "https://localhost/moutamadris/Whatever",
    "https://[::1]/moutamadris/Whatever",
    "https://evil.example\\.men.gov.ma/moutamadris/Whatever",
    "https://evil.example%2f.men.gov.ma/moutamadris/Whatever",
)


@pytest.mark.parametrize("target", FOREIGN)
@pytest.mark.parametrize("place", ["sign_in", "journey"])
def test_a_redirect_to_a_foreign_host_or_to_http_ends_the_run(
    portal: respx.MockRouter, run: Run, place: str, target: str
) -> None:
    portal[place].respond(302, headers={"Location": target})
    done = run(*JOURNEY, **ACCOUNT)
    failed(done, 4)
    assert hosts(portal) == {"massarservice.men.gov.ma"}
    assert {call.request.url.scheme for call in portal.calls} == {"https"}
    assert posts(portal) == 1
    assert portal["journey"].call_count == (1 if place == "journey" else 0)


@pytest.mark.parametrize("target", FOREIGN[1::4])
def test_a_report_card_sent_elsewhere_is_not_followed(
    portal: respx.MockRouter, run: Run, target: str
) -> None:
    portal["card"].respond(302, headers={"Location": target})
    failed(run(*ONE_CARD, **ACCOUNT), 4)
    assert hosts(portal) == {"massarservice.men.gov.ma"}
    assert posts(portal) == 1


@pytest.mark.parametrize(
    "target", [":x://[y", "?http://[", "//[::1", "https://[v1.x]/", "http://["]
)
def test_a_redirect_that_is_no_address_ends_the_run(
    portal: respx.MockRouter, run: Run, target: str
) -> None:
    portal["journey"].respond(302, headers={"Location": target})
    done = run(*JOURNEY, **ACCOUNT)
    failed(done, 4)
    assert hosts(portal) == {"massarservice.men.gov.ma"}
    assert posts(portal) == 1


@pytest.mark.parametrize("name", ["waliye", "moutamadris", "www"])
def test_cookies_do_not_go_to_another_host_of_the_ministry(
    portal: respx.MockRouter, run: Run, name: str
) -> None:
    other = f"https://{name}.men.gov.ma/moutamadris/TuteurEleves/GetScolariteEleve"
    portal["journey"].respond(302, headers={"Location": other})
    answer = portal.get(other).respond(html="<p>x</p>")
    done = run(*JOURNEY, **ACCOUNT)
    assert done.code in (4, 5)
    assert done.out == ""
    assert not [call for call in answer.calls if "cookie" in call.request.headers]
    assert posts(portal) == 1


FAILURES = (
    (httpx.ConnectError("[Errno 111] Connection refused"), "connect"),
    (httpx.ConnectError("[Errno 101] Network is unreachable"), "connect"),
    (httpx.ConnectTimeout("x"), "time"),
    (httpx.ReadTimeout("x"), "time"),
    (httpx.WriteTimeout("x"), "time"),
    (httpx.PoolTimeout("x"), "time"),
    (httpx.ProxyError("407 Proxy Authentication Required"), "proxy"),
    (httpx.ReadError("[Errno 104] Connection reset by peer"), "cut off"),
    (httpx.WriteError("[Errno 32] Broken pipe"), "cut off"),
    (httpx.CloseError("x"), "cut off"),
    (httpx.RemoteProtocolError("Server disconnected without sending a response."), "cut off"),
    (httpx.LocalProtocolError("x"), "cut off"),
    (httpx.UnsupportedProtocol("x"), "cut off"),
    (httpx.DecodingError("x"), "cut off"),
    (httpx.TooManyRedirects("x"), "cut off"),
    (httpx.InvalidURL("Invalid port"), "address"),
)


@pytest.mark.parametrize(
    ("error", "word"), FAILURES, ids=[f"{type(e).__name__} {e}"[:50] for e, _ in FAILURES]
)
def test_every_failure_of_the_network_is_unavailable_and_costs_one_password_at_most(
    portal: respx.MockRouter, run: Run, error: Exception, word: str
) -> None:
    portal["sign_in"].mock(side_effect=error)
    assert word in failed(run(*JOURNEY, **ACCOUNT), 4)["message"].lower()
    assert posts(portal) == 1
    portal["sign_in"].mock(side_effect=None)
    portal["sign_in"].respond(302, headers={"Location": "/moutamadris/General/Home"})
    portal["journey"].mock(side_effect=error)
    assert word in failed(run(*JOURNEY, **ACCOUNT), 4)["message"].lower()
    assert posts(portal) == 2


def test_only_gzip_is_asked_for_and_no_language(portal: respx.MockRouter, run: Run) -> None:
    portal["journey"].respond(
        content=gzip.compress(b"<p>x</p>"),
        headers={"Content-Encoding": "gzip", "Content-Type": "text/html"},
    )
    failed(run(*JOURNEY, **ACCOUNT), 5)
    for call in portal.calls:
        assert call.request.headers["Accept-Encoding"] == "gzip"


def caused_by(cause: Exception) -> httpx.ConnectError:
    """Return an error as the library raises it, whose cause tells more than itself."""
    error = httpx.ConnectError(str(cause))
    error.__cause__ = cause
    return error


def certificate(code: int) -> httpx.ConnectError:
    cause = ssl.SSLCertVerificationError(1, "certificate verify failed")
    cause.verify_code = code
    return caused_by(cause)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (certificate(10), "expired"),
        (certificate(9), "not valid yet"),
        (certificate(62), "another host"),
        (certificate(64), "another host"),
        (certificate(18), "authority"),
        (certificate(20), "authority"),
        (caused_by(ssl.SSLCertVerificationError(1, "no code")), "authority"),
        (caused_by(ssl.SSLError(1, "tlsv1 alert protocol version")), "secure connection"),
        (
            caused_by(socket.gaierror(socket.EAI_NONAME, "Name or service not known")),
            "name could not be found",
        ),
        (
            caused_by(socket.gaierror(socket.EAI_AGAIN, "Temporary failure")),
            "name could not be found",
        ),
        (caused_by(socket.gaierror(11001, "getaddrinfo failed")), "name could not be found"),
    ],
)
def test_the_cause_of_a_failed_connection_is_named(error: httpx.ConnectError, words: str) -> None:
    explained = unavailable(error, httpx.URL(BASE))
    assert words in explained.message
    assert explained.may_pass == (words == "secure connection" or "Temporary" in str(error))
