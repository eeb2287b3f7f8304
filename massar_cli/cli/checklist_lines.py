"""The list as lines for people, and as a view for JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from massar_cli.cells import printable
from massar_cli.checks.checklist import CRON, Check, Status
from massar_cli.checks.titles import all_titles, title_of
from massar_cli.language import translate as _
from massar_cli.rtl import isolate_cells
from massar_cli.view import Csv, View

_BETWEEN = "  "
_LEAST_TEXT = 24
_COLOURS = {Status.OK: "32", Status.WARNING: "33", Status.FAILED: "31", Status.SKIPPED: "2"}
SCHEMA = "massar.doctor/1"


def doctor_view(checks: Sequence[Check]) -> View:
    """Return the list for the JSON format, the only one besides the lines."""
    return View(
        schema=SCHEMA,
        elements=lambda: [check.as_json() for check in checks],
        csv=lambda: Csv((), ()),
        tables=lambda: (),
    )


def _word(status: Status) -> str:
    return {
        Status.OK: _("ok"),
        Status.WARNING: _("warning"),
        Status.FAILED: _("failed"),
        Status.SKIPPED: _("skipped"),
    }[status]


@dataclass(kw_only=True)
class Lines:
    """Makes lines for people; `width` is the terminal's, None where there is none."""

    width: int | None
    colour: bool
    _where: str | None = None

    def __post_init__(self) -> None:
        from rich.cells import cell_len

        self._len = cell_len
        self._status_width = max(cell_len(_word(status)) for status in Status)
        self._title_width = max(map(cell_len, all_titles()))

    def of(self, check: Check) -> Iterator[str]:
        """Yield the lines of one check: what was found, and the next step below it."""
        if check.where != self._where and check.where == CRON:
            yield ""
            yield _("As cron runs it:")
        self._where = check.where
        word = self._padded(_word(check.status), self._status_width)
        title = self._padded(title_of(check.check), self._title_width)
        indent = " " * (self._status_width + self._title_width + 2 * len(_BETWEEN))
        first = f"{word}{_BETWEEN}{title}{_BETWEEN}"
        text = self._wrapped(printable(check.message), indent)
        yield self._finished(f"{first}{text[0]}", word, check.status)
        further = text[1:]
        if check.hint:
            further += self._wrapped(
                _("Next step: {hint}").format(hint=printable(check.hint)), indent
            )
        for line in further:
            yield self._finished(f"{indent}{line}")

    def _padded(self, text: str, width: int) -> str:
        return text + " " * (width - self._len(text))

    def _wrapped(self, text: str, indent: str) -> list[str]:
        if self.width is None:
            return [text]
        import textwrap

        return textwrap.wrap(
            text,
            max(_LEAST_TEXT, self.width - len(indent)),
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]

    def _finished(self, line: str, word: str = "", status: Status = Status.OK) -> str:
        """Return a line as it is printed; a terminal gets colours and isolated cells."""
        line = line.rstrip()
        if self.width is None:
            return line
        line = isolate_cells(line)
        if self.colour and word:
            shown = word.strip()
            line = line.replace(shown, f"\x1b[{_COLOURS[status]}m{shown}\x1b[0m", 1)
        return line
