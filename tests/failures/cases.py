"""Every failure that is known by name: what is asked when it strikes, and what must come of it."""

import json
from pathlib import Path
from typing import Any

from massar_cli.practice.faults import FAULTS, Place
from tests.session.hostile import ONE_CARD

FOLDER = Path(__file__).parents[2] / "fixtures" / "session"
JOURNEY = ("journey", "--json")
PROFILE = ("profile", "--json")

BEFORE_THE_PORTAL = (
    "certificate-unknown",
    "certificate-expired",
    "certificate-wrong-host",
    "name-not-found",
    "proxy-refuses",
)
SLOW = ("silent", "drip", "drip-head")
TIMEOUT = ("--timeout", "2")
"""What the slow ones are run with, so that a test need not wait for the usual deadline."""
SETTINGS = "retry_wait = 0.01\nrequest_spacing = 0\n"
"""Lines of config.toml for every home here, so that a run hardly waits."""

# In place of the port, which differs from run to run.
_PORT = "PORT"
_PLACES = {
    Place.ANY: "GET Account",
    Place.FORM: "GET Account",
    Place.PASSWORD: "POST Account",
    Place.DATA: "GET TuteurEleves/GetScolariteEleve",
    Place.PROFILE: "GET TuteurEleves/GetInfoEleve",
}
_FURTHER_ON = {
    "code-step": "GET Account/VerifyCode",
    "new-password": "GET Account/ChangePassword",
}
STRUCK_AT_ONCE = tuple(
    name for name, fault in FAULTS.items() if fault.place in (Place.ANY, Place.FORM)
)
ANYWHERE = tuple(name for name, fault in FAULTS.items() if fault.place is Place.ANY)
WITH_ANSWER = tuple(name for name, fault in FAULTS.items() if not fault.is_wire)


def asked(name: str) -> str:
    """Return the request whose answer is the failure."""
    if name in BEFORE_THE_PORTAL:
        return _PLACES[Place.ANY]
    return _FURTHER_ON.get(name) or _PLACES[FAULTS[name].place]


def command(name: str) -> tuple[str, ...]:
    """Return the arguments of a run that meets the failure, global options first."""
    before = TIMEOUT if name in SLOW else ()
    by_page = {_PLACES[Place.DATA]: JOURNEY, _PLACES[Place.PROFILE]: PROFILE}
    return (*before, *by_page.get(asked(name), ONE_CARD))


def expected(name: str) -> dict[str, Any]:
    """Return the error that a run has to end with, as standard error shows it."""
    kept = json.loads((FOLDER / name / "expected.json").read_text("utf-8"))
    return {field: kept[field] for field in ("kind", "message", "hint", "exit_code")}


def without_port(error: dict[str, Any], url: str) -> dict[str, Any]:
    """Return an error with a word in place of the port of `url`."""
    port = url.rpartition(":")[2].partition("/")[0]
    return {**error, "message": error["message"].replace(f":{port}", f":{_PORT}")}
