"""The children of an account: who they are, and which of them is meant."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from massar_cli.errors import MassarError, PageChanged, PersonNeeded, UsageProblem
from massar_cli.folding import fold
from massar_cli.language import listed
from massar_cli.language import translate as _
from massar_cli.portal.session import PortalSession
from massar_cli.records import Child, ListedChild
from massar_cli.services.result import Result

T = TypeVar("T")
Nicknames = Mapping[str, str]
"""What a person calls the children: Massar code to name."""


def list_children(
    session: PortalSession, nicknames: Nicknames, *, child: str | None = None
) -> Result[ListedChild]:
    """Return the account's children as the portal lists them now, or its one student.

    `child` leaves that one alone; raises UsageProblem where there is none. A child whose own page
    cannot be read stays without the name that only that page tells.
    """
    children = session.landing(anew=True).children
    errors: tuple[MassarError, ...] = ()
    if len(children) <= 1:
        children = (_only_student(session),)
    if child is not None:
        children = (_find(session, children, nicknames, child),)
    if not all(one.name for one in children):
        children, errors = _with_names(session, children)
    return Result(
        records=tuple(
            ListedChild(code=one.code, name=one.name, nickname=nicknames.get(one.code))
            for one in children
        ),
        errors=errors,
    )


def choose_all(session: PortalSession) -> tuple[Child | None, ...]:
    """Return every child of the account; None stands for the student of an account of one."""
    children = session.landing().children
    if len(children) > 1:
        return children
    if session.student is None or session.student.code is None:
        _only_student(session)
    return (None,)


def choose_one(
    session: PortalSession, nicknames: Nicknames, wanted: str | None, usual: str | None
) -> Child | None:
    """Return the child that is `wanted`, else the `usual` one; None for an account of one student.

    Raises UsageProblem for somebody else, and for an account of several where nobody is named.
    """
    children = session.landing().children if wanted is not None else _known_children(session)
    if len(children) <= 1:
        if wanted is not None:
            _demand_only_student(session, nicknames, wanted)
        return None
    text = wanted if wanted is not None else usual
    if text is None:
        raise _which_child(children, nicknames)
    return _find(session, children, nicknames, text)


def read_of(
    session: PortalSession, child: Child | None, nicknames: Nicknames, read: Callable[[], T]
) -> T:
    """Return what `read` returns of one child, or of the account's one student.

    A session that dies at the wrong moment makes it read a child's pages again. Raises UsageProblem
    where an account of one has turned out to have several students: it is known only after a new
    sign-in, and nobody can tell whose pages were read.
    """
    if child is not None:
        return session.read_of(child, read)
    try:
        value = read()
    except MassarError:
        _demand_one_student(session, nicknames)
        raise
    _demand_one_student(session, nicknames)
    return value


def _demand_one_student(session: PortalSession, nicknames: Nicknames) -> None:
    if len(session.children) > 1:
        raise _which_child(session.children, nicknames)


def _which_child(children: Sequence[Child], nicknames: Nicknames) -> UsageProblem:
    """Return the error for an account of several children where nobody is named."""
    return UsageProblem(
        _("This account has several children: {children}.").format(
            children=_listed(children, nicknames)
        ),
        hint=_(
            "Choose one: --child CODE|NAME. Commands that print records take --all-children too."
        ),
    )


def _known_children(session: PortalSession) -> tuple[Child, ...]:
    """Return the children that the landing page lists, none where it cannot be read."""
    try:
        return session.landing().children
    except (PageChanged, PersonNeeded):
        # A pupil who is asked for a new password has no landing page, and may have the others.
        if session.has_failed:
            raise
        return ()


def _find(
    session: PortalSession, children: tuple[Child, ...], nicknames: Nicknames, text: str
) -> Child:
    found = _best_matches(children, nicknames, text)
    if not found and not all(child.other_names for child in children):
        # The landing page names them in one script, their own pages often in both.
        children, errors = _with_names(session, children)
        found = _best_matches(children, nicknames, text)
        if errors and not found:
            raise errors[0]  # the name may be that child's
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageProblem(
            _('"{text}" may be one of several children: {children}.').format(
                text=text[:60], children=_listed(found, nicknames)
            ),
            hint=_("Give more of the name, or the code."),
        )
    raise _nobody(children, nicknames, text)


def _demand_only_student(session: PortalSession, nicknames: Nicknames, text: str) -> None:
    student = session.student
    known = Child(code=student.code or "", name=student.name) if student else None
    if known and _best_matches((known,), nicknames, text):
        return
    child = _only_student(session)
    if not _best_matches((child,), nicknames, text):
        raise _nobody((child,), nicknames, text)


def _nobody(children: Sequence[Child], nicknames: Nicknames, text: str) -> UsageProblem:
    return UsageProblem(
        _('"{text}" is no child of this account.').format(text=text[:60]),
        hint=_("It has: {children}").format(children=_listed(children, nicknames)),
    )


def _only_student(session: PortalSession) -> Child:
    """Return the one student of an account, with the names on their own page."""
    from massar_cli.portal.student_names import names_of, with_names
    from massar_cli.services.profile import get_profile

    children = session.landing().children
    if children and children[0].other_names:
        return children[0]
    profile = get_profile(session).records[0]
    student = session.student
    name = student.name if student else None
    child = with_names(Child(code=profile.code.upper(), name=name), names_of(profile))
    session.keep_children((child,))
    return child


def _with_names(
    session: PortalSession, children: tuple[Child, ...]
) -> tuple[tuple[Child, ...], tuple[MassarError, ...]]:
    """Return the children with the names on their own pages, and what failed of those.

    Each page is read once; one that fails stops no other.
    """
    errors: list[MassarError] = []
    for child in children:
        if child.other_names:
            continue
        try:
            session.read_of(child, lambda: None)  # the check reads them
        except MassarError as error:
            if session.has_failed:
                raise
            errors.append(error.about(child.name or child.code))
    known = {child.code: child for child in session.landing().children}
    return tuple(known.get(child.code, child) for child in children), tuple(errors)


def _best_matches(children: Sequence[Child], nicknames: Nicknames, text: str) -> tuple[Child, ...]:
    """Return the children that a text fits best: by code, else by name, word or part of a name."""
    wanted = fold(text)
    if not wanted:
        return ()
    names = {child: _folded_names(child, nicknames) for child in children}
    fits: tuple[Callable[[Child], bool], ...] = (
        lambda child: fold(child.code) == wanted.replace(" ", ""),
        lambda child: wanted in names[child],
        lambda child: any(set(wanted.split()) <= set(name.split()) for name in names[child]),
        lambda child: any(wanted in name for name in names[child]),
    )
    for fit in fits:
        if found := tuple(child for child in children if fit(child)):
            return found
    return ()


def _folded_names(child: Child, nicknames: Nicknames) -> list[str]:
    names = (nicknames.get(child.code), child.name, *child.other_names)
    return [fold(name) for name in names if name and fold(name)]


def _listed(children: Sequence[Child], nicknames: Nicknames) -> str:
    def one(child: Child) -> str:
        names = dict.fromkeys(filter(None, (nicknames.get(child.code), child.name)))
        return " ".join([*names, f"({child.code})" if names else child.code])

    return listed(map(one, children))
