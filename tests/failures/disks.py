"""Homes that cannot be written to: full, read-only, another user's, or no folder at all.

Where a disk may be mounted, a real one is; the other ways need no privilege and are always tried.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.processes import PROGRAM, surroundings
from tests.conftest import Done

# Each runs a program in a namespace of its own, with a disk at $1. What lies there in the end is
# listed in the file $2, for the disk goes with the namespace.
_FULL = """
mount -t tmpfs -o size=4096 tmpfs "$1" || exit 99
head -c 8192 /dev/zero 2>/dev/null > "$1/filler"
home=$1 list=$2
shift 2
"$@"
code=$?
rm "$home/filler"
ls -A "$home" > "$list"
exit $code
"""
_READ_ONLY = """
mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 99
ls -A "$1" > "$2"
shift 2
exec "$@"
"""
_NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")
_NO_PRIVILEGES = ("setpriv", "--inh-caps=-all", "--bounding-set=-all")
_NO_FILE_GROWS = ("sh", "-c", 'ulimit -f 0 && exec "$@"', "sh")


class Disk(NamedTuple):
    """A way to run the program with its home on a disk: what comes before the command line."""

    reason: str
    before: Callable[[Path, Path], tuple[str, ...]]


def _mounted(script: str) -> Callable[[Path, Path], tuple[str, ...]]:
    return lambda home, listing: (*_NAMESPACE, script, "sh", str(home), str(listing))


def _of_another(_home: Path, _listing: Path) -> tuple[str, ...]:
    return _NO_PRIVILEGES if os.geteuid() == 0 else ()


FULL = {
    "a full disk": Disk("No space left on device", _mounted(_FULL)),
    "no room for any file": Disk("File too large", lambda _home, _listing: _NO_FILE_GROWS),
}
READ_ONLY = {
    "a read-only disk": Disk("Read-only file system", _mounted(_READ_ONLY)),
    "a folder that may not be written to": Disk("Permission denied", _of_another),
}


@cache
def _works(*before: str) -> bool:
    if shutil.which(before[0]) is None:
        return False
    return subprocess.run([*before, "true"], capture_output=True, check=False).returncode == 0


def run_on(disk: Disk, home: Path, *arguments: str, **environment: str) -> tuple[Done, list[str]]:
    """Run the program with its home on a disk; return how it ended, and what lies there then.

    The test is skipped, and says so, where this system lets nobody make such a disk.
    """
    listing = home.parent / "listing"
    before = disk.before(home, listing)
    if before and not _works(*before):
        pytest.skip(f"{before[0]} does not work here")
    ended = subprocess.run(
        [*before, *PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        cwd=home.parent,
        env=surroundings(home, **environment),
        timeout=60,
    )
    left = [one.name for one in home.iterdir()]
    names = listing.read_text().split() if listing.exists() else left
    return Done(ended.returncode, ended.stdout.decode(), ended.stderr.decode()), names
