"""What each target begins with: the fixtures, and small inputs of the form that it reads."""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from massar_cli.hosts import DEFAULT_URL
from massar_cli.subjects import SUBJECTS
from tests.fuzz.conversation import ANSWERS_END
from tests.fuzz.printing import TEXTS_END
from tests.pages.fixture_cases import CASES, FIXTURES, MODULES

SEEDS = FIXTURES / "fuzz"

_FORM = (
    b'<form action="/moutamadris/Account" method="post">'
    b'<input name="__RequestVerificationToken" type="hidden" value="t">'
    b'<div class="validation-summary-errors"><ul>%s</ul></div>'
    b'<input name="UserName" type="text"><input name="Password" type="password"></form>'
)
_LANDING = b'<h1 class="welcomeUser"><span>Bonjour</span> SALMA</h1><a href="/Account/LogOff">x</a>'
_CODE_STEP = (
    b'<form action="/moutamadris/Account/VerifyCode" method="post">'
    b'<input name="__RequestVerificationToken" type="hidden" value="t">'
    b'<input name="Code" type="text"></form>'
)
_NEW_PASSWORD = b'<form><input name="NewPassword" type="password"></form>'
_CAPTCHA = b'<form><input name="CaptchaInputText" type="text"></form>'
_SIGNED_IN = (
    b"HTTP/1.1 302 Found\nLocation: /moutamadris/General/Home\n"
    b"Set-Cookie: .AspNet.ApplicationCookie=c0; path=/; secure; HttpOnly"
)
_DOCUMENTED = b"HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8"
_REDIRECTS = (
    *("/moutamadris/General/Home", "Account?ReturnUrl=%2Fmoutamadris", "../General/Home", "//"),
    *("https://massarservice.men.gov.ma/moutamadris/Account", "//waliye.men.gov.ma/", "?a=1#b"),
    *("http://massarservice.men.gov.ma/", "https://massarservice.men.gov.ma.example.org/", "#"),
    *("https://user:secret@men.gov.ma/", "https://men.gov.ma:8443/x", "https://127.0.0.1:8000/"),
    *("http://127.0.0.1:8000/moutamadris/Account", "http://[::1]:8000/", "http://2130706433/"),
    *("https:\\\\men.gov.ma\\@example.org", "https://m\u00e9n.gov.ma/", "https://men.gov.ma%2f@x"),
    *("javascript:alert(1)", "data:text/html,x", "mailto:x", "https://[men.gov.ma]/", "http://["),
)
_SETTINGS = (
    'code = "X130000000"\nlanguage = "fr"\ntimeout = 30\nrequest_spacing = 0.5\n',
    'password_command = "pass massar"\npassword_file = "~/secret"\nurl = "http://127.0.0.1:8000"\n',
    'default_account = "a"\n[accounts.a]\ncode = "X130000001"\nnickname="A"\n[accounts."\\u0000"]',
    "sign_ins_per_day = 10\nfailed_sign_ins_per_day = 1\nretry_wait = inf\n",
    'accounts = [1]\npassword = "x"\n[a.b]\nc = 1979-05-27T07:32:00Z\n',
)
_COOKIE = {
    "name": ".AspNet.ApplicationCookie",
    "value": "c0",
    "domain": "massarservice.men.gov.ma",
    "path": "/",
    "secure": True,
    "expires": None,
}
_SESSION = {
    "version": 1,
    "student": {"code": "X130000000", "name": "SALMA"},
    "cookies": [_COOKIE, {**_COOKIE, "name": "lang", "domain": ".men.gov.ma", "expires": 2e9}],
}
_STATE = {
    "version": 1,
    "salt": "00ff",
    "refused": ["ab"],
    "refused_at": 1.7e9,
    "sign_ins": [[1.8e9 - 60, "accepted"], [1.8e9 - 30, "failed"], [1.8e9, "sent"]],
    "outages": 4,
    "last_outage": 1.8e9 - 10,
}
_REMEMBERED = {
    "default": {"code": "X130000000", "url": DEFAULT_URL},
    "second": {"code": "X130000001", "url": "http://127.0.0.1:8000/moutamadris", "more": 1},
}
_WAITS = ("120", " 0 ", "-1", "1e3", "Wed, 21 Oct 2026 07:28:00 GMT", "21 Oct 9999 07:28 -2359", "")
_ADDRESSES = (DEFAULT_URL, "https://men.gov.ma:443/a/Account/Login/", "http://[::1]:8000/x.y~z-")
_TEXTS = (
    *("=1+1", "-2,5", "@SUM(A1)", "\x1b[31mred\x1b[0m", "\u202eright\u202c", "a;=b", 'say "no"'),
    *(
        "\u0627\u0644\u0631\u064a\u0627\u0636\u064a\u0627\u062a",
        "a\tb|c\nd",
        "\U000e0041",
        "\u2068",
    ),
)
_WORDS = (
    *("15,50", "\u0661\u0665\u066b\u0665", "X130000000", "2025/2026", "1\u00e8re Ann\u00e9e Bac"),
    *("Contr\u00f4le 4", "Mati\u00e8re|Coefficient|Notes CC", "Dispens\u00e9e", "3APIC-1", "x@y"),
)


