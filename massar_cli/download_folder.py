"""The folder that files are downloaded into: written whole, never over another, never twice.

Beside the files stand three kinds of hidden ones, for their owner alone: what is known of each
file (under a digest of its address, so that no address is kept), parts of files on their way, and a
lock. A file counts as known while it is there with its size; one that was moved is fetched again.

Parts may be on trial: it is not certain yet whose they are. Those are gone when the folder is
closed, or, after a run that was killed, when it is opened again, unless they were accepted before.
"""

import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from massar_cli.errors import PortalUnavailable, UsageProblem
from massar_cli.file_names import numbered_names, same_file_key, usable_name
from massar_cli.files import PRIVATE_FILE, content_of, make_private_folder, write_whole
from massar_cli.language import translate as _
from massar_cli.part_file import PartFile
from massar_cli.portal.file_headers import Version
from massar_cli.system_errors import reason_of

_INDEX = ".massar-downloads.json"
_LOCK = ".massar-downloads.lock"
_PART = ".massar-{key}.part"
_ANY_PART = re.compile(r"\.massar-(?P<key>[0-9a-f]{32})\.part")
_FORMAT = 1
_LOCK_SECONDS = 10
_BLOCK = 1024 * 1024
_MOST_NAMES = 1000
_LARGEST_INDEX = 64 * 1024 * 1024


class KnownFile(NamedTuple):
    """A file that was downloaded before and is still there."""

    path: Path
    version: Version


class Saved(NamedTuple):
    """Where a file stands now; it is new unless one with the same name and content was there."""

    path: Path
    size: int
    is_new: bool


class DownloadFolder:
    """A folder for downloads, made where it is missing; raises UsageProblem for an unfit one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._files: dict[str, dict[str, Any]] = {}
        self._parts: dict[str, dict[str, Any]] = {}
        self._on_trial: set[str] | None = None
        try:
            make_private_folder(path)
        except (OSError, ValueError) as error:
            raise unusable_folder(path, reason_of(error)) from error
        if not os.access(path, os.W_OK | os.X_OK | os.R_OK):
            raise unusable_folder(path, _("permission denied"))

    @contextmanager
    def opened(self, *, on_trial: bool = False) -> Iterator[None]:
        """Hold the folder, so that two runs never write the same part, and read what is known.

        Parts written `on_trial` do not stay unless they are accepted. Raises PortalUnavailable
        where another run holds the folder for long.
        """
        from filelock import FileLock, Timeout

        try:
            with FileLock(self.path / _LOCK, timeout=_LOCK_SECONDS, mode=PRIVATE_FILE):
                self._load()
                self._remove_lost_parts()
                self._on_trial = set() if on_trial else None
                try:
                    yield
                finally:
                    self._remove_parts_on_trial()
        except Timeout as error:
            raise PortalUnavailable(
                _("Another massar is still downloading into {folder}.").format(folder=self.path),
                hint=_("Wait until it ends, then try again."),
            ) from error

    def known(self, key: str) -> KnownFile | None:
        """Return the file of a key, if it is there as it was left."""
        entry = self._files.get(key)
        if entry is None:
            return None
        path = self.path / entry["name"]
        if _regular_size(path) != entry["size"]:
            return None
        return KnownFile(path, _version(entry))

    def part(self, key: str) -> PartFile:
        """Open what has arrived of a file, or begin one."""
        entry = self._parts.get(key, {})
        if self._on_trial is not None:
            self._on_trial.add(key)
            if entry:
                self._save()  # without it: what follows the part's beginning is uncertain
        return PartFile(
            self.path / _PART.format(key=key),
            _version(entry),
            entry.get("naming", {}),
            partial(self._note_part, key),
        )

    def _note_part(self, key: str, version: Version, naming: Mapping[str, str]) -> None:
        """Remember of what a part is, before it arrives; no version forgets the part."""
        if version:
            self._parts[key] = {**version._asdict(), "naming": dict(naming)}
        elif self._parts.pop(key, None) is None:
            return
        self._save()

    def accept_parts(self) -> None:
        """Know that it is certain whose the parts are: whole ones may be kept, others go on."""
        if self._on_trial is not None:
            self._on_trial = None
            self._save()

    def keep(self, key: str, part: PartFile, names: Iterable[str], version: Version) -> Saved:
        """Give a finished part the first usable of `names`, with a number where that is taken.

        A file that is there already, with the same name and content, is not doubled.
        """
        size = part.size
        name = next(filter(None, map(usable_name, names)), None) or usable_name("file") or "file"
        path, is_new = self._place(part.path, name)
        self._files[key] = {"name": path.name, "size": size, **version._asdict()}
        self._parts.pop(key, None)
        self._save()
        return Saved(path, size, is_new)

    def _place(self, part: Path, name: str) -> tuple[Path, bool]:
        present = {same_file_key(one.name): one for one in self.path.iterdir()}
        for candidate in islice(numbered_names(name), _MOST_NAMES):
            target = self.path / candidate
            there = present.get(same_file_key(candidate))
            if there is None:
                if _move_without_overwriting(part, target):
                    _sync_folder(self.path)
                    return target, True
                there = target  # made this very moment
            if _is_same(part, there):
                part.unlink()
                return there, False
        reason = _('it has too many files named "{name}"').format(name=name)
        raise unusable_folder(self.path, reason)

    def _load(self) -> None:
        self._files, self._parts = {}, {}
        index = self.path / _INDEX
        if _regular_size(index) is None:
            # A link or a pipe is none of ours, and where it leads to is not to be written.
            with suppress(OSError):
                index.unlink()
        content = content_of(index, most=_LARGEST_INDEX)
        with suppress(ValueError, RecursionError):
            kept = json.loads(content or b"")
            if isinstance(kept, dict) and kept.get("format") == _FORMAT:
                self._files = _entries(kept.get("files"), has_file=True)
                self._parts = _entries(kept.get("parts"), has_file=False)

    def _remove_lost_parts(self) -> None:
        """Remove parts that nothing is known of: they cannot go on, whoever's they are."""
        for path in list(self.path.iterdir()):
            match = _ANY_PART.fullmatch(path.name)
            if match and match["key"] not in self._parts:
                with suppress(OSError):
                    path.unlink()

    def _remove_parts_on_trial(self) -> None:
        # Nothing was written down of them.
        for key in self._on_trial or ():
            self._parts.pop(key, None)
            with suppress(OSError):
                (self.path / _PART.format(key=key)).unlink()
        self._on_trial = None

    def _save(self) -> None:
        on_trial = self._on_trial or ()
        parts = {key: entry for key, entry in self._parts.items() if key not in on_trial}
        index = {"format": _FORMAT, "files": self._files, "parts": parts}
        text = json.dumps(index, ensure_ascii=False, indent=1).encode()
        write_whole(self.path / _INDEX, lambda stream: stream.write(text), mode=PRIVATE_FILE)


