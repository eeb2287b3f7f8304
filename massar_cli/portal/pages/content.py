"""Any page of the portal that shows something, read by its form alone."""

from functools import cached_property

from massar_cli.folding import fold
from massar_cli.language import translate as _
from massar_cli.portal.content import read_content
from massar_cli.portal.content_area import AREAS
from massar_cli.portal.page import LAYOUT, Page, text_of
from massar_cli.portal_pages import Content

_ASKS = (
    'input[name="NewPassword"], input[name="CaptchaInputText"], [name="CaptchaDeText"], '
    'input[name="UserName"], input[name="Password"]'
)
_DATA = "table, dl"
_FAILURE = fold("حدث خطأ أثناء تنفيذ هذه العملية")


class ContentPage(Page[Content]):
    """What a page of the menu shows, whatever it is about.

    Its address is the menu's. It is known by the layout of a signed-in page; without that, by a
    content area with a table or a definition list. A page that asks for a password is another one.
    """

    landmark = ", ".join((LAYOUT, *AREAS))

    def is_here(self) -> bool:
        """Whether this is a page that shows something, to somebody who is signed in."""
        if self.tree.css_first(LAYOUT) is None:
            return any(
                area.css_first(_DATA) is not None and area.css_first(_ASKS) is None
                for selector in AREAS
                if (area := self.tree.css_first(selector)) is not None
            )
        areas = (self.tree.css_first(selector) for selector in AREAS)
        area = next((one for one in areas if one is not None), self.tree.body)
        return area is not None and area.css_first(_ASKS) is None

    def read(self) -> Content:
        """Return the page's content; raises PageChanged where it is the portal's own failure."""
        return self.content

    @cached_property
    def content(self) -> Content:
        """What stands on the page, with its choices and its next page, as `read` returns it."""
        for alert in self.tree.css(".alert, .alert-danger"):
            if fold(text_of(alert)).startswith(_FAILURE):
                raise self.changed(_("it says: {text}").format(text=text_of(alert)[:200]))
        return read_content(self.tree, self.url)
