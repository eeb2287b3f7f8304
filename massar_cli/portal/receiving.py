"""One file on its way: begun, taken up again where that is safe, whole, and never too large."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Protocol

from massar_cli.errors import PortalUnavailable
from massar_cli.language import translate as _
from massar_cli.portal.body import damaged
from massar_cli.portal.file_headers import (
    NO_VERSION,
    Version,
    is_page,
    kind_of,
    length_of,
    range_of,
    version_of,
)

MEGABYTE = 1_000_000
_NAMING = ("content-disposition", "content-type")


class Part(Protocol):
    """What has arrived of a file, now or in an earlier run.

    `version` is that of the file that it is a part of, empty where it cannot be taken up again.
    """

    @property
    def size(self) -> int:
        """How many bytes are there."""

    @property
    def version(self) -> Version:
        """Of which version of the file they are."""

    @property
    def naming(self) -> Mapping[str, str]:
        """What the head of their answer told of the file's name."""

    def restart(self, version: Version, naming: Mapping[str, str]) -> None:
        """Forget what has arrived; the file of this version follows."""

    def append(self, data: bytes) -> None:
        """Add what comes next."""


class Receiver:
    """Takes one file into its part; a sink of the connection.

    `known` is the version that need not be sent again. `most` is the largest size in bytes. `tell`
    is told how many bytes have come, of how many. With `takes_pages` a page is a file too.
    """

    def __init__(
        self,
        part: Part,
        *,
        known: Version = NO_VERSION,
        most: int,
        tell: Callable[[int, int | None], None],
        takes_pages: bool = False,
    ) -> None:
        self._part = part
        self._known = known
        self._most = most
        self._tell = tell
        self._total: int | None = None
        self.takes_pages = takes_pages
        self.headers: Mapping[str, str] = {}
        self.is_whole = False

    @property
    def version(self) -> Version:
        """The version of the file that came."""
        return version_of(self.headers) or self._part.version

    def request_headers(self) -> dict[str, str]:
        """Ask for the rest of what is there, else for the file unless it is the known one."""
        strong = self._part.version.strong
        if self._part.size and strong:
            return {"Range": f"bytes={self._part.size}-", "If-Range": strong}
        headers = {}
        if self._known.etag:
            headers["If-None-Match"] = self._known.etag
        elif self._known.last_modified:
            headers["If-Modified-Since"] = self._known.last_modified
        return headers

    def begin(self, status: int, headers: Mapping[str, str], start: bytes) -> bool:
        """Whether the answer is the file or its rest; raises PortalUnavailable for neither.

        A page is neither, and is left to others to understand.
        """
        if status != HTTPStatus.OK:
            self._go_on(status, headers)
            # The head of a rest need not repeat what that of the beginning told.
            self.headers = {**self._part.naming, **headers}
            return True
        self.headers = dict(headers)
        if not start or is_page(kind_of(headers), start):
            return False
        self._total = length_of(headers)
        self._refuse_too_large(self._total or 0)
        version = version_of(headers)
        can_go_on = headers.get("accept-ranges", "").strip().lower() == "bytes"
        is_packed = headers.get("content-encoding", "identity").strip().lower() != "identity"
        naming = {name: headers[name] for name in _NAMING if name in headers}
        self._part.restart(version if can_go_on and not is_packed else NO_VERSION, naming)
        return True

    def _go_on(self, status: int, headers: Mapping[str, str]) -> None:
        """Take the rest of what is there; where it does not fit, the next try begins anew."""
        part, part_version = self._part, self._part.version
        came = range_of(headers)
        told = version_of(headers)
        fits = (
            status == HTTPStatus.PARTIAL_CONTENT
            and came is not None
            and part.size > 0
            and part_version.strong is not None
            and came.first == part.size
            and (came.total is None or came.last == came.total - 1)
            and (told.etag is None or told.etag == part_version.etag)
        )
        if not fits or came is None:
            part.restart(NO_VERSION, {})
            raise damaged()
        self._total = came.total
        self._refuse_too_large(came.last + 1)

    def write(self, data: bytes) -> None:
        """Take the next piece; raises PortalUnavailable where the file becomes too large."""
        self._refuse_too_large(self._part.size + len(data))
        self._part.append(data)
        self._tell(self._part.size, self._total)

    def end(self) -> None:
        """Know that the file is whole."""
        if self._total is not None and self._part.size != self._total:
            self._part.restart(NO_VERSION, {})
            raise damaged()
        self.is_whole = True

    def take_page(self, body: bytes) -> None:
        """Take a page as the file."""
        self._part.restart(NO_VERSION, {})
        self.write(body)
        self.is_whole = True

    def _refuse_too_large(self, size: int) -> None:
        if size > self._most:
            self._part.restart(NO_VERSION, {})
            raise PortalUnavailable(
                _("The file is larger than {most} MB, and was not saved.").format(
                    most=f"{self._most / MEGABYTE:g}"
                ),
                hint=_("download_limit_mb in the configuration file sets another limit."),
            )
