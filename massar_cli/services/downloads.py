"""Files that records name, fetched into a folder: one that fails does not stop the others.

Those of a child that was chosen come to their places together, after the last of them, and only
when it is certain that they are the child's: the portal may lose a choice without a word.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from massar_cli.download_folder import DownloadFolder, Saved, download_key, unusable_folder
from massar_cli.errors import (
    CredentialsProblem,
    HeldBack,
    MassarError,
    PersonNeeded,
    PortalUnavailable,
    UsageProblem,
)
from massar_cli.file_names import ending_of
from massar_cli.language import plural
from massar_cli.language import translate as _
from massar_cli.part_file import PartFile
from massar_cli.portal.body import damaged
from massar_cli.portal.file_headers import Version, offered_names
from massar_cli.portal.receiving import MEGABYTE, Receiver
from massar_cli.portal.session import PortalSession
from massar_cli.school_life import Attachment, HomeworkItem, Message, SchoolDocument
from massar_cli.system_errors import reason_of

Progress = Callable[[int, int | None], None]
Watch = Callable[[str], AbstractContextManager[Progress]]
HasFiles = HomeworkItem | Message | SchoolDocument
_LONGEST_LABEL = 80
_MOST_OUTAGES = 3
_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".json")
# What would meet every other file as well.
_OF_THE_ACCOUNT = (CredentialsProblem, PersonNeeded, HeldBack, UsageProblem)


def files_of(records: Iterable[HasFiles]) -> list[Attachment]:
    """Return the files of records, each address once, under names that tell them apart.

    Where a link says nothing of its own, such as "download" in every row, the record's title does.
    """
    found: dict[str, tuple[HasFiles, Attachment]] = {}
    for record in records:
        for attachment in record.attachments:
            found.setdefault(attachment.url, (record, attachment))
    uses = Counter(" ".join(one.name.split()).casefold() for _record, one in found.values())
    return [
        one
        if one.name.strip() and uses[" ".join(one.name.split()).casefold()] == 1
        else one._replace(name=_title(record) or one.name)
        for record, one in found.values()
    ]


def _title(record: HasFiles) -> str | None:
    if isinstance(record, HomeworkItem):
        return record.text or record.subject
    return record.title


class _Arrival(NamedTuple):
    """A whole file that has no place yet; `label` is what to call it."""

    label: str
    key: str
    part: PartFile
    names: Sequence[str]
    version: Version


@dataclass(kw_only=True)
class Downloads:
    """Fetches files into a folder.

    `limit` is the most megabytes of one file. `watch` shows the progress of one with a name, `tell`
    is told of each that is there.
    """

    session: PortalSession
    folder: DownloadFolder
    limit: float
    watch: Watch
    tell: Callable[[Saved], None]
    _errors: list[MassarError] = field(default_factory=list)
    _waiting: list[_Arrival] = field(default_factory=list)

    def fetch(self, wanted: Sequence[Attachment]) -> tuple[MassarError, ...]:
        """Fetch the files; returns what failed, each error with the file's name.

        Raises what the check of the chosen child raises, and then none of the files is there.
        """
        if not wanted:
            return ()
        with ExitStack() as stack:
            try:
                stack.enter_context(self.folder.opened(on_trial=self.session.is_child_chosen))
            except PortalUnavailable as error:  # another run has the folder
                return (error,)
            except OSError as error:
                return (unusable_folder(self.folder.path, reason_of(error)),)
            self._telling_of_the_disk(lambda: self._fetch_all(wanted))
            self.session.check_choice()
            self._telling_of_the_disk(self._keep_all)
        return tuple(self._errors)

    def _telling_of_the_disk(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OSError as error:
            self._errors.append(unusable_folder(self.folder.path, reason_of(error)))

    def _fetch_all(self, wanted: Sequence[Attachment]) -> None:
        outages = 0
        for number, attachment in enumerate(wanted, 1):
            try:
                saved = self._fetch_one(attachment)
                outages = 0
                if saved is not None:
                    self.tell(saved)
            except MassarError as error:
                self._errors.append(error.about(_label(attachment)))
                outages = (
                    outages + 1 if isinstance(error, PortalUnavailable) and error.may_pass else 0
                )
                left = len(wanted) - number
                if left and (isinstance(error, _OF_THE_ACCOUNT) or outages == _MOST_OUTAGES):
                    self._errors.append(_not_tried(left))
                    return

    def _keep_all(self) -> None:
        """Give each file that waits its place."""
        self.folder.accept_parts()
        for one in self._waiting:
            try:
                self.tell(self._keep(one))
            except MassarError as error:
                self._errors.append(error.about(one.label))

    def _keep(self, one: _Arrival) -> Saved:
        return self.folder.keep(one.key, one.part, one.names, one.version)

    def _fetch_one(self, attachment: Attachment) -> Saved | None:
        """Return where the file is, None for one that waits for its place."""
        student = self.session.student
        owner = (student.code if student else None) or ""
        key = download_key(owner, attachment.url)
        known = self.folder.known(key)
        if known is not None and not known.version:
            # The portal cannot be asked whether it has changed.
            return Saved(known.path, known.path.stat().st_size, is_new=False)
        name = _label(attachment)
        with self.folder.part(key) as part, self.watch(name) as progress:
            receiver = Receiver(
                part,
                known=known.version if known else Version(),
                most=int(self.limit * MEGABYTE),
                tell=progress,
                takes_pages=_is_page_wanted(attachment),
            )
            self.session.download(attachment.url, receiver)
            if receiver.is_whole:
                names = offered_names(attachment.name, attachment.url, receiver.headers)
                part.finish()
                arrival = _Arrival(name, key, part, tuple(names), receiver.version)
                if not self.session.is_child_chosen:
                    return self._keep(arrival)
                self._waiting.append(arrival)
                return None
        if known is None:  # "not changed", which nobody asked
            raise damaged()
        return Saved(known.path, known.path.stat().st_size, is_new=False)


def _label(attachment: Attachment) -> str:
    """Return what to call a file before its answer names it."""
    name = attachment.name.strip() or urlsplit(attachment.url).path.rpartition("/")[2]
    return " ".join(name.split())[:_LONGEST_LABEL]


def _is_page_wanted(attachment: Attachment) -> bool:
    path = urlsplit(attachment.url).path
    return any(ending_of(one).lower() in _PAGE_ENDINGS for one in (attachment.name, path))


def _not_tried(count: int) -> PortalUnavailable:
    return PortalUnavailable(
        plural(
            "{count} file was not tried after that.",
            "{count} files were not tried after that.",
            count,
        ),
        hint=_("Run the command again later; what is there is not fetched again."),
    )
