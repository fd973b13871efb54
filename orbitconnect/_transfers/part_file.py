"""Opens the files in which a download gathers, which have names that others can foresee.

In a folder that others can write to, somebody may have put something there: a link that leads to another file, a FIFO
that never ends, a file that they can change later. Only a plain file of this user's, with no other name, is used.
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
    """Refuses a target that a file must not take the place of, such as `/dev/null`.

    Raises:
        OSError: If there is something else than a file.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        return  # There is nothing, or opening a file beside it says what is wrong.
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise FileExistsError(
            errno.EEXIST,
            "The target is a device or a FIFO, which a file would replace. Open it and pass that",
            str(path),
        )


def check_place(path: Path) -> None:
    """Refuses a place where there is something else than a plain file of this user's.

    Raises:
        OSError: If there is.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    _check(found, path, is_new=False)


def open_locked(path: Path) -> BinaryIO:
    """Opens a file for reading and writing, and locks it.

    Raises:
        BlockingIOError: If another download has locked it.
        OSError: If there is something else at its place, or it cannot be opened.
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
        # Between opening and locking it, another download has ended and made it the target.
        file.close()


def write_new(path: Path, text: str) -> None:
    """Writes a small file in place of the one that is there.

    Raises:
        OSError: If it cannot be written.
    """
    path.unlink(missing_ok=True)
    # Exclusively: what somebody puts there meanwhile is not followed.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE, 0o666), "wb") as file:
        file.write(text.encode())


def read_own(path: Path, limit: int) -> bytes | None:
    """Reads a small file; None where there is none, or something else than a plain file of this user's."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _SAFE), "rb") as file:
            _check(os.fstat(file.fileno()), path, is_new=False)
            return file.read(limit)
    except OSError:
        return None


def sync_folder(folder: Path) -> None:
    """Makes a new name in a folder outlast a power failure, where the file system can do that."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # The file is in place all the same.
    finally:
        os.close(descriptor)


def _open(path: Path) -> tuple[BinaryIO, bool] | None:
    """The file, and whether it is a new one; None where it vanished meanwhile."""
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
            number, f"A download keeps its bytes here until all are there, but this is {flaw}. Remove it", str(path)
        )


def _flaw(found: os.stat_result, *, is_new: bool) -> str | None:
    if not stat.S_ISREG(found.st_mode):
        return next((name for is_kind, name in _KINDS if is_kind(found.st_mode)), "a device")
    if found.st_nlink > 1:
        return "a hard link: the file has another name, too"
    # A file server may give new files to another user. Whoever made the file could still change it.
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
        return  # A file system without locks.
    else:
        return
    raise BlockingIOError(errno.EWOULDBLOCK, "Another download to this path is under way", str(path))


def _is_still(file: BinaryIO, path: Path) -> bool:
    if os.name == "nt":
        return True
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.lstat())
    except FileNotFoundError:
        return False
