"""The school path: one line for every school year."""

from massar_cli.convert import to_decimal
from massar_cli.portal.grid import GridPage
from massar_cli.student_record import YearOutcome


class SchoolPathPage(GridPage[tuple[YearOutcome, ...]]):
    """Years, schools, levels, averages and decisions, newest first.

    `GET TuteurEleves/GetScolariteEleve` (medium confidence), a grid that may have several pages.
    """

    path = "TuteurEleves/GetScolariteEleve"
    landmark = 'td[data-name="AnneeScolaire"], table.grid-table tr.grid-empty-text'

    def is_here(self) -> bool:
        """Whether this is the school path; an empty grid alone may be a report card's."""
        is_report_card = self.tree.css_first("#tab_cc, #tab_notes_exam") is not None
        return super().is_here() and not is_report_card

    def read(self) -> tuple[YearOutcome, ...]:
        """Return this page's lines; raises PageChanged for a row without its school year."""
        return tuple(
            YearOutcome(
                school_year=row["AnneeScolaire"],
                school=row.get("Etablissement") or None,
                level=row.get("Niveau") or None,
                average=to_decimal(row.get("Moyenne", "")),
                average_text=row.get("Moyenne") or None,
                decision=row.get("resultat") or None,
            )
            for row in self.grid_rows("AnneeScolaire")
        )
