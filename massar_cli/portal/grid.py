"""Pages whose data stand in a Grid.Mvc table: cells by `data-name`, and the pager."""

import re
from typing import Generic
from urllib.parse import parse_qs

from massar_cli.language import translate as _
from massar_cli.portal.page import Page, Record_co, text_of

PAGE_PARAMETER = "grid-page"
_PAGE_NUMBER = re.compile(r"[1-9]\d{0,3}", re.ASCII)


class GridPage(Page[Record_co], Generic[Record_co]):
    """A page with one Grid.Mvc table (high confidence for the component's markup)."""

    def grid_rows(self, identifying: str) -> list[dict[str, str]]:
        """Return each data row as `data-name` to text.

        The row that says "no data" is none. A row whose `identifying` cell is missing or empty
        raises PageChanged.
        """
        rows = []
        for row in self.tree.css("table.grid-table > tbody > tr"):
            if "grid-empty-text" in (row.attributes.get("class") or ""):
                continue
            cells = {
                name: text_of(cell)
                for cell in row.css("td[data-name]")
                if (name := cell.attributes.get("data-name"))
            }
            if not cells.get(identifying):
                text = text_of(row)
                raise self.changed(_("a row is not recognised: {row}").format(row=text), text)
            rows.append(cells)
        return rows

    def next_page(self) -> int | None:
        """Return the number of the page after this one, None on the last."""
        pager = self.tree.css_first(".grid-pager ul.pagination")
        if pager is None:
            return None
        current = text_of(pager.css_first("li.active"))
        if not _PAGE_NUMBER.fullmatch(current):
            raise self.changed(_("the pager does not say which page this is"))
        following = int(current) + 1
        for link in pager.css("a[href]"):
            _address, _mark, query = (link.attributes["href"] or "").partition("?")
            if parse_qs(query.partition("#")[0]).get(PAGE_PARAMETER) == [str(following)]:
                return following
        return None
