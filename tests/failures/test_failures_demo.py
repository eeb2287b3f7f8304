"""`massar demo` with faults and with a certificate, as a process."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from massar_cli.practice.faults import FAULTS
from tests.cli.processes import start, surroundings
from tests.failures.cases import expected
from tests.failures.test_failures_process import only_error
from tests.session.hostile import ONE_CARD, Run

NAMES = ("MASSAR_URL", "MASSAR_CODE", "MASSAR_PASSWORD")


@contextmanager
def demo(home: Path, *arguments: str) -> Iterator[dict[str, str]]:
    """Run `massar demo` until the block ends; gives the settings that it printed."""
    with start("demo", *arguments, environment=surroundings(home)) as process:
        assert process.stdout is not None
        try:
            lines = [process.stdout.readline().decode() for _line in NAMES]
            yield {
                name: line.partition(": ")[2].strip()
                for name, line in zip(NAMES, lines, strict=True)
            }
            assert process.poll() is None
        finally:
            process.terminate()
            _out, err = process.communicate(timeout=20)
    assert err == b""


def test_several_faults_are_played_in_their_turn(home: Path, process: Run) -> None:
    with demo(home, "--fault", "blockedx1", "--fault", "wrong-password@2") as settings:
        ends = [only_error(process(*ONE_CARD, **settings)) for _run in range(2)]
    assert ends == [expected("blocked"), expected("wrong-password")]


def test_a_demo_that_refuses_connections_runs_on(home: Path, process: Run) -> None:
    with demo(home, "--fault", "refused-connection@3") as settings:
        for _run in range(2):
            error = only_error(process(*ONE_CARD, **settings))
            assert error["hint"] == expected("refused-connection")["hint"]
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/moutamadris", settings["MASSAR_URL"])


def test_a_certificate_makes_the_address_https(home: Path, process: Run, tmp_path: Path) -> None:
    file = tmp_path / "certificate.pem"
    certificate = trustme.CA().issue_cert("127.0.0.1")
    certificate.private_key_and_cert_chain_pem.write_to_path(str(file))
    with demo(home, "--certificate", str(file)) as settings:
        assert settings["MASSAR_URL"].startswith("https://127.0.0.1:")
        assert only_error(process(*ONE_CARD, **settings)) == expected("certificate-unknown")


def test_an_unknown_fault_serves_nothing_and_names_all(massar: Run) -> None:
    done = massar("demo", "--fault", "nonsense")
    assert (done.code, done.out) == (2, "")
    assert all(name in done.err for name in ("nonsense", *FAULTS))
    assert "Traceback" not in done.err


def test_the_faults_can_be_listed(massar: Run) -> None:
    done = massar("demo", "--list-faults")
    assert (done.code, done.err) == (0, "")
    lines = dict(line.split(None, 1) for line in done.out.splitlines())
    assert list(lines) == list(FAULTS)
    assert all(lines.values())
    assert "--list-faults" in massar("demo", "--help").out


@pytest.mark.parametrize("content", [None, "no certificate at all"])
def test_a_bad_certificate_serves_nothing(massar: Run, tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "certificate.pem"
    if content is not None:
        file.write_text(content)
    done = massar("demo", "--certificate", str(file))
    assert (done.code, done.out) == (2, "")
    assert str(file) in done.err
    assert "None" not in done.err
    assert "Traceback" not in done.err
