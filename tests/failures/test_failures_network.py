"""Runs that never reach the portal: names, proxies, and certificates of an unknown authority."""

from pathlib import Path

import pytest

from massar_cli.practice.portal import PracticePortal
from tests.cli.servers import closed_port
from tests.failures.cases import expected
from tests.failures.conftest import ACCOUNT
from tests.failures.networks import NAME_ERRORS, NOWHERE, before_the_portal, certified, no_name
from tests.failures.networks import proxy as serve_proxy
from tests.failures.test_failures_process import only_error
from tests.session.hostile import ONE_CARD, Run, assert_no_secret


@pytest.mark.parametrize("name", ["name-not-found", "proxy-refuses", "certificate-unknown"])
def test_a_run_that_does_not_reach_the_portal_ends_in_its_own_error(
    process: Run, home: Path, tmp_path: Path, name: str
) -> None:
    with before_the_portal(name, tmp_path) as environment:
        done = process(*ONE_CARD, **ACCOUNT, **environment)
    assert only_error(done) == expected(name)
    assert_no_secret(home, done.out, done.err)


@pytest.mark.parametrize("kind", NAME_ERRORS)
def test_a_name_is_not_found_with_or_without_a_name_service(
    process: Run, tmp_path: Path, kind: str
) -> None:
    with no_name(tmp_path, kind) as environment:
        done = process(*ONE_CARD, **ACCOUNT, **environment)
    assert only_error(done) == expected("name-not-found")


@pytest.mark.parametrize(
    "status", ["407 Proxy Authentication Required", "502 Bad Gateway", "403 Forbidden"]
)
def test_a_proxy_that_refuses_is_named_as_the_cause(process: Run, status: str) -> None:
    answer = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()
    with serve_proxy(answer) as address:
        done = process(*ONE_CARD, **ACCOUNT, MASSAR_URL=NOWHERE, HTTPS_PROXY=address)
    assert only_error(done) == expected("proxy-refuses")


def test_a_proxy_that_nobody_runs_is_a_failure_of_the_network(process: Run) -> None:
    address = f"http://127.0.0.1:{closed_port()}"
    done = process(*ONE_CARD, **ACCOUNT, MASSAR_URL=NOWHERE, HTTPS_PROXY=address)
    assert only_error(done)["kind"] == "unavailable"


def test_nothing_is_sent_to_a_portal_of_an_unknown_authority(process: Run, tmp_path: Path) -> None:
    portal = PracticePortal()
    with certified(tmp_path, is_trusted=False, portal=portal) as environment:
        done = process(*ONE_CARD, **ACCOUNT, **environment)
    assert done.code == 4
    assert portal.journal == []
