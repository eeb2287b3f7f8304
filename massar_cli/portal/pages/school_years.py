"""The school years that the marks page offers."""

import re

from massar_cli.language import translate as _
from massar_cli.portal.page import Page, text_of
from massar_cli.records import SchoolYear

_YEAR = re.compile(r"\d{4}", re.ASCII)
_MOST_YEARS = 40


class SchoolYearsPage(Page[tuple[SchoolYear, ...]]):
    """Years of `select#SelectedAnnee`, in the page's order, its empty choice left out.

    `GET TuteurEleves/GetNotesEleve` (high confidence). Past years have been missing at times.
    """

    path = "TuteurEleves/GetNotesEleve"
    landmark = "select#SelectedAnnee"

    def read(self) -> tuple[SchoolYear, ...]:
        """Return the years; the value `2025` stands for 2025/2026.

        Raises PageChanged for a value that is no year, or more of them than a school career has.
        """
        years: list[SchoolYear] = []
        for option in self.tree.css("select#SelectedAnnee option"):
            value = (option.attributes.get("value") or "").strip()
            if value in ("", "0"):
                continue
            if not _YEAR.fullmatch(value) or len(years) == _MOST_YEARS:
                raise self.changed(_("the list of school years is not recognised"))
            years.append(SchoolYear(id=value, label=text_of(option) or value))
        return tuple({year.id: year for year in years}.values())
