"""The page after the sign-in: the greeting, the account's menu, and its children."""

from typing import ClassVar

from selectolax.lexbor import LexborNode

from massar_cli.convert import one_line
from massar_cli.errors import PageChanged
from massar_cli.folding import fold
from massar_cli.portal.page import LAYOUT, Page, text_of
from massar_cli.portal_menu import Landing
from massar_cli.records import Child

_GREETINGS = frozenset(
    map(fold, ("Bonjour", "Bienvenue", "Bonsoir", "مرحبا", "مرحبا بك", "أهلا", "أهلا وسهلا"))
)


class LandingPage(Page[Landing]):
    """What the account's first page tells of it.

    `GET General/Home` (high confidence that it is the landing page; `Dashboard` is another name).
    It is the layout around every page that is read, so other pages would do as well. The buttons of
    several children are of medium confidence, the menu's markup is discovered.
    """

    path = "General/Home"
    other_path: ClassVar[str] = "Dashboard"
    landmark = LAYOUT

    def read(self) -> Landing:
        """Return the name in the greeting, the menu's pages, and the children."""
        from massar_cli.portal.menu import read_menu  # most runs have it kept

        return Landing(
            name=self.greeted_name(),
            pages=read_menu(self.tree, self.base, self.url),
            children=self.children(),
        )

    def children(self) -> tuple[Child, ...]:
        """Return the children; of several buttons for one of them the longest name counts."""
        names: dict[str, str] = {}
        for button in self.tree.css(".btnEleve[data-code]"):
            code = one_line(button.attributes.get("data-code") or "").upper()
            if code:
                names[code] = max(names.get(code, ""), _own_text(button), key=len)
        return tuple(Child(code=code, name=name or None) for code, name in names.items())

    def greeted_name(self) -> str | None:
        """Return the name after the greeting: `<span>Bonjour</span> NAME`, or `Bonjour NAME,`."""
        heading = self.tree.css_first("h1.welcomeUser, .welcomeUser")
        if heading is None:
            return None
        text = one_line(heading.text()).rstrip(" ,،!")
        greeting = heading.css_first("span")
        if greeting is not None:
            name = text.removeprefix(one_line(greeting.text())).strip(" ,،")
            return name or None
        words = text.split(" ")
        for count in (2, 1):
            if fold(" ".join(words[:count])) in _GREETINGS:
                return " ".join(words[count:]).strip(" ,،") or None
        return None


def names_in_layout(html: str) -> tuple[str, ...]:
    """Return the names that the layout around a page tells: the greeting's and the children's."""
    try:
        page = LandingPage(html)
    except PageChanged:
        return ()
    children = (child.name for child in page.children())
    return tuple(name for name in (page.greeted_name(), *children) if name)


def _own_text(button: LexborNode) -> str:
    """Return a button's text without that of what stands inside, a school or a badge perhaps."""
    own = one_line(button.text(deep=False))
    return own or text_of(button)
