"""Answers that are cut, packed, huge, slow or no page: never printed as if they were whole."""

import gzip
import json
import re
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest

from tests.session.hostile import (
    CARD,
    COOKIE,
    FORM,
    HOME,
    JOURNEY,
    MOUNT,
    ONE_CARD,
    PROFILE,
    SIGN_IN,
    YEARS,
    Asked,
    Broken,
    Drip,
    HostilePortal,
    Reaction,
    Reply,
    Run,
    failed,
    page,
    redirect,
)

Hostile = Callable[..., HostilePortal]
Change = Callable[[Reply], Reaction]

WHERE = {
    CARD: ONE_CARD,
    JOURNEY: ("journey", "--json"),
    PROFILE: ("profile", "--json"),
    YEARS: ("grades", "--year", "all", "--json"),
}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
CLOSING = re.compile(rb"</(?:div|dl|ul|table|tbody|tr|td|p|dd|section|script|a)>|-->")


def changed(change: Change) -> Callable[[Asked], Reaction]:
    return lambda asked: change(asked.real())


def packed(reply: Reply, body: bytes, encoding: str = "gzip") -> Reply:
    return reply._replace(body=body, headers=(*reply.headers, ("Content-Encoding", encoding)))


def chunked(body: bytes, *, is_ended: bool) -> bytes:
    return b"%x\r\n%s\r\n%s" % (len(body), body, b"0\r\n\r\n" if is_ended else b"")


def data_of(run: Run, portal: HostilePortal, command: tuple[str, ...] = ONE_CARD) -> object:
    done = run(*command, **portal.settings())
    assert done.code == 0, done.err
    return json.loads(done.out)["data"]


def test_the_canary_cookie_does_reach_the_session_file(hostile: Hostile, run: Run) -> None:
    portal = hostile()
    data_of(run, portal)
    data_of(run, portal)
    assert [one for one in portal.asked if one == CARD] == [CARD, CARD]
    (sent,) = portal.passwords_sent
    assert COOKIE in sent.headers["Cookie"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda real: packed(real, gzip.compress(real.body)), id="gzip"),
        pytest.param(lambda real: packed(real, gzip.compress(real.body), "GZIP"), id="GZIP"),
        pytest.param(lambda real: packed(real, real.body, "identity"), id="identity"),
        pytest.param(lambda real: real._replace(has_length=False), id="no length"),
        pytest.param(
            lambda real: packed(real, gzip.compress(real.body))._replace(has_length=False),
            id="gzip without a length",
        ),
        pytest.param(
            lambda real: Broken(
                HEAD
                + b"Transfer-Encoding: chunked\r\n\r\n"
                + chunked(real.body[:700], is_ended=False)
                + chunked(real.body[700:], is_ended=True)
            ),
            id="chunked",
        ),
        pytest.param(
            lambda real: real._replace(body=b"\xef\xbb\xbf" + real.body), id="byte-order mark"
        ),
        pytest.param(
            lambda real: real._replace(headers=(("Content-Type", "text/html; charset=latin1"),)),
            id="a header that names another charset",
        ),
        pytest.param(lambda real: real._replace(headers=()), id="no content type"),
    ],
)
def test_a_whole_answer_is_read_however_it_is_sent(
    hostile: Hostile, run: Run, change: Change
) -> None:
    portal = hostile()
    expected = data_of(run, portal)
    portal.rules = {CARD: changed(change)}
    assert data_of(run, portal) == expected


