"""Faults that the practice portal can be told to play: what each is, and when it strikes.

How each is answered stands in `fault_answers` (the content of an answer) and in `wire` (how its
bytes arrive).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from threading import Lock

from massar_cli.language import listed, mark
from massar_cli.language import translate as _
from massar_cli.practice.addresses import is_data


class Place(Enum):
    """Which requests a fault strikes, in words that are translated where they are shown."""

    ANY = mark("any request")
    FORM = mark("the sign-in form, asked for or posted")
    PASSWORD = mark("the password's POST")
    DATA = mark("the data pages of who is signed in")
    PROFILE = mark("the profile page of who is signed in")


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, and where; `is_wire` faults spoil the bytes of the portal's own answer.

    The `explanation` is translated where it is shown.
    """

    place: Place
    explanation: str
    is_wire: bool = False


REFUSED_CONNECTION = "refused-connection"

FAULTS: dict[str, Fault] = {
    "wrong-password": Fault(Place.PASSWORD, mark("every password is refused, the right one too")),
    "captcha": Fault(Place.FORM, mark("the sign-in form asks for the text of a picture")),
    "code-step": Fault(
        Place.PASSWORD, mark("a code is asked for after the password; it is 135790")
    ),
    "activation": Fault(Place.PASSWORD, mark("the account must be activated first")),
    "new-password": Fault(Place.PASSWORD, mark("nothing opens before a new password is chosen")),
    "locked": Fault(Place.PASSWORD, mark("the account is locked")),
    "maintenance": Fault(Place.ANY, mark("a notice of maintenance with status 200")),
    "blocked": Fault(Place.ANY, mark("status 403")),
    "too-many": Fault(Place.ANY, mark("status 429 without Retry-After")),
    "too-many-wait": Fault(Place.ANY, mark("status 429 with Retry-After: 1")),
    "busy": Fault(Place.ANY, mark("status 503 without Retry-After")),
    "busy-wait": Fault(Place.ANY, mark("status 503 with Retry-After: 1")),
    "error": Fault(Place.ANY, mark("status 500")),
    REFUSED_CONNECTION: Fault(
        Place.ANY, mark("nobody listens any more; takes no xTIMES, for nobody counts"), is_wire=True
    ),
    "reset": Fault(Place.ANY, mark("the connection is reset in place of an answer"), is_wire=True),
    "dropped": Fault(Place.ANY, mark("a chunked answer breaks off in a chunk"), is_wire=True),
    "cut-short": Fault(
        Place.ANY, mark("half the body that Content-Length announces"), is_wire=True
    ),
    "cut-unmarked": Fault(
        Place.ANY, mark("half the body, and no length was announced"), is_wire=True
    ),
    "silent": Fault(Place.ANY, mark("no answer, and no end of the connection"), is_wire=True),
    "drip": Fault(Place.ANY, mark("the body comes a byte a second"), is_wire=True),
    "drip-head": Fault(Place.ANY, mark("the head itself comes a byte a second"), is_wire=True),
    "endless": Fault(Place.ANY, mark("a body without end"), is_wire=True),
    "bomb": Fault(Place.ANY, mark("32 KB of gzip that unpack to 32 MB")),
    "wrong-charset": Fault(
        Place.ANY, mark("windows-1256 under a header that says UTF-8 or nothing")
    ),
    "empty": Fault(Place.ANY, mark("status 200 with an empty body")),
    "json": Fault(Place.ANY, mark("JSON in place of a page")),
    "pdf": Fault(Place.ANY, mark("a PDF in place of a page")),
    "redirect-loop": Fault(Place.ANY, mark("a redirect to the address asked for")),
    "redirect-elsewhere": Fault(Place.ANY, mark("a redirect to https://massar.example/")),
    "redirect-http": Fault(Place.ANY, mark("a redirect to the ministry's host by plain http")),
    "sign-in-page": Fault(Place.DATA, mark("the sign-in page with status 200 in place of data")),
    "session-lost": Fault(Place.DATA, mark("the session is dropped: 302, or 401 for a script")),
    "another-student": Fault(Place.PROFILE, mark("the page of another student")),
    "generic-error": Fault(Place.DATA, mark("the portal's own error message with status 200")),
}

_FORM = "NAME[@AFTER][xTIMES][:CODE]"
_FORMS = ("/account", "/account/login")
_SCHEDULE = re.compile(
    r"([a-z-]+)(?:@([0-9]{1,9}))?(?:x([1-9][0-9]{0,8}))?(?::([A-Z][0-9]{9}))?", re.ASCII
)


@dataclass(slots=True)
class Scheduled:
    """A fault that begins after `after` answers and strikes `left` times, for ever where None.

    With a student's `code` it strikes that student's data pages alone.
    """

    name: str
    after: int = 0
    left: int | None = None
    code: str | None = None


def parse_fault(text: str) -> Scheduled:
    """Read `NAME[@AFTER][xTIMES][:CODE]`; ValueError, in words for a person, for anything else.

    >>> parse_fault("busy-wait@2x1")
    Scheduled(name='busy-wait', after=2, left=1, code=None)
    """
    match = _SCHEDULE.fullmatch(text)
    if match is None:
        raise ValueError(_('"{text}" is not written as {form}').format(text=text, form=_FORM))
    name, after, times, code = match.groups()
    if name not in FAULTS:
        raise ValueError(
            _('there is no fault "{name}"; there are {names}').format(
                name=name, names=listed(FAULTS)
            )
        )
    if name == REFUSED_CONNECTION and times:
        raise ValueError(
            _("{name} takes no xTIMES: a refused connection is not seen here").format(name=name)
        )
    if code and (name == REFUSED_CONNECTION or FAULTS[name].place in (Place.FORM, Place.PASSWORD)):
        raise ValueError(
            _("{name} takes no :CODE: nobody is known before the sign-in").format(name=name)
        )
    return Scheduled(name, int(after or 0), int(times) if times else None, code)


class FaultPlan:
    """Which fault strikes which request: of several that would, the first."""

    def __init__(self, faults: Iterable[str] = ()) -> None:
        self._scheduled = [parse_fault(text) for text in faults]
        self._answered = 0
        self._lock = Lock()

    @property
    def refuses_connections(self) -> bool:
        """Whether nobody may connect any more."""
        return any(
            one.name == REFUSED_CONNECTION and one.after <= self._answered
            for one in self._scheduled
        )

    def strike(self, method: str, path: str, *, student_code: str | None) -> str | None:
        """Count a request, and return the name of the fault that strikes it, None for none.

        `path` is below the application's mount, in small letters; `student_code` is that of the
        student whose pages are looked at, None where nobody is signed in.
        """
        is_signed_in = student_code is not None
        with self._lock:
            answered = self._answered
            self._answered += 1
            for one in self._scheduled:
                if (
                    one.name != REFUSED_CONNECTION
                    and one.after <= answered
                    and one.left != 0
                    and (one.code is None or (one.code == student_code and is_data(path)))
                    and _is_at(FAULTS[one.name].place, method, path, is_signed_in)
                ):
                    if one.left is not None:
                        one.left -= 1
                    return one.name
        return None


def _is_at(place: Place, method: str, path: str, is_signed_in: bool) -> bool:
    if place is Place.FORM:
        return path in _FORMS or path == "/defaultcaptcha/generate"
    if place is Place.PASSWORD:
        return path in _FORMS and method == "POST"
    if place is Place.DATA:
        return is_signed_in and is_data(path)
    if place is Place.PROFILE:
        return is_signed_in and path == "/tuteureleves/getinfoeleve"
    return True
