"""Files written whole or not at all, by themselves."""

import errno
import fcntl
import os
import stat
import threading
import time
import warnings
from pathlib import Path
from typing import IO

import pytest

from massar_cli.files import (
    content_of,
    locked,
    make_private_folder,
    remove_unfinished,
    why_unwritable,
    write_whole,
)


def write_new(stream: IO[bytes]) -> None:
    stream.write(b"new")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_private_and_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", write_new)
    assert (tmp_path / "file").read_bytes() == b"new"
    assert mode_of(tmp_path / "file") == 0o600
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755])
def test_an_old_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old and longer")
    file.chmod(mode)
    write_whole(file, write_new)
    assert file.read_bytes() == b"new"
    assert mode_of(file) == mode


def test_the_old_content_stays_until_the_new_is_complete(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    seen = []

    def write(stream: IO[bytes]) -> None:
        stream.write(b"half")
        stream.flush()
        seen.append(file.read_bytes())
        stream.write(b" and half")

    write_whole(file, write)
    assert seen == [b"old"]
    assert file.read_bytes() == b"half and half"


@pytest.mark.parametrize("error", [OSError("full"), KeyboardInterrupt(), ValueError()])
def test_a_writer_that_fails_leaves_nothing_behind(tmp_path: Path, error: BaseException) -> None:
    (tmp_path / "old").write_bytes(b"old")

    def fail(stream: IO[bytes]) -> None:
        stream.write(b"half")
        raise error

    for name in ("old", "new"):
        with pytest.raises(type(error)):
            write_whole(tmp_path / name, fail)
    assert [one.name for one in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").read_bytes() == b"old"


def test_a_link_is_followed_even_over_two_steps(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "target").write_bytes(b"old")
    (folder / "second").symlink_to("target")
    (tmp_path / "first").symlink_to(folder / "second")
    write_whole(tmp_path / "first", write_new)
    assert (folder / "target").read_bytes() == b"new"
    assert (tmp_path / "first").is_symlink()
    assert (folder / "second").is_symlink()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / ("n" * 250)
    write_whole(file, write_new)
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_a_named_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_whole(pipe, write_new)
    reader.join(10)
    assert read == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_two_writers_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    contents = [bytes([letter]) * 100_000 for letter in b"abcdefgh"]
    writers = [
        threading.Thread(target=write_whole, args=(file, lambda stream, c=content: stream.write(c)))
        for content in contents
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert file.read_bytes() in contents
    assert len(list(tmp_path.iterdir())) == 1


def test_what_cannot_be_written_raises_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    for path in (tmp_path, tmp_path / "missing" / "a", tmp_path / "file" / "a"):
        with pytest.raises(OSError, match=r"\S"):
            write_whole(path, write_new)
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_why_a_path_cannot_be_written_is_known_beforehand(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"mine")
    (tmp_path / "dangling").symlink_to("new")
    for good in (file, tmp_path / "new", tmp_path / "dangling", Path("/dev/null")):
        assert why_unwritable(good) is None
    for bad in (tmp_path, tmp_path / "missing" / "a", file / "a", Path("/")):
        assert why_unwritable(bad)
    assert why_unwritable(tmp_path / ("n" * 300))
    assert file.read_bytes() == b"mine"
    assert not (tmp_path / "new").exists()


def test_a_file_that_is_read_only_in_a_folder_of_mine_can_be_replaced(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(0o400)
    assert why_unwritable(file) is None
    write_whole(file, write_new)
    assert file.read_bytes() == b"new"
    assert mode_of(file) == 0o400


def test_the_content_of_a_file_is_known_up_to_a_size(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    (tmp_path / "link").symlink_to("file")
    for path in (file, tmp_path / "link"):
        assert content_of(path, most=5) == b"12345"
        assert content_of(path, most=4) is None
    (tmp_path / "empty").touch()
    assert content_of(tmp_path / "empty", most=0) == b""


def test_what_is_no_file_to_be_read_has_no_content_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to("nothing")
    names = ("pipe", "dangling", "missing", "missing/a", ".", "n" * 300)
    for path in (*(tmp_path / name for name in names), Path("/dev/zero")):
        assert content_of(path, most=5) is None


def test_a_private_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    make_private_folder(folder)
    make_private_folder(folder)
    assert mode_of(folder) == 0o700


class Killed(BaseException):
    """In place of a signal that ends a process in the middle of its work."""


def leave_unfinished(path: Path, monkeypatch: pytest.MonkeyPatch, *, age: float = 0) -> Path:
    """Leave behind what a run that is killed while it writes a file leaves behind."""
    before = set(path.parent.iterdir())

    def die(stream: IO[bytes]) -> None:
        stream.write(b"half")
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_arguments, **_named: None)
        with pytest.raises(Killed):
            write_whole(path, die)
    (part,) = set(path.parent.iterdir()) - before
    os.utime(part, (time.time() - age, time.time() - age))
    return part


@pytest.mark.parametrize("name", ["file", "n" * 250, "علامات.csv", "a[b]*?.csv"])
def test_what_a_killed_run_left_behind_is_private_and_removed_by_the_next_after_an_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    old = leave_unfinished(tmp_path / name, monkeypatch, age=3601)
    new = leave_unfinished(tmp_path / name, monkeypatch, age=3000)
    assert mode_of(new) == 0o600
    assert new.name.endswith(".part")
    write_whole(tmp_path / name, write_new)
    assert not old.exists()
    assert new.exists(), "another run may be writing it at this moment"
    assert (tmp_path / name).read_bytes() == b"new"


def test_only_what_is_left_of_the_same_file_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = leave_unfinished(tmp_path / "file", monkeypatch, age=3601)
    other = leave_unfinished(tmp_path / "file.csv", monkeypatch, age=3601)
    mine = [".file.part", ".file.massar-.part", f"{part.name}.bak", f"x{part.name}", "file.part"]
    for name in mine:
        (tmp_path / name).write_text("mine")
        os.utime(tmp_path / name, (0, 0))
    remove_unfinished(tmp_path / "file")
    assert not part.exists()
    assert other.exists()
    assert {one.name for one in tmp_path.iterdir()} == {*mine, other.name}


def test_nothing_to_remove_is_no_failure(tmp_path: Path) -> None:
    for path in (tmp_path / "missing" / "file", tmp_path / "file"):
        remove_unfinished(path)
    assert list(tmp_path.iterdir()) == []


def test_a_lock_is_held_by_one_and_private(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with locked(lock, 0):
        assert mode_of(lock) == 0o600
        with pytest.raises(TimeoutError), locked(lock, 0):
            pass
    with locked(lock, 0):
        pass


def test_a_disk_without_locks_has_one_too_and_nothing_is_said_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(fcntl, "flock", fail)
    lock = tmp_path / "lock"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with locked(lock, 0), pytest.raises(TimeoutError), locked(lock, 0):
            pass
        with locked(lock, 0):
            pass