def too_large(real: Reply) -> Reply:
    return real._replace(body=b" " * (8 << 20) + b"x")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda real: packed(real, gzip.compress(real.body)[:-200]), id="gzip, cut in the data"
        ),
        pytest.param(
            lambda real: packed(real, gzip.compress(real.body)[:-4]), id="gzip, cut in its end"
        ),
        pytest.param(
            lambda real: packed(real, gzip.compress(real.body)[:-9])._replace(has_length=False),
            id="gzip, cut without a length",
        ),
        pytest.param(
            lambda real: packed(real, gzip.compress(real.body)[:-8] + b"\0" * 8),
            id="gzip, wrong sum",
        ),
        pytest.param(lambda real: packed(real, real.body), id="gzip that is none"),
        pytest.param(lambda real: packed(real, b""), id="gzip of nothing at all"),
        pytest.param(
            lambda real: packed(real, gzip.compress(gzip.compress(real.body)), "gzip, gzip"),
            id="gzip twice",
        ),
        pytest.param(lambda real: packed(real, zlib.compress(real.body), "deflate"), id="deflate"),
        pytest.param(lambda real: packed(real, real.body, "br"), id="br"),
        pytest.param(lambda real: packed(real, real.body, "zstd"), id="zstd"),
        pytest.param(lambda real: packed(real, real.body, "é"), id="an encoding of no name"),
        pytest.param(too_large, id="too large"),
        pytest.param(lambda real: real._replace(announced=len(real.body) + 1), id="a byte missing"),
        pytest.param(
            lambda real: real._replace(body=real.body[:900], announced=len(real.body)), id="cut"
        ),
        pytest.param(
            lambda real: Broken(
                HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(real.body), real.body[:900]),
                reset=True,
            ),
            id="cut by a reset",
        ),
        pytest.param(
            lambda real: Broken(
                HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(real.body, is_ended=False)
            ),
            id="chunks that do not end",
        ),
        pytest.param(
            lambda _: Broken(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), id="no chunks"
        ),
        pytest.param(lambda _: Broken(HEAD + b"Content-Length: -1\r\n\r\nx"), id="length -1"),
        pytest.param(
            lambda _: Broken(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
            id="two lengths",
        ),
        pytest.param(lambda _: Broken(b"SSH-2.0-OpenSSH\r\n"), id="no HTTP"),
        pytest.param(lambda _: Broken(b"HTTP/1.1 two hundred\r\n\r\n"), id="no status"),
        pytest.param(lambda _: Broken(b"\0" * 300_000), id="zeros"),
        pytest.param(lambda _: Broken(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000), id="long head"),
        pytest.param(lambda real: real._replace(body=b""), id="empty"),
        pytest.param(lambda real: real._replace(body=b"\r\n\t "), id="blank"),
        pytest.param(lambda real: real._replace(body=b"", has_length=False), id="empty, closed"),
    ],
)
def test_a_cut_or_damaged_answer_is_unavailable_and_nothing_is_printed(
    hostile: Hostile, run: Run, change: Change
) -> None:
    portal = hostile({CARD: changed(change)})
    failed(run(*ONE_CARD, **portal.settings()), 4)
    assert portal.posts == 1
    # What is too large once is so again.
    assert portal.asked.count(CARD) == (1 if change is too_large else 3)


def test_a_small_answer_that_unpacks_to_a_huge_one_is_refused_in_little_memory(
    hostile: Hostile, run: Run
) -> None:
    packer = zlib.compressobj(1, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(128)) + packer.flush()
    assert len(bomb) < 1 << 20
    portal = hostile({CARD: changed(lambda real: packed(real, bomb))})
    settings = portal.settings()
    data = run("profile", "--json", **settings)
    assert data.code == 0
    tracemalloc.start()
    try:
        failed(run(*ONE_CARD, **settings), 4)
        assert tracemalloc.get_traced_memory()[1] < 48 << 20
    finally:
        tracemalloc.stop()


def test_what_follows_a_packed_half_is_not_left_out(hostile: Hostile, run: Run) -> None:
    def in_two(real: Reply) -> Reply:
        end = real.body.index(b"</tr>", real.body.index(b"<tbody>")) + 5
        halves = gzip.compress(real.body[:end]), gzip.compress(real.body[end:])
        return packed(real, b"".join(halves))

    portal = hostile()
    expected = data_of(run, portal, WHERE[JOURNEY])
    portal.rules = {JOURNEY: changed(in_two)}
    done = run(*WHERE[JOURNEY], **portal.settings())
    if done.code == 0:
        assert json.loads(done.out)["data"] == expected
    else:
        failed(done, 4)


