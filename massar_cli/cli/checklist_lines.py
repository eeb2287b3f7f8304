"""The list as lines for people, and as a view for JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from massar_cli.cells import printable
from massar_cli.checks.checklist import CRON, Check, Status
from massar_cli.checks.titles import all_titles, title_of
from massar_cli.cli.direction import base_of_talk
from massar_cli.language import translate as _
from massar_cli.rtl import Rtl
from massar_cli.text_lines import Column, Piece, paper_for
from massar_cli.view import Csv, View

_LEAST_TEXT = 36
"""With less room beside the titles, what was found stands below them."""
_INDENT = 2
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


class Lines:
    """Makes lines for people; `width` is the terminal's, None where there is none."""

    def __init__(self, *, width: int | None, colour: bool, rtl: Rtl) -> None:
        words = [_word(status) for status in Status]
        paper = paper_for([*words, *all_titles()], rtl, width=width, colour=colour)
        gap = "  " if paper.mode is not Rtl.TERMINAL else " │ "
        statuses, titles = (
            Column(max(map(paper.width_of, texts)), gap=gap) for texts in (words, all_titles())
        )
        self._columns = (statuses, titles)
        self._beside: int | None = None
        """The columns that there are beside the titles."""
        if paper.room is not None:
            self._beside = paper.room - statuses.width - titles.width - 2 * len(gap)
        # What was found may hold right-to-left text whatever the language of the titles.
        self._paper = replace(paper, mode=rtl)
        self._where: str | None = None

    def of(self, check: Check) -> Iterator[str]:
        """Yield the lines of one check: what was found, and the next step below it."""
        return self._paper.finished(list(self._pieces(check)))

    def _pieces(self, check: Check) -> Iterator[Piece]:
        paper = self._paper
        if check.where != self._where and check.where == CRON:
            yield Piece("", 0)
            yield from paper.wrapped(_("As cron runs it:"), paper.room)
        self._where = check.where
        word = paper.painted(paper.piece(_word(check.status)), _COLOURS[check.status])
        title = paper.piece(title_of(check.check))
        texts = self._wrapped(check, self._beside)
        if self._stand_below(title, texts):
            yield from self._heading(word, title_of(check.check))
            for text in self._wrapped(check, paper.room and paper.room - _INDENT):
                yield paper.indented(text, _INDENT)
            return
        for text in texts:
            yield paper.side_by_side(
                (word, title, text), (*self._columns, Column(self._beside or text.width))
            )
            word = title = Piece("", 0)

    def _stand_below(self, title: Piece, texts: Sequence[Piece]) -> bool:
        """Whether there is too little room beside the title, if only for one long word."""
        if self._beside is None:
            return False
        longest = max(text.width for text in texts)
        return self._beside < max(_LEAST_TEXT, longest) or title.width > self._columns[1].width

    def _heading(self, word: Piece, title: str) -> Iterator[Piece]:
        """Yield the state and what is checked: on one line, if there is room for that."""
        piece = self._paper.piece(title)
        line = self._paper.side_by_side((word, piece), (self._columns[0], Column(piece.width)))
        room = self._paper.room
        if room is None or line.width <= room:
            yield line
        else:
            yield from (word, *self._paper.wrapped(title, room, folds=False))

    def _wrapped(self, check: Check, width: int | None) -> list[Piece]:
        """Return what was found, and the next step; a path or address is not broken."""
        texts = [check.message]
        if check.hint:
            texts.append(_("Next step: {hint}").format(hint=check.hint))
        base = base_of_talk()
        return [
            line
            for text in texts
            for line in self._paper.wrapped(printable(text), width, base=base, folds=False)
        ]
