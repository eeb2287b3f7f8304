"""Every failure that is known by name: the line that tells it, the exit code, and what follows."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from massar_cli.practice.faults import FAULTS, REFUSED_CONNECTION, Place
from massar_cli.practice.portal import PracticePortal
from tests.doctor.lists import (
    DOCTOR,
    NAMES,
    PAGES,
    SIGNING_IN,
    assert_safe_to_paste,
    failed_in,
    lines_of,
)
from tests.failures.cases import BEFORE_THE_PORTAL, SLOW, TIMEOUT, expected, without_port
from tests.failures.conftest import ACCOUNT, Faulty
from tests.failures.networks import LONG_AGO, before_the_portal, certified
from tests.session.hostile import Run, assert_no_secret

_LONGEST_RUN = 30.0
_FIRST_FAILED = {
    Place.ANY: "portal",
    Place.FORM: "portal",
    Place.PASSWORD: "sign-in",
    Place.DATA: "page-years",
    Place.PROFILE: "page-profile",
}
_ELSEWHERE = {REFUSED_CONNECTION: "connection", "new-password": "page-years"}
_OF_THE_NETWORK = {
    "certificate-unknown": "tls",
    "certificate-expired": "tls",
    "certificate-wrong-host": "tls",
    "name-not-found": "name",
    "proxy-refuses": "tls",
}
WRONG = [name for name in BEFORE_THE_PORTAL if name.startswith("certificate")]


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_fails_at_its_step_and_the_list_goes_on(
    faulty: Faulty, process: Run, home: Path, name: str
) -> None:
    practice = faulty(name)
    before = TIMEOUT if name in SLOW else ()
    started = time.monotonic()
    done = process(*before, *SIGNING_IN, MASSAR_URL=practice.url, **ACCOUNT)
    assert time.monotonic() - started < _LONGEST_RUN
    lines = lines_of(done)
    assert tuple(lines) == NAMES
    step = _ELSEWHERE.get(name) or _FIRST_FAILED[FAULTS[name].place]
    error = expected(name)
    assert next(iter(failed_in(lines).items())) == (step, error["exit_code"])
    assert done.code == error["exit_code"]
    assert lines[step].hint
    if step in ("portal", "connection"):
        told = without_port({"message": lines[step].message}, practice.url)["message"]
        assert (told, lines[step].hint) == (error["message"], error["hint"])
    assert lines["terminal"].status == "ok"
    assert practice.passwords_posted() == (0 if step in ("portal", "connection") else 1)
    assert_no_secret(home, done.out)
    assert_safe_to_paste(done.out)


@pytest.mark.parametrize("name", BEFORE_THE_PORTAL)
def test_a_network_that_fails_is_told_at_its_step_and_what_needs_it_is_skipped(
    process: Run, tmp_path: Path, name: str
) -> None:
    with before_the_portal(name, tmp_path) as environment:
        done = process(*SIGNING_IN, **ACCOUNT, **environment)
    lines = lines_of(done)
    step, error = _OF_THE_NETWORK[name], expected(name)
    assert tuple(lines) == NAMES
    assert failed_in(lines) == {step: 4}
    assert done.code == 4
    assert (lines[step].message, lines[step].hint) == (error["message"], error["hint"])
    assert all(lines[one].status == "skipped" for one in ("portal", "sign-in", *PAGES))
    assert lines["terminal"].status == "ok"


def test_nothing_is_sent_to_a_portal_of_an_unknown_authority(process: Run, tmp_path: Path) -> None:
    portal = PracticePortal()
    with certified(tmp_path, is_trusted=False, portal=portal) as environment:
        assert process(*SIGNING_IN, **ACCOUNT, **environment).code == 4
    assert portal.journal == []


def test_a_good_certificate_is_told_with_who_vouches_for_it(process: Run, tmp_path: Path) -> None:
    with certified(tmp_path) as environment:
        done = process(*DOCTOR, **ACCOUNT, **environment)
    line = lines_of(done)["tls"]
    assert (done.code, line.status) == (0, "ok")
    assert line.message.startswith("TLSv1.")
    assert "SSL_CERT_FILE" in line.message
    assert "vouched for by trustme" in line.message


def test_a_certificate_about_to_expire_is_a_warning(process: Run, tmp_path: Path) -> None:
    end = datetime.now(UTC) + timedelta(days=2)
    validity = {"not_before": LONG_AGO["not_before"], "not_after": end}
    with certified(tmp_path, **validity) as environment:
        done = process(*DOCTOR, **ACCOUNT, **environment)
    line = lines_of(done)["tls"]
    assert (done.code, line.status) == (0, "warning")
    assert f"{end:%Y-%m-%d}" in line.message