def download_key(owner: str, url: str) -> str:
    """Return under what a file is known in a folder.

    The same address may give another file to another student, who is the `owner`.
    """
    return sha256(f"{owner}\n{url}".encode()).hexdigest()[:32]


def unusable_folder(folder: Path, reason: str | None) -> UsageProblem:
    """Return the error for a folder that nothing can be written into."""
    return UsageProblem(
        _("The folder {folder} cannot be written to: {reason}.").format(
            folder=folder, reason=reason
        ),
        hint=_("Choose another folder for --download."),
    )


def _move_without_overwriting(part: Path, target: Path) -> bool:
    """Give a file another name, at once and whole; False where there is something already."""
    try:
        os.link(part, target, follow_symlinks=False)
    except FileExistsError:
        return False
    except (OSError, NotImplementedError):
        # No links on this file system: the name is taken first, then filled at one go.
        try:
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
        except FileExistsError:
            return False
        part.replace(target)
        return True
    part.unlink()
    return True


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # some systems open no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _is_same(one: Path, other: Path) -> bool:
    if _regular_size(one) != _regular_size(other):
        return False
    try:
        with one.open("rb") as first, other.open("rb") as second:
            while block := first.read(_BLOCK):
                if block != second.read(_BLOCK):
                    return False
    except OSError:
        return False
    return True


def _regular_size(path: Path) -> int | None:
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _entries(kept: object, *, has_file: bool) -> dict[str, dict[str, Any]]:
    """Return the entries that are as they were written."""
    if not isinstance(kept, dict):
        return {}
    return {
        key: entry
        for key, entry in kept.items()
        if isinstance(entry, dict)
        and all(isinstance(entry.get(one), str | None) for one in Version._fields)
        and _is_text_map(entry.get("naming", {}))
        and (not has_file or (_is_name(entry.get("name")) and isinstance(entry.get("size"), int)))
    }


def _is_text_map(kept: object) -> bool:
    return isinstance(kept, dict) and all(isinstance(value, str) for value in kept.values())


def _is_name(name: object) -> bool:
    return isinstance(name, str) and Path(name).name == name and name not in ("", ".", "..")


def _version(entry: dict[str, Any]) -> Version:
    return Version(entry.get("etag"), entry.get("last_modified"))
