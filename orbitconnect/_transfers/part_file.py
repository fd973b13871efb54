"""Open the partial files of downloads safely. Their names are predictable.

In a shared folder, another user may have created something under that name: a symbolic link to another file, a FIFO
that blocks forever, or a file that they can modify later. Therefore, a file is used only if it is a regular file, is
owned by the current user and has no other hard links.
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
    """Check that a download may replace its target. For example, it must not replace `/dev/null`.

    Raises:
        OSError: If the target exists and is not a regular file.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        return  # It does not exist, or opening the partial file will raise the error.
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise FileExistsError(
            errno.EEXIST,
            "The target is a device or a FIFO, which the download would replace. Open it and pass the file object",
            str(path),
        )


def check_place(path: Path) -> None:
    """Check that a path is free, or is a regular file owned by the current user.

    Raises:
        OSError: If the path is occupied by anything else.
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
        OSError: If `check_place` rejects the path, or the file cannot be opened.
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
        # Between opening and locking, another download finished and renamed the file to its target.
        file.close()


def write_new(path: Path, text: str) -> None:
    """Write a small file, replacing an existing one.

    Raises:
        OSError: If it cannot be written.
    """
    path.unlink(missing_ok=True)
    # O_EXCL: fails if someone creates a file or link there in the meantime.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE, 0o666), "wb") as file:
        file.write(text.encode())


def read_own(path: Path, limit: int) -> bytes | None:
    """Read a small file. None if it does not exist, or is not a regular file owned by the current user."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _SAFE), "rb") as file:
            _check(os.fstat(file.fileno()), path, is_new=False)
            return file.read(limit)
    except OSError:
        return None


def sync_folder(folder: Path) -> None:
    """Sync a folder to the disk, so that a rename survives a power failure. Does nothing if that is not supported."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # The rename itself has succeeded.
    finally:
        os.close(descriptor)


def _open(path: Path) -> tuple[BinaryIO, bool] | None:
    """Open or create a file. Returns it and whether it is new, or None if it was deleted in the meantime."""
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
        raise kind(number, f"A download needs this path for its partial file, but it is {flaw}. Remove it", str(path))


def _flaw(found: os.stat_result, *, is_new: bool) -> str | None:
    if not stat.S_ISREG(found.st_mode):
        return next((name for is_kind, name in _KINDS if is_kind(found.st_mode)), "a device")
    if found.st_nlink > 1:
        return "a hard link to a file that also has another name"
    # Its owner could still modify it. A new file is not checked: file servers may assign it to another user.
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
