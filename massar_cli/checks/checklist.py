"""A checklist that runs to its end whatever fails on the way."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from massar_cli.checks.privacy import Veil
from massar_cli.checks.titles import title_of
from massar_cli.errors import MassarError
from massar_cli.language import translate as _

HERE, CRON = "here", "cron"


class Status(StrEnum):
    """How a step ended."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the list. `exit_code` is 0 unless the step failed.

    `check` is the step's name, the same in every language; `where` is HERE or CRON.
    """

    check: str
    status: Status
    message: str
    hint: str | None = None
    exit_code: int = 0
    where: str = HERE

    def as_json(self) -> dict[str, Any]:
        """Return the fields of the JSON contract."""
        return {
            "check": self.check,
            "where": self.where,
            "status": self.status.value,
            "message": self.message,
            "hint": self.hint,
            "exit_code": self.exit_code,
        }


class Finding(NamedTuple):
    """What a step found out."""

    status: Status
    message: str
    hint: str | None = None
    exit_code: int = 0


class NotTried(Exception):
    """A step cannot be tried, or must not be; its text says why. Nothing can be built upon it."""


Step = Callable[[], Finding]


def ok(message: str) -> Finding:
    """Return what a step found that is well."""
    return Finding(Status.OK, message)


def warning(message: str, hint: str) -> Finding:
    """Return what a step found that may become a hindrance."""
    return Finding(Status.WARNING, message, hint)


def failed(error: MassarError) -> Finding:
    """Return what a step found that ends a run with this error."""
    message, hint = error.for_strangers
    return Finding(Status.FAILED, message, hint, error.exit_code)


def skipped(reason: str) -> Finding:
    """Return a step that need not be tried; others may be built upon it all the same."""
    return Finding(Status.SKIPPED, reason)


class Checklist:
    """The lines so far. `report` is told each at once; `veil` takes out what is private.

    `where` is where the steps to come are taken. `on_fault` is told an error that no step should
    raise.
    """

    def __init__(
        self,
        report: Callable[[Check], object],
        veil: Veil,
        on_fault: Callable[[Exception], object] = lambda _error: None,
    ) -> None:
        self.checks: list[Check] = []
        self.where = HERE
        self._report = report
        self._veil = veil
        self._on_fault = on_fault
        self._lacking: dict[str, str] = {}
        """Step to the one at whose failure it ended, itself or another."""

    def run(self, name: str, step: Step, *, needs: Sequence[str] = ()) -> None:
        """Add the line of a step, which is skipped where a step that it needs was not passed."""
        root = next((self._lacking[one] for one in needs if one in self._lacking), None)
        if root is not None:
            self._lacking[name] = root
            self._add_found(name, skipped(because_of(root)))
            return
        try:
            finding = step()
        except NotTried as reason:
            self._lacking[name] = name
            finding = skipped(str(reason))
        except MassarError as error:
            finding = failed(error)
        except Exception as error:  # noqa: BLE001  (a fault in one step must not end the list)
            self._on_fault(error)
            fault = _("Unexpected fault: {name}").format(name=type(error).__name__)
            finding = failed(MassarError(fault))
        if finding.status is Status.FAILED:
            self._lacking[name] = name
        self._add_found(name, finding)

    def skip(self, names: Iterable[str], *, because_of: str) -> None:
        """Add lines of steps that cannot be tried, as another one was not passed."""
        for name in names:
            self.run(name, _never, needs=(because_of,))

    def may_build_on(self, *names: str) -> bool:
        """Whether all of these steps were passed."""
        return not any(name in self._lacking for name in names)

    def has(self, name: str) -> bool:
        """Whether there is a line of a step."""
        return any(one.check == name for one in self.checks)

    def failure_of(self, name: str) -> Check | None:
        """Return the line of a step that failed, None where it did not or was not tried."""
        return next(
            (one for one in self.checks if one.check == name and one.status is Status.FAILED), None
        )

    def extend(self, checks: Iterable[Check]) -> None:
        """Add lines that were found elsewhere."""
        for check in checks:
            self._add(check)

    @property
    def first_failed(self) -> Check | None:
        """The first line that failed, None where none did."""
        return next((one for one in self.checks if one.status is Status.FAILED), None)

    def _add_found(self, name: str, finding: Finding) -> None:
        self._add(Check(check=name, where=self.where, **finding._asdict()))

    def _add(self, check: Check) -> None:
        hint = self._veil(check.hint) if check.hint else None
        clean = replace(check, message=self._veil(check.message), hint=hint)
        self.checks.append(clean)
        self._report(clean)


def because_of(name: str) -> str:
    """Return why a step is not tried that builds upon another."""
    return _("not tried; see: {check}").format(check=title_of(name))


def _never() -> Finding:
    raise NotTried
