"""A page of the portal as it came, whether or not it can be read."""

from massar_cli.portal import evidence
from massar_cli.portal.page import Page
from massar_cli.portal.pages.report_card import ReportCardPage


class RawPage(Page[str]):
    """Whatever the portal answers to somebody who is signed in.

    Its address is the menu's. A sign-in page, a captcha or a code is none, nor is maintenance.
    """

    landmark = "*"

    def __init__(self, html: str, url: str = "", base: str = "") -> None:
        self._html = html
        super().__init__(html, url, base)

    def is_here(self) -> bool:
        """Whether this is an answer to somebody who is signed in."""
        tree = self.tree
        return not (
            evidence.has_sign_in_form(tree)
            or evidence.asks_new_password(tree)
            or evidence.obstacle(tree) is not None
            or (not evidence.has_layout(tree) and evidence.code_form(tree) is not None)
        )

    def read(self) -> str:
        """Return the page as it came."""
        return self._html


class RawReportCard(RawPage):
    """The answer with a report card, whatever is in it."""

    path = ReportCardPage.path
    method = ReportCardPage.method
