"""Certificates and other files that the school offers."""

from massar_cli.dates import to_day
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.listing import FILE, ListedRow, Shape
from massar_cli.portal.listing_headings import DOCUMENTS
from massar_cli.portal_menu import PageKind
from massar_cli.school_life import SchoolDocument


class DocumentsPage(ListPage[SchoolDocument]):
    """The account's documents; nobody has documented the page."""

    shape = Shape(
        kind=PageKind.DOCUMENTS,
        headings=DOCUMENTS,
        required=(("title", "attachments", FILE),),
        values={"date": to_day},
        captions={"title": str},
        files_identify=True,
    )

    def record(self, row: ListedRow) -> SchoolDocument:
        """Return a document; a file's link may be all that names it, with its day beside."""
        attachments = self.attachments(row)
        named = row.cells.get(FILE)
        names = [one.name for one in attachments if one.name]
        date = row.value(to_day, "date")
        if named is not None and date is None and names:
            date = to_day(named.text.replace(names[0], " ", 1))
        return SchoolDocument(
            title=row.text("title") or (names[0] if names else None),
            date=date,
            attachments=attachments,
            raw=row.raw,
        )