@pytest.mark.parametrize("place", [CARD, JOURNEY, PROFILE])
def test_a_page_cut_where_nothing_tells_its_length_is_never_printed(
    hostile: Hostile, run: Run, place: str
) -> None:
    portal = hostile()
    data_of(run, portal, WHERE[place])
    whole: list[bytes] = []

    def keep(real: Reply) -> Reply:
        whole.append(real.body)
        return real

    portal.rules = {place: changed(keep)}
    data_of(run, portal, WHERE[place])
    body = whole[0].rstrip()
    ends = [match.end() for match in CLOSING.finditer(body)]
    last = ends.pop() if ends[-1] == len(body) else len(body)
    wanted = {end for end in ends if body[:end].endswith((b"</div>", b"</dl>", b"</script>"))}
    wanted |= set(ends[:: max(1, len(ends) // 4)])
    printed = []
    for end in sorted(wanted):
        portal.rules = {
            place: Reply(body[:end], headers=(("Content-Type", "text/html"),), has_length=False)
        }
        done = run("--now", *WHERE[place], **portal.settings())
        if (done.code, done.out) != (4, ""):
            printed.append((last - end, done.code, bool(done.out), body[:end][-60:]))
    assert printed == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(Reply(b'{"UserName": 1}', 200, (("Content-Type", "application/json"),)), 5),
        pytest.param(Reply(b"[]", 200, (("Content-Type", "text/json; charset=utf-8"),)), 5),
        pytest.param(Reply(b'{"a": 1}'), 5, id="JSON that says it is HTML"),
        pytest.param(Reply(b"%PDF-1.7 \xff\xfe", 200, (("Content-Type", "application/pdf"),)), 5),
        pytest.param(Reply(b"%PDF-1.7 \xff\xfe"), 5, id="PDF that says it is HTML"),
        pytest.param(Reply("<p>Élève</p>".encode("latin-1")), 5, id="latin-1"),
        pytest.param(Reply("<p>المادة</p>".encode("windows-1256")), 5, id="windows-1256"),
        pytest.param(Reply("<p>Élève</p>".encode("utf-16")), 5, id="utf-16"),
        pytest.param(page("<h1>الموقع في صيانة</h1>"), 4, id="maintenance, Arabic"),
        pytest.param(page("<h1>SITE EN MAINTENANCE</h1>"), 4, id="maintenance, French"),
        pytest.param(page("<p>Service indisponible</p>"), 4, id="unavailable, French"),
        pytest.param(page("<p>Hello</p>"), 5, id="another page"),
        pytest.param(page("x", status=403), 4),
        pytest.param(page("x", status=404), 5),
        pytest.param(page("x", status=410), 5),
        pytest.param(page("x", status=429), 4),
        pytest.param(page("x", status=500), 4),
        pytest.param(Reply(b'{"UserName": "x"}', 503, (("Content-Type", "application/json"),)), 4),
        pytest.param(Reply(b'{"UserName": "x"}', 403, (("Content-Type", "application/json"),)), 4),
        pytest.param(
            Reply(b"<form UserName Password \xff", 404, (("Content-Type", "text/html"),)), 5
        ),
    ],
)
def test_what_is_no_such_page_has_its_own_exit_code_and_no_second_password(
    hostile: Hostile, run: Run, answer: Reply, code: int
) -> None:
    portal = hostile({CARD: answer})
    failed(run(*ONE_CARD, **portal.settings()), code)
    assert portal.posts == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(Reply(b"{}", 200, (("Content-Type", "application/json"),)), 5, id="JSON"),
        pytest.param(Reply("é".encode("latin-1")), 5, id="latin-1"),
        pytest.param(page("<h1>صيانة</h1>"), 4, id="maintenance"),
        pytest.param(Reply(b" " * (9 << 20)), 4, id="too large"),
        pytest.param(Reply(b"<p>x", has_length=False), 4, id="cut"),
        pytest.param(page("<div>" * 100_000), 5, id="deep"),
    ],
)
@pytest.mark.parametrize(("place", "posts"), [(FORM, 0), (SIGN_IN, 1), (HOME, 1)])
def test_the_pages_of_the_sign_in_are_read_as_carefully(
    hostile: Hostile, run: Run, place: str, posts: int, answer: Reply, code: int
) -> None:
    portal = hostile({place: answer})
    failed(run(*ONE_CARD, **portal.settings()), code)
    assert portal.posts == posts


