"""Guidance: the branches that a student wished for, and what became of each wish."""

from massar_cli.dates import to_day
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.listing import ListedRow, Shape
from massar_cli.portal.listing_headings import ORIENTATION
from massar_cli.portal_menu import PageKind
from massar_cli.ranks import to_rank
from massar_cli.school_life import OrientationWish


class OrientationPage(ListPage[OrientationWish]):
    """The account's wishes; nobody has documented the page."""

    shape = Shape(
        kind=PageKind.ORIENTATION,
        headings=ORIENTATION,
        required=(("wish", "branch"),),
    )

    def record(self, row: ListedRow) -> OrientationWish:
        """Return a wish; where its own column has only its place, the branch is beside it."""
        rank = row.value(to_rank, "rank")
        names = [name for name in row.cells if name in ("wish", "branch")]
        place = row.value(to_rank, "wish")
        if place is not None:
            rank, names = place if rank is None else rank, ["branch"]
        return OrientationWish(
            rank=rank,
            choice=row.text(*names),
            status=row.text("status"),
            date=row.value(to_day, "date"),
            text=row.lines("text"),
            raw=row.raw,
        )
