"""Which page of the account's menu a person means."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar
from urllib.parse import urljoin

from massar_cli.errors import PageChanged, UsageProblem
from massar_cli.folding import fold
from massar_cli.language import listed
from massar_cli.language import translate as _
from massar_cli.portal.followable import address_below, below_base, may_be_followed
from massar_cli.portal.page import Page
from massar_cli.portal.page_kinds import guess_kind
from massar_cli.portal.recognition import PageGone
from massar_cli.portal.session import PortalSession
from massar_cli.portal_menu import MenuPage, PageKind

AnyPage = TypeVar("AnyPage", bound=Page[object])
_MOST_NAMED = 8
_MOST_SUGGESTED = 3


class Found(NamedTuple):
    """The page that was meant, None where there is none, and what a person should know.

    `others` are pages that would do as well, the better ones first.
    """

    page: MenuPage | None
    others: tuple[MenuPage, ...] = ()
    notes: tuple[str, ...] = ()


def menu_of(session: PortalSession, *, anew: bool = False) -> tuple[MenuPage, ...]:
    """Return the account's menu as kept, or as read in this run where it must be `anew`.

    Raises PageChanged where the landing page shows none.
    """
    pages = session.landing(anew=anew and not session.has_fresh_landing).pages
    if pages is None and not session.has_fresh_landing:
        pages = session.landing(anew=True).pages
    if pages is None:
        from massar_cli.portal.landing import LandingPage

        raise PageChanged(
            _("The page {path} is not as expected: {reason}.").format(
                path=LandingPage.path, reason=_("no menu was recognised on it")
            )
        )
    return pages


def find_page(session: PortalSession, kind: PageKind, chosen: str | None = None) -> Found:
    """Return the menu's page of a kind, the best first, or the one that was `chosen`.

    `chosen` is a label or an address, from the command line or a setting. A page that the kept menu
    lacks is looked for in a menu read anew before it is said not to be there.
    """
    if chosen is not None:
        return Found(_one_of(session, chosen, kind)[0])
    fitting = _of_kind(menu_of(session), kind)
    if not fitting:
        fitting = _of_kind(menu_of(session, anew=True), kind)
    if not fitting:
        note = _("This account's portal does not offer {kind}.").format(kind=kind_name(kind))
        return Found(None, (), (note,))
    best, *others = fitting
    notes: tuple[str, ...] = ()
    if others:
        notes = (
            _(
                "Shown is {page}. Other pages that may be meant: {others}. Choose with --page."
            ).format(page=_named(best), others=_listed(others)),
        )
    return Found(best, tuple(others), notes)


def find_named(
    session: PortalSession, text: str, pinned: Mapping[str, str] | None = None
) -> MenuPage:
    """Return the page that a name means: a kind, a label or a part of one, or an address.

    Where no page is called so, words that mean a kind will do, as in its own command. `pinned` are
    the pages that settings choose, by kind. An address below the base that the menu lacks is taken
    as it is. Raises UsageProblem for a name of nothing or of several pages, and for an address that
    is never asked for.
    """
    kind = text.strip().lower()
    chosen = (pinned or {}).get(kind)
    if chosen is None:
        return _one_of(session, text, None)[0]
    return _one_of(session, chosen, PageKind(kind))[0]


def find_named_and_others(session: PortalSession, text: str) -> tuple[MenuPage, tuple[str, ...]]:
    """Return the page that a name means, and a note on the others of the kind that was named."""
    best, *others = _one_of(session, text, None)
    if not others:
        return best, ()
    note = _("Shown is {page}. Other pages that may be meant: {others}. Name one by its address.")
    return best, (note.format(page=_named(best), others=_listed(others)),)


def _one_of(session: PortalSession, text: str, kind: PageKind | None) -> list[MenuPage]:
    """Return the one page that a text means; of several the one of a kind, if only one is.

    Behind it come the others of its kind, where the text names nothing else.
    """
    matches, all_would_do = _named_in(menu_of(session), text)
    if not matches and (page := _as_address(session.base, text)) is not None:
        return [page]
    if not matches:
        matches, all_would_do = _named_in(menu_of(session, anew=True), text)
    if not matches and kind is None:
        matches, all_would_do = _of_kind(menu_of(session), _kind_in(text)), True
    if len(matches) > 1 and not all_would_do:
        matches = [page for page in matches if page.kind is kind] or matches
    if len(matches) == 1 or (matches and all_would_do):
        return matches
    if matches:
        raise UsageProblem(
            _('"{text}" may mean several pages: {pages}.').format(
                text=_shortened(text), pages=_listed(matches)
            ),
            hint=_("Give a whole label, or an address."),
        )
    raise UsageProblem(
        _('The portal\'s menu has no page "{text}".').format(text=_shortened(text)),
        hint=_hint_of_names(menu_of(session), text),
    )


def _hint_of_names(pages: Sequence[MenuPage], text: str) -> str:
    """Return what to do about a name of nothing: the names that are nearly it, and the list."""
    from difflib import get_close_matches

    names = {fold(page.label): page.label for page in pages}
    names |= {page.kind.value: page.kind.value for page in pages if page.kind is not PageKind.OTHER}
    near = get_close_matches(fold(text), names, n=_MOST_SUGGESTED)
    where_to_look = _("massar pages lists what there is.")
    if not near:
        return where_to_look
    meant = _("Perhaps you mean: {names}.").format(names=listed(names[name] for name in near))
    return f"{meant} {where_to_look}"


def open_found(
    session: PortalSession,
    page_class: type[AnyPage],
    found: MenuPage,
    *,
    query: Mapping[str, str] | None = None,
) -> AnyPage:
    """Open a page of the menu; where it is gone, once more at the address of a menu read anew."""
    try:
        return session.open(page_class, address=found.address, query=query)
    except PageGone:
        if session.has_fresh_landing:
            raise
        moved = _moved(menu_of(session, anew=True), found)
        if moved is None:
            raise
    return session.open(page_class, address=moved.address, query=query)


def _moved(pages: Sequence[MenuPage], found: MenuPage) -> MenuPage | None:
    """Return where a page of the old menu is in the new one, None where it is there no more."""
    if any(page.address == found.address for page in pages):
        return None
    label = fold(found.label)
    same = [page for page in pages if page.kind is found.kind and fold(page.label) == label]
    if not same:
        same = _of_kind(pages, found.kind)
    return same[0] if same else None


def _of_kind(pages: Sequence[MenuPage], kind: PageKind | None) -> list[MenuPage]:
    fitting = [page for page in pages if kind is not PageKind.OTHER and page.kind is kind]
    return sorted(fitting, key=lambda page: -guess_kind(page.label, page.address).score)


def _kind_in(text: str) -> PageKind | None:
    """Return the kind that a text names as the label of a page would."""
    guess = guess_kind(text, "")
    return guess.kind if guess.is_sure else None


def _named_in(pages: Sequence[MenuPage], text: str) -> tuple[list[MenuPage], bool]:
    """Return the pages that a name means, by the surest way in which it means any.

    With them comes whether it names their kind, so that each would do, the better ones first.
    """
    word = fold(text)
    address = text.strip().strip("/").lower()
    kind = next((kind for kind in PageKind if kind.value == text.strip().lower()), None)
    ways = (
        ([page for page in pages if address and page.address.lower() == address], False),
        ([page for page in pages if word and fold(page.label) == word], False),
        (_of_kind(pages, kind), True),
        ([page for page in pages if word and word in fold(page.label)], False),
    )
    return next((way for way in ways if way[0]), ([], False))


def _as_address(base: str, text: str) -> MenuPage | None:
    """Return the page at an address that a person gave, None where the text is none."""
    given = text.strip()
    if "/" not in given or " " in given:
        return None
    try:
        url = urljoin(base + "/", given)
        if below_base(base, url) is None and given.startswith("/"):  # meant from the base on
            url = urljoin(base + "/", given[1:])
        may_be_asked = may_be_followed(base, url)
    except ValueError:
        may_be_asked = False
    if not may_be_asked:
        raise UsageProblem(
            _('"{text}" is never asked for.').format(text=_shortened(text)),
            hint=_("Only pages below {base} are, and none that may change something.").format(
                base=base
            ),
        )
    address = address_below(base, url)
    return MenuPage(label=address, address=address, kind=guess_kind("", address).kind)


def _named(page: MenuPage) -> str:
    """Return how a message names a page."""
    return f"{page.label} ({page.address})"


def _listed(pages: Sequence[MenuPage]) -> str:
    more = ["…"] if len(pages) > _MOST_NAMED else []
    return listed([*map(_named, pages[:_MOST_NAMED]), *more])


def _shortened(text: str) -> str:
    return text[:60]


def kind_name(kind: PageKind) -> str:
    """Return a kind's name for a message."""
    return {
        PageKind.ABSENCES: _("absences"),
        PageKind.HOMEWORK: _("homework"),
        PageKind.TIMETABLE: _("a timetable"),
        PageKind.EXAMS: _("planned tests"),
        PageKind.MESSAGES: _("messages"),
        PageKind.DOCUMENTS: _("documents"),
        PageKind.ORIENTATION: _("orientation"),
        PageKind.GRADES: _("grades"),
        PageKind.JOURNEY: _("a school path"),
        PageKind.PROFILE: _("a profile"),
        PageKind.OTHER: _("other pages"),
    }[kind]