def pieces(count: int, piece: bytes = b" ") -> Iterator[bytes]:
    return (piece for _ in range(count))


@pytest.mark.parametrize(
    "reaction",
    [
        pytest.param(Drip((HEAD + b"Content-Length: 9999\r\n\r\n", *pieces(3_000))), id="body"),
        pytest.param(Drip((HEAD + b"Connection: close\r\n\r\n", *pieces(3_000))), id="no length"),
        pytest.param(
            Drip((HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *pieces(3_000, b"1\r\n \r\n"))),
            id="chunks",
        ),
        pytest.param(
            Drip(
                (
                    HEAD + b"Content-Encoding: gzip\r\nContent-Length: 9999\r\n\r\n",
                    gzip.compress(b"")[:10],
                    *pieces(3_000, b"\0\0\0\xff\xff"),
                )
            ),
            id="gzip of nothing",
        ),
        pytest.param(Drip((b"HTTP/1.1 200 OK\r\nX: ", *pieces(3_000, b"x"))), id="head"),
        pytest.param(
            Drip(pieces(3_000, b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n")),
            id="early hints",
        ),
    ],
)
def test_an_answer_that_drips_in_ends_with_the_time_for_a_page(
    hostile: Hostile,
    run: Run,
    reaction: Reaction,
) -> None:
    portal = hostile({CARD: reaction})
    started = time.monotonic()
    failed(run("--timeout", "1", *ONE_CARD, **portal.settings()), 4)
    assert time.monotonic() - started < 30  # not the 60 that the drip takes


BAD_LOCATIONS = (
    "http://[bad",
    "http://[::1",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:abc/",
    "http://",
    "//",
    "///",
    "https:///moutamadris",
    "http://127.0.0.1\\evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://a b/",
    "/moutamadris/\x01\x7f",
    "/moutamadris/%zz%",
    "http://xn--a.men.gov.ma/",
    "https://" + "a" * 300 + ".men.gov.ma/",
    "?" + "x" * 70_000,
    "",
    " ",
)


@pytest.mark.parametrize("location", BAD_LOCATIONS, ids=[repr(one)[:30] for one in BAD_LOCATIONS])
def test_a_redirect_to_no_address_is_an_error_of_the_portals(
    hostile: Hostile, run: Run, location: str
) -> None:
    portal = hostile()
    for place, posts in ((SIGN_IN, 1), (CARD, 2), (JOURNEY, 2)):
        portal.rules = {place: redirect(location)}
        done = run(*WHERE.get(place, ONE_CARD), **portal.settings())
        # A location that is empty after its scheme is the address itself: the form again.
        same = place == SIGN_IN and location in ("http://", "//", "///") and done.code == 3
        failed(done, done.code if same or done.code == 5 else 4)
        assert portal.posts == posts


@pytest.mark.parametrize(
    ("place", "posts"), [(FORM, 0), (SIGN_IN, 1), (HOME, 1), (JOURNEY, 1), (YEARS, 1), (CARD, 1)]
)
@pytest.mark.parametrize("status", [302, 307])
def test_redirects_without_an_end_are_given_up(
    hostile: Hostile, run: Run, place: str, posts: int, status: int
) -> None:
    def onward(asked: Asked) -> Reply:
        path = f"{MOUNT}/Loop" if place == SIGN_IN else asked.path
        return redirect(f"{path}?turn={len(portal.asked)}", status)

    again = "GET /Loop" if place == SIGN_IN else place.replace("POST", "GET")
    portal = hostile({place: onward, again: onward})
    done = run(*WHERE.get(place, ONE_CARD), **portal.settings())
    # A report card is posted for, so a redirect of it leads nowhere that could be one.
    failed(done, 5 if place == CARD else 4)
    assert portal.posts == posts
    assert len(portal.asked) < 12


def test_malformed_links_on_the_pages_of_the_sign_in_do_no_harm(hostile: Hostile, run: Run) -> None:
    links = "".join(
        f'<a href="{href}">x</a>' for href in ("http://[bad", "//[", "http://:x/", "\x01", "é", "")
    ).encode()

    def with_links(real: Reply) -> Reply:
        return real._replace(body=real.body.replace(b"<body", links + b"<body"))

    portal = hostile({FORM: changed(with_links), HOME: changed(with_links)})
    assert run(*ONE_CARD, **portal.settings()).code == 0


@pytest.mark.parametrize(
    "value",
    [
        "odd=é; path=/",
        "odd=الدورة".encode().decode("latin-1"),
        "é=1; path=/",
        "odd=a\x01b; path=/",
        "odd=1; expires=Thu, 99 Foo 99999 99:99:99 GMT; path=/",
        "odd=1; max-age=99999999999999999999; path=/",
        "odd=1; domain=.evil.example; path=/",
        "odd=1; path=é",
        "=; ;=;",
        "",
    ],
)
def test_a_cookie_of_odd_letters_fails_no_run_now_or_later(
    hostile: Hostile, run: Run, value: str
) -> None:
    def with_cookie(real: Reply) -> Reply:
        return real._replace(headers=(*real.headers, ("Set-Cookie", value)))

    portal = hostile()
    for place in (CARD, FORM):
        portal.rules = {place: changed(with_cookie)}
        first = run(*ONE_CARD, **portal.settings())
        assert first.code in (0, 4), first.err
        portal.rules = {}
        assert run(*ONE_CARD, **portal.settings()).code == 0


def test_a_redirect_of_odd_letters_within_the_portal_is_followed(
    hostile: Hostile, run: Run
) -> None:
    place = f"{MOUNT}/General/Home?name=سلمى é".encode().decode("latin-1")

    def odd(asked: Asked) -> Reply:
        real = asked.real()
        kept = tuple((name, text) for name, text in real.headers if name != "Location")
        return real._replace(headers=(*kept, ("Location", place)))

    portal = hostile({SIGN_IN: odd})
    done = run(*ONE_CARD, **portal.settings())
    assert done.code == 0, done.err
    assert portal.posts == 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<br>" * 100_000, id="100,000 line breaks"),
        pytest.param("<a href=x>" * 100_000, id="100,000 links"),
        pytest.param("<span>" * 100_000, id="100,000 spans"),
        pytest.param("<div>" * 100_000, id="100,000 divisions"),
        pytest.param("<div>" * 9_999, id="9,999 divisions"),
        pytest.param("<b>" * 9_999, id="9,999 bold"),
        pytest.param("<form>" * 9_999, id="9,999 forms"),
        pytest.param("<" * 1_000_000, id="a million brackets"),
        pytest.param("<!--" * 100_000, id="100,000 comments"),
        pytest.param("<div " + "a=1 " * 100_000 + ">", id="100,000 attributes"),
        pytest.param('<input name="UserName">' * 100_000, id="100,000 fields"),
    ],
)
def test_a_page_of_endless_tags_is_another_page_and_takes_no_minutes(
    hostile: Hostile, run: Run, body: str
) -> None:
    portal = hostile({CARD: page(body)})
    started = time.monotonic()
    failed(run(*ONE_CARD, **portal.settings()), 5)
    assert time.monotonic() - started < 30  # not the minutes of a walk that grows as a square