def _answer(head: bytes, body: bytes = b"") -> bytes:
    return head + b"\n\n" + body


def _pages() -> Iterable[bytes]:
    return (case.html.encode() for case in CASES)


def _recorded_answers() -> Iterable[bytes]:
    return (path.read_bytes() for path in sorted(FIXTURES.glob("session/*/answer.http")))


def _bodies() -> Iterable[bytes]:
    made = (_FORM % b"", _FORM % b"<li>x</li>", _LANDING, _CODE_STEP, _NEW_PASSWORD, _CAPTCHA)
    recorded = (answer.partition(b"\r\n\r\n")[2] for answer in _recorded_answers())
    return (*made, *recorded, *_pages())


def _recognition() -> Iterable[bytes]:
    heads = [bytes((page, status)) for page in range(len(MODULES)) for status in (0, 6, 7)]
    return (heads[i % len(heads)] + body for i, body in enumerate(_bodies()))


def _conversations() -> Iterable[bytes]:
    form, landing = _answer(_DOCUMENTED, _FORM % b""), _answer(_DOCUMENTED, _LANDING)
    ways_in = (
        (form, _answer(_SIGNED_IN), landing),
        (form, landing),
        (form, _answer(_DOCUMENTED, _CODE_STEP), landing),
        (form, _answer(b"HTTP/1.1 400 Bad Request", b"x"), form, _answer(_SIGNED_IN), landing),
        (form, _answer(_DOCUMENTED, _FORM % b"<li>refused</li>")),
    )
    gone = _answer(b"HTTP/1.1 401 Unauthorized")
    ended = _answer(b"HTTP/1.1 302 Found\nLocation: /moutamadris/Account?ReturnUrl=x")
    busy = _answer(b"HTTP/1.1 503 Service Unavailable\nRetry-After: 1", b"x")
    cards = [
        _answer(_DOCUMENTED, case.html.encode())
        for case in CASES
        if case.module in ("report_card", "school_path") and len(case.html) < 3000
    ]
    for way in ways_in:
        for between in ((), (gone,), (ended,), (busy,)):
            again = way if between in ((gone,), (ended,)) else ()
            yield ANSWERS_END.join((*way, *between, *again, cards[0], cards[-1]))
    for recorded in _recorded_answers():
        yield ANSWERS_END.join((form, recorded, landing, recorded))


def _json(*values: Any) -> Callable[[], Iterable[bytes]]:
    return lambda: (json.dumps(value).encode() for value in values)


def _texts(*texts: str) -> Callable[[], Iterable[bytes]]:
    return lambda: (text.encode() for text in texts)


_BEGINNINGS: Mapping[str, Callable[[], Iterable[bytes]]] = {
    "recognition": _recognition,
    "conversation": _conversations,
    "redirect": _texts(*_REDIRECTS),
    "base_url": _texts(*_ADDRESSES, *_REDIRECTS),
    "retry_after": _texts(*_WAITS),
    "body": lambda: (bytes((choice, 9)) + _LANDING for choice in range(8)),
    "session_file": _json(_SESSION, {**_SESSION, "student": None}),
    "account_state": _json(_STATE, {**_STATE, "refused_at": None, "outages": 0}),
    "remembered_accounts": _json(_REMEMBERED),
    "settings_file": _texts(*_SETTINGS),
    "texts": lambda: (TEXTS_END.join(text.encode() for text in _TEXTS), *_texts(*_TEXTS)()),
    "words": _texts(*_WORDS, *(name for names in SUBJECTS.values() for name in names[:1])),
}


@cache
def beginnings(target: str) -> tuple[bytes, ...]:
    """Return the inputs that a target begins with; those of a page are its fixtures."""
    if target in _BEGINNINGS:
        return tuple(_BEGINNINGS[target]())
    return tuple(case.html.encode() for case in CASES if case.module == target)


def kept_seeds(target: str) -> list[Path]:
    """Return the inputs that were found and kept for a target."""
    return sorted((SEEDS / target).glob("*"))
