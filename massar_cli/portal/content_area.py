"""Where on a page its content is: without menus, headers and footers of the layout around it."""

from selectolax.lexbor import LexborHTMLParser

from massar_cli.portal.elements import Element, read_elements

AREAS = (
    ".content-wrapper",
    "section.content",
    "main",
    '[role="main"]',
    "#main-content",
    "#maincontent",
    "#content",
    ".page-content",
    ".main-content",
    ".content-page",
    "#main",
)
_LAYOUT_TAGS = frozenset(("nav", "header", "aside", "footer"))
_LAYOUT_CLASSES = frozenset(
    (
        *("main-header", "main-sidebar", "main-footer", "sidebar", "sidebar-menu", "main-menu"),
        *("navbar", "control-sidebar", "offcanvas", "topbar", "breadcrumb", "page-footer"),
        *("skip-link", "page-sidebar", "side-nav", "sidenav"),
    )
)
_LAYOUT_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary"))
# The greeting of the account's owner, in a heading of its own on every page (portal's own classes).
_GREETING = frozenset(("welcomeuser", "welcomewrapper"))


def find_area(tree: LexborHTMLParser) -> Element | None:
    """Return the content area of a page, None for a page without a body."""
    for selector in AREAS:
        node = tree.css_first(selector)
        if node is not None and node.text().strip():
            return read_elements(node, _is_layout_inside)
    body = tree.body
    return read_elements(body, _is_layout) if body is not None else None


def _is_layout_inside(element: Element) -> bool:
    """Whether an element in the content area belongs to the layout all the same."""
    return not element.classes.isdisjoint(_LAYOUT_CLASSES | _GREETING) or (
        element.tag == "nav" and "breadcrumb" in element.get("aria-label").lower()
    )


def _is_layout(element: Element) -> bool:
    return (
        _is_layout_inside(element)
        or element.tag in _LAYOUT_TAGS
        or element.get("role").lower() in _LAYOUT_ROLES
        or "modal" in element.classes
    )
