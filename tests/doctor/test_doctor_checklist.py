"""The list itself: it runs to its end, skips what builds upon a failure, and tells why."""

from collections.abc import Callable
from typing import NoReturn

from massar_cli.checks.checklist import Checklist, Finding, NotTried, Status, ok, skipped
from massar_cli.checks.privacy import Veil
from massar_cli.errors import CredentialsProblem, HeldBack


def raising(error: Exception) -> Callable[[], Finding]:
    def step() -> NoReturn:
        raise error

    return step


def test_whatever_a_step_raises_the_next_one_is_taken() -> None:
    faults: list[Exception] = []
    checklist = Checklist(lambda _check: None, Veil(), faults.append)
    fault = ZeroDivisionError("canary")
    checklist.run("version", raising(fault))
    checklist.run("settings", raising(HeldBack("held")))
    checklist.run("clock", lambda: ok("well"))
    assert [(one.status, one.exit_code) for one in checklist.checks] == [
        (Status.FAILED, 1),
        (Status.FAILED, 7),
        (Status.OK, 0),
    ]
    assert "ZeroDivisionError" in checklist.checks[0].message
    assert "canary" not in str(checklist.checks)
    assert faults == [fault]
    assert checklist.first_failed == checklist.checks[0]


def test_what_builds_upon_a_failure_is_skipped_for_its_first_cause() -> None:
    checklist = Checklist(lambda _check: None, Veil())
    checklist.run("name", raising(CredentialsProblem("no")))
    for name, needed in (("connection", "name"), ("tls", "connection"), ("portal", "tls")):
        checklist.run(name, raising(AssertionError()), needs=(needed,))
    checklist.run("clock", lambda: skipped("not here"))
    checklist.run("terminal", lambda: ok("well"), needs=("clock",))
    assert [one.status.value for one in checklist.checks] == [
        *("failed", "skipped", "skipped", "skipped", "skipped", "ok")
    ]
    for one in checklist.checks[1:4]:
        assert one.message == "not tried; see: name look-up"
    assert not checklist.may_build_on("terminal", "tls")
    assert checklist.may_build_on("clock", "terminal")


def test_a_step_that_must_not_be_tried_is_no_failure() -> None:
    checklist = Checklist(lambda _check: None, Veil())
    checklist.run("sign-in", raising(NotTried("not now")))
    checklist.run("page-years", lambda: ok(""), needs=("sign-in",))
    assert checklist.first_failed is None
    assert checklist.checks[0].message == "not now"
    assert checklist.checks[1].status is Status.SKIPPED


def test_each_line_is_reported_at_once_and_veiled() -> None:
    seen: list[str] = []
    veil = Veil()
    checklist = Checklist(lambda check: seen.append(check.message), veil)
    veil.hide("canary")
    checklist.run("version", lambda: ok("a canary sings"))
    assert seen == ["a *** sings"]
    finding = Finding(Status.WARNING, "m", "ask the canary")
    checklist.run("clock", lambda: finding)
    assert checklist.checks[-1].hint == "ask the ***"
