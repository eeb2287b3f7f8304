"""The school years that the marks page offers."""

from massar_cli.portal.page import Page, text_of
from massar_cli.records import SchoolYear


class SchoolYearsPage(Page[tuple[SchoolYear, ...]]):
    """Years of `select#SelectedAnnee`, in the page's order, its empty choice left out.

    `GET TuteurEleves/GetNotesEleve` (high confidence). Past years have been missing at times.
    """

    path = "TuteurEleves/GetNotesEleve"
    landmark = "select#SelectedAnnee"

    def read(self) -> tuple[SchoolYear, ...]:
        """Return the years; the value `2025` stands for 2025/2026."""
        years = []
        for option in self.tree.css("select#SelectedAnnee option"):
            value = (option.attributes.get("value") or "").strip()
            if value not in ("", "0"):
                years.append(SchoolYear(id=value, label=text_of(option) or value))
        return tuple(years)
