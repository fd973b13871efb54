"""Safely open the files that a download writes to, whose names are predictable.

In a folder that others can write to, someone may have created something with that name: a link to another file, a FIFO
that never ends, or a file that they can change later. Only a regular file that belongs to this user and has no other
name is used.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO, Final

if sys.platform != "win32":
    import fcntl

_SAFE: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS: Final = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
)


def check_target(path: Path) -> None:
    """Check that a target can be replaced with a file, unlike `/dev/null`.

    Raises:
        OSError: If the path exists and is not a regular file.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        return  # It does not exist, or opening the part file will raise the error.
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise FileExistsError(
            errno.EEXIST,
            "The target is a device or a FIFO, which the download would replace. Open it and pass the file object",
            str(path),
        )


def check_place(path: Path) -> None:
    """Check that a path is free or a regular file of this user.

    Raises:
        OSError: If it is anything else.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    _check(found, path, is_new=False)


def open_locked(path: Path) -> BinaryIO:
    """Open a file for reading and writing, and lock it.

    Raises:
        BlockingIOError: If another download has locked it.
        OSError: If the path is not a regular file of this user, or cannot be opened.
    """
    while True:
        check_place(path)
        opened = _open(path)
        if opened is None:
            continue
        file, is_new = opened
        try:
            _lock(file, path)
            if _is_still(file, path):
                _check(os.fstat(file.fileno()), path, is_new=is_new)
                return file
        except BaseException:
            file.close()
            raise
        # Before this download locked it, another download finished and moved it to the target.
        file.close()


def write_new(path: Path, text: str) -> None:
    """Replace a small file.

    Raises:
        OSError: If it cannot be written.
    """
    path.unlink(missing_ok=True)
    # Exclusive creation does not follow a link that someone creates in the meantime.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE, 0o666), "wb") as file:
        file.write(text.encode())


def read_own(path: Path, limit: int) -> bytes | None:
    """Read a small file. None if the path is not a regular file of this user."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _SAFE), "rb") as file:
            _check(os.fstat(file.fileno()), path, is_new=False)
            return file.read(limit)
    except OSError:
        return None


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable, if the file system supports that."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # The file is at its target nevertheless.
    finally:
        os.close(descriptor)


def _open(path: Path) -> tuple[BinaryIO, bool] | None:
    """The file, and whether it is new. None if it was deleted in the meantime."""
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _SAFE, 0o666), "r+b"), True
    except FileExistsError:
        pass
    try:
        return os.fdopen(os.open(path, os.O_RDWR | _SAFE), "r+b"), False
    except FileNotFoundError:
        return None


def _check(found: os.stat_result, path: Path, *, is_new: bool) -> None:
    flaw = _flaw(found, is_new=is_new)
    if flaw is not None:
        kind = IsADirectoryError if stat.S_ISDIR(found.st_mode) else FileExistsError
        number = errno.EISDIR if kind is IsADirectoryError else errno.EEXIST
        raise kind(
            number, f"A download needs this path for its part file, but the path is {flaw}. Remove it", str(path)
        )


def _flaw(found: os.stat_result, *, is_new: bool) -> str | None:
    if not stat.S_ISREG(found.st_mode):
        return next((name for is_kind, name in _KINDS if is_kind(found.st_mode)), "a device")
    if found.st_nlink > 1:
        return "a hard link to a file that also has another name"
    # A file server may assign new files to another user. The owner of an existing file could change it.
    if not is_new and os.name != "nt" and found.st_uid != os.geteuid():
        return "another user's file"
    return None


def _lock(file: BinaryIO, path: Path) -> None:
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pass
    except OSError:
        return  # The file system does not support locks.
    else:
        return
    raise BlockingIOError(errno.EWOULDBLOCK, "Another download is writing to this path", str(path))


def _is_still(file: BinaryIO, path: Path) -> bool:
    if os.name == "nt":
        return True
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.lstat())
    except FileNotFoundError:
        return False
