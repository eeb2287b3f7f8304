"""One page or file asked for, and what came understood: only addresses that change nothing."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from massar_cli.errors import PageChanged
from massar_cli.language import translate as _
from massar_cli.portal import evidence
from massar_cli.portal.connection import Connection, joined
from massar_cli.portal.followable import below_base, may_be_followed, server_path
from massar_cli.portal.harmless import harmless_path
from massar_cli.portal.page import Page
from massar_cli.portal.recognition import (
    PageGone,
    SessionGone,
    code_demanded,
    new_password_demanded,
    read_answer,
    read_file_answer,
)

if TYPE_CHECKING:  # most runs fetch no file
    from massar_cli.portal.receiving import Receiver

AnyPage = TypeVar("AnyPage", bound=Page[object])


class Opener:
    """Asks for pages and files with the cookies that the connection has.

    Raises SessionGone where the portal wants a sign-in first.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._data_came_at: float | None = None

    def address_of(self, page: type[Page[object]], address: str | None) -> str:
        """Return where a page is; raises PageChanged for an address that is never asked for."""
        if address is None:
            return self._connection.address(page.path)
        return self.followable(address)

    def followable(self, address: str) -> str:
        """Return an address, whole or below the base, in full.

        Raises PageChanged for one that is never asked for.
        """
        url = joined(self._connection.address(""), address)
        self._refuse_change(url)
        return url

    def open(
        self,
        page: type[AnyPage],
        url: str,
        query: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> AnyPage:
        """Return a page; raises the error that fits what came instead."""
        connection = self._connection
        with self._spaced():
            if page.method == "POST":
                # As the page's own script asks; a lost session then answers 401, no redirect.
                referer = connection.address("TuteurEleves/GetNotesEleve")
                answer = connection.ask(url, fields or {}, referer=referer)
            else:
                answer = connection.get(url, query=query)
        landed = connection.follow(answer, lambda target: self._check_redirect(page, url, target))
        return read_answer(page, landed, self._connection.base)

    def download(self, url: str, receiver: "Receiver") -> None:
        """Fetch a file into `receiver`; raises the error that fits what came instead."""
        connection = self._connection
        with self._spaced():
            answer = connection.receive(url, receiver)
        landed = connection.follow(answer, self._check_file_redirect, receiver)
        read_file_answer(landed, receiver, self._connection.base)

    @contextmanager
    def _spaced(self) -> Iterator[None]:
        """Keep what is asked for inside apart from the last data that came."""
        connection = self._connection
        if self._data_came_at is not None:
            connection.wait(self._data_came_at + connection.pace.spacing - time.monotonic())
        try:
            yield
        finally:
            self._data_came_at = time.monotonic()

    def _check_file_redirect(self, target: str) -> None:
        self._refuse_end_of_session(target)
        if not below_base(self._connection.base, target):
            raise PageGone(_("The portal sent massar elsewhere in place of the file."))
        self._refuse_change(target)

    def _refuse_end_of_session(self, target: str) -> None:
        """Raise SessionGone or PersonNeeded for a redirect to a part of the sign-in."""
        base = self._connection.base
        if evidence.is_sign_in_address(base, target):
            raise SessionGone
        if evidence.is_change_password_address(base, target):
            raise new_password_demanded()
        if evidence.is_code_address(base, target):
            raise code_demanded()

    def _check_redirect(self, page: type[Page[object]], url: str, target: str) -> None:
        self._refuse_end_of_session(target)
        # A page that only its address names is another one where that changes.
        if (page.method == "POST" and target != url) or (
            not page.path and server_path(target) != server_path(url)
        ):
            raise PageGone(
                _("The portal sent the page {path} elsewhere.").format(
                    path=page.path or below_base(self._connection.base, url)
                )
            )
        if below_base(self._connection.base, target):  # the base itself is the first page
            self._refuse_change(target)

    def _refuse_change(self, url: str) -> None:
        """Raise PageChanged for an address that is never asked for."""
        if not may_be_followed(self._connection.base, url):
            raise PageChanged(
                _("The portal points to {path}, which is never asked for.").format(
                    path=harmless_path(server_path(url), server_path(self._connection.base))
                ),
                hint=_("Such an address may change something. Open it in a browser if you must."),
            )
