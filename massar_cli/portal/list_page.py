"""A page of the account's menu that is one list: found by its headings, read row by row."""

from functools import cached_property
from typing import ClassVar, Generic

from massar_cli.errors import PageChanged
from massar_cli.language import translate as _
from massar_cli.portal.content import read_content
from massar_cli.portal.followable import below_base, only_shows
from massar_cli.portal.listing import ListedRow, Listing, Shape, read_listing
from massar_cli.portal.page import LAYOUT, Page, Record_co
from massar_cli.portal.page_kinds import guess_kind
from massar_cli.portal_menu import PageKind
from massar_cli.portal_pages import Content
from massar_cli.school_life import Attachment


class ListPage(Page[tuple[Record_co, ...]], Generic[Record_co]):
    """A list of records; `shape` says what it must have.

    Its address is what the menu says. That it is a page of the portal is told by the layout.
    """

    landmark = LAYOUT
    shape: ClassVar[Shape]

    def read(self) -> tuple[Record_co, ...]:
        """Return the records; raises PageChanged where no such list is recognised."""
        return self.records(self.listing.rows)

    def records(self, rows: tuple[ListedRow, ...]) -> tuple[Record_co, ...]:
        """Return the records of the list's rows."""
        return tuple(map(self.record, rows))

    def record(self, row: ListedRow) -> Record_co:
        """Return the record of one row."""
        raise NotImplementedError

    @cached_property
    def content(self) -> Content:
        """What stands on the page, with its choices and its next page."""
        return read_content(self.tree, self.url)

    @cached_property
    def listing(self) -> Listing:
        """The rows of the list; raises PageChanged where none is recognised."""
        try:
            return read_listing(self.content, self.shape)
        except PageChanged as error:
            raise self.no_list(error) from None

    def no_list(self, error: PageChanged) -> PageChanged:
        """Return the error of a page on which no list of this kind is recognised."""
        if guess_kind("", below_base(self.base, self.url) or "").kind is PageKind.PROFILE:
            # What stands where a list has its headings may be a guardian's.
            return self.changed(_("it holds a person's own data; massar page shows it"))
        return self.changed(error.message)

    def attachments(self, row: ListedRow) -> tuple[Attachment, ...]:
        """Return the files that a row offers; a link that may change something is none."""
        cell = row.cells.get("attachments")
        links = dict.fromkeys((*(cell.links if cell else ()), *row.files))
        return tuple(
            Attachment(link.text, link.address) for link in links if only_shows(link.address)
        )
