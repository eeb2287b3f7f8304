"""The signed-in pages: landing, marks, school path and profile."""

import re

from werkzeug.wrappers import Response

from massar_cli.practice.cards import ReportCard, SubjectMarks
from massar_cli.practice.editions import DOCUMENTED_EXAM_ORDER
from massar_cli.practice.names import ACADEMY, BIRTHPLACE, CONDUCT, DIRECTORATE
from massar_cli.practice.pages import Pages
from massar_cli.practice.students import PathRow
from massar_cli.practice.visit import Visit, refuse

_PATH_PAGE_SIZE = 4
_NUMBER = re.compile(r"[0-9]{1,9}")


class PupilPages:
    """Everything below `General`, `Dashboard` and `TuteurEleves`."""

    def __init__(self, pages: Pages, *, obscure_exam_headings: bool, ignores_choice: bool) -> None:
        self._pages = pages
        self._obscure = obscure_exam_headings
        self._ignores_choice = ignores_choice

    def landing(self, visit: Visit) -> Response:
        """Show the page after the sign-in."""
        return self._pages.page(visit, f"{visit.edition.name}/home.html")

    def choose_child(self, visit: Visit) -> Response:
        """Show the landing page, from now on for the child whose code is in the query."""
        code = visit.request.args.get("CodeEleve")
        if code is None or visit.sign_in is None:
            return self.landing(visit)
        children = {child.code: child for child in visit.sign_in.account.children}
        child = children.get(code.upper())
        if child is None:
            return refuse(visit)
        if not self._ignores_choice:
            visit.sign_in.student = child
        return self.landing(visit)

    def marks_page(self, visit: Visit) -> Response:
        """Show the choice of years and sessions."""
        years = sorted(visit.student.years) if visit.student else []
        return self._pages.page(visit, "marks.html", years=years)

    def report_card(self, visit: Visit) -> Response:
        """Send the marks of one session, without the layout around them."""
        year = _number(visit.request.values.get("Annee", ""))
        session = _number(visit.request.values.get("IdSession", ""))
        if (year is None or session is None) and not visit.edition.core:
            # MVC 5 cannot bind a missing number; Core takes it for zero.
            return self._pages.error(visit, 500, "server")
        student = visit.student
        card = student.report_card(year or 0, session or 0) if student else None
        study_year = student.years.get(year or 0) if student else None
        return self._pages.fragment(
            visit,
            "report_card.html",
            card=card,
            entries=_in_order(card, visit.language),
            study_year=study_year,
            cc_order=visit.edition.cc_order,
            exam_order=DOCUMENTED_EXAM_ORDER if self._obscure else visit.edition.exam_order,
            obscure=self._obscure,
        )

    def school_path(self, visit: Visit) -> Response:
        """Show one page of the school path."""
        path: tuple[PathRow, ...] = visit.student.path if visit.student else ()
        pages = max(1, -(-len(path) // _PATH_PAGE_SIZE))
        wanted = _number(visit.request.args.get("grid-page", "1")) or 1
        page = min(wanted, pages)
        first = (page - 1) * _PATH_PAGE_SIZE
        return self._pages.page(
            visit,
            "school_path.html",
            rows=path[first : first + _PATH_PAGE_SIZE],
            grid_page=page,
            grid_pages=pages,
        )

    def profile(self, visit: Visit) -> Response:
        """Show who the student is, and the forms that would change it."""
        return self._pages.page(
            visit, "profile.html", birthplace=BIRTHPLACE, academy=ACADEMY, directorate=DIRECTORATE
        )

    def ignore_update(self, visit: Visit) -> Response:
        """Answer, and change nothing. What the portal answers is unknown."""
        return self._pages.fragment(visit, "ignored.html")


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def _in_order(card: ReportCard | None, language: str) -> list[SubjectMarks]:
    """Conduct first, then by name in the page's language, as the portal's rows seem to stand."""
    return sorted(
        card.subjects if card else (),
        key=lambda entry: (entry.subject is not CONDUCT, entry.subject.said_in(language)),
    )
