"""Certificates of an authority that SSL_CERT_FILE names: good, expired, and for another host."""

import json
import socket
import ssl
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from massar_cli.practice.portal import PracticePortal
from tests.failures.cases import expected
from tests.failures.conftest import ACCOUNT
from tests.failures.networks import LONG_AGO, certified
from tests.failures.test_failures_process import only_error
from tests.session.hostile import ONE_CARD, Run, assert_no_secret

WRONG: dict[str, dict[str, Any]] = {
    "certificate-expired": LONG_AGO,
    "certificate-wrong-host": {"host": "massar.example"},
}


def test_a_good_certificate_of_a_named_authority_is_accepted(process: Run, tmp_path: Path) -> None:
    with certified(tmp_path) as environment:
        done = process(*ONE_CARD, **ACCOUNT, **environment)
    assert done.code == 0, done.err
    assert len(json.loads(done.out)["data"]) == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("certificate-expired", "certificate has expired"),
        ("certificate-wrong-host", "IP address mismatch"),
    ],
)
def test_the_wrong_certificates_are_wrong_for_the_reason_they_are_named_after(
    tmp_path: Path, name: str, reason: str
) -> None:
    with certified(tmp_path, **WRONG[name]) as environment:
        context = ssl.create_default_context(cafile=environment["SSL_CERT_FILE"])
        parts = urlsplit(environment["MASSAR_URL"])
        assert parts.scheme == "https"
        with (
            socket.create_connection((parts.hostname, parts.port)) as connection,
            pytest.raises(ssl.SSLCertVerificationError, match=reason),
        ):
            context.wrap_socket(connection, server_hostname=parts.hostname)


@pytest.mark.parametrize("name", WRONG)
def test_a_certificate_that_is_wrong_is_told_from_one_that_is_unknown(
    process: Run, home: Path, tmp_path: Path, name: str
) -> None:
    portal = PracticePortal()
    with certified(tmp_path, portal=portal, **WRONG[name]) as environment:
        done = process(*ONE_CARD, **ACCOUNT, **environment)
    assert only_error(done) == expected(name)
    assert portal.journal == []
    assert_no_secret(home, done.out, done.err)
