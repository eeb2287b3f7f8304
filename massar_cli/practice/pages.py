"""Turns values into the portal's pages."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Response

from massar_cli.practice.addresses import address_of, file_address
from massar_cli.practice.cards import Mark, Special
from massar_cli.practice.editions import MOUNT
from massar_cli.practice.life.dates import WEEKDAYS, slashed, worded
from massar_cli.practice.life.school_life import life_of
from massar_cli.practice.visit import Visit


class Pages:
    """The portal's templates, ready to print for one visit."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(number=number, slashed=slashed, worded=worded)
        self._templates.globals.update(base=MOUNT, Special=Special, weekdays=WEEKDAYS)

    def page(self, visit: Visit, template: str, **values: object) -> Response:
        """Print a whole page in the visit's language."""
        return Response(self._text(visit, template, values), mimetype="text/html")

    def error(self, visit: Visit, status: int, kind: str) -> Response:
        """Print the framework's own error page."""
        return Response(
            self._text(visit, "error.html", {"kind": kind}), status, mimetype="text/html"
        )

    def fragment(self, visit: Visit, template: str, **values: object) -> Response:
        """Print a piece of a page. Its header names no character set, though it is UTF-8."""
        return Response(self._text(visit, template, values), content_type="text/html")

    def _text(self, visit: Visit, template: str, values: dict[str, object]) -> str:
        edition = visit.edition
        return self._templates.get_template(template).render(
            visit=visit,
            edition=edition,
            layout=f"{edition.name}/layout.html",
            at=partial(address_of, edition),
            file_at=partial(file_address, edition),
            life=None if visit.student is None else life_of(visit.student),
            account=visit.account,
            language=visit.language,
            student=visit.student,
            t=_chooser(visit.language),
            **values,
        )


def number(mark: Mark | int) -> str:
    """Write a mark as the portal does, with a decimal comma."""
    return f"{mark:.2f}".replace(".", ",") if isinstance(mark, Decimal) else str(mark)


def _chooser(language: str) -> Callable[[str, str], str]:
    def choose(arabic: str, french: str) -> str:
        return french if language == "fr" else arabic

    return choose
