"""Where the bytes of a download gather."""

from __future__ import annotations

import errno
import io
import json
import os
from collections.abc import Callable
from contextlib import suppress
from inspect import iscoroutinefunction
from pathlib import Path
from typing import BinaryIO, Final, cast

from .part_file import check_place, check_target, open_locked, read_own, sync_folder, write_new
from .plan import READ_BYTES, Digest, new_digest

PART_SUFFIX: Final = ".part"
NOTE_SUFFIX: Final = ".part.json"
_LONGEST_NOTE: Final = 10_000


class FileSink:
    """Writes to a file object of the caller's, from where that stands."""

    def __init__(self, file: BinaryIO) -> None:
        """Writes nothing yet."""
        self._file = file
        self._start: int | None = None
        self._digest = new_digest()
        self.size: int = 0
        self.etag: str | None = None
        self.was_found: bool = False

    def prepare(self, digest: Digest) -> None:
        """Begins."""
        self._digest = digest
        with suppress(AttributeError, OSError):
            if self._file.seekable():
                self._start = self._file.tell()

    def restart(self, digest: Digest, etag: str | None) -> None:
        """Throws away what is there.

        Raises:
            OSError: If the file is not seekable, so that it cannot be taken back.
        """
        if self.size:
            if self._start is None:
                raise OSError(
                    errno.ESPIPE, "The download has to start over, which a file that is not seekable cannot do"
                )
            self._file.seek(self._start)
            self._file.truncate()
        self._digest, self.size, self.etag = digest, 0, etag

    def write(self, data: bytes) -> None:
        """Adds to it."""
        view = memoryview(data)
        while view:
            # What is not buffered may take less; what is no real file may not say.
            written = cast("int | None", self._file.write(view))
            view = view[len(view) if written is None else written :]
        self._digest.update(data)
        self.size += len(data)

    def finish(self) -> None:
        """All has come."""
        flush = getattr(self._file, "flush", None)
        if flush is not None:
            flush()

    def close(self) -> None:
        """The file is the caller's: it stays open."""


class PathSink:
    """Writes to a file beside the target, which takes the target's place when all has come.

    What is there of a download that broke off stays, with a note of what it is a part of, so that another one can go
    on from there. A lock keeps two downloads apart.
    """

    def __init__(self, target: Path, media_id: str) -> None:
        """Writes nothing yet.

        Raises:
            OSError: If the target is a folder, a device or a FIFO.
        """
        check_target(target)
        self.target: Path = target
        self._part = target.with_name(target.name + PART_SUFFIX)
        self._note = target.with_name(target.name + NOTE_SUFFIX)
        self._media_id = media_id
        self._digest = new_digest()
        self._file: BinaryIO | None = None
        self._done = False
        self.size: int = 0
        self.etag: str | None = None
        self.was_found: bool = False

    def prepare(self, digest: Digest) -> None:
        """Opens the file, and takes in what is there of an earlier run.

        Raises:
            BlockingIOError: If another download to the same path is under way.
            OSError: If it cannot be opened, or there is something else than a file of an earlier run.
        """
        check_place(self._note)
        file = self._file = open_locked(self._part)
        self._digest = digest
        self.etag = self._read_note()
        if self.etag is None:
            file.truncate(0)
            return
        while data := file.read(READ_BYTES):
            digest.update(data)
            self.size += len(data)
        self.was_found = self.size > 0

    def restart(self, digest: Digest, etag: str | None) -> None:
        """Throws away what is there."""
        self._note.unlink(missing_ok=True)
        file = self._opened()
        file.seek(0)
        file.truncate()
        self._digest, self.size, self.etag, self.was_found = digest, 0, etag, False
        if etag is not None:
            # Half a note is as good as none, so it is not synced.
            write_new(self._note, json.dumps({"media_id": self._media_id, "etag": etag}))

    def write(self, data: bytes) -> None:
        """Adds to it."""
        self._opened().write(data)
        self._digest.update(data)
        self.size += len(data)

    def finish(self) -> None:
        """Puts the file in the target's place, in one step that also outlasts a power failure."""
        file = self._opened()
        file.flush()
        os.fsync(file.fileno())
        if os.name == "nt":  # Where an open file cannot be renamed. Elsewhere it is the lock that ends with it.
            file.close()
        self._part.replace(self.target)
        self._done = True
        file.close()
        self._note.unlink(missing_ok=True)
        sync_folder(self.target.parent)

    def close(self) -> None:
        """Lets go of the file. What cannot be gone on with is removed."""
        file, self._file = self._file, None
        if file is None:
            return
        try:
            if not self._done and (self.etag is None or not self.size):
                # Before it is closed, and with that unlocked: afterwards it could be another download's.
                self._remove(file)
        finally:
            file.close()

    def _remove(self, file: BinaryIO) -> None:
        if os.name == "nt":
            file.close()
        self._part.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def _opened(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("The file is closed.")
        return self._file

    def _read_note(self) -> str | None:
        try:
            note: object = json.loads(read_own(self._note, _LONGEST_NOTE) or b"")
        except (ValueError, RecursionError):
            return None
        if not isinstance(note, dict):
            return None
        fields = cast("dict[str, object]", note)
        etag = fields.get("etag")
        if not isinstance(etag, str) or fields.get("media_id") != self._media_id:
            return None
        return etag if etag.isascii() and etag.isprintable() and etag.startswith('"') else None


def open_sink(to: object, media_id: str, name: Callable[[], str]) -> PathSink | FileSink:
    """Finds out where a download goes; nothing is opened yet.

    Args:
        to: What the caller gave.
        media_id: The media's id.
        name: Makes a name for the file in a folder.

    Raises:
        TypeError: If it is no path and no binary file.
        OSError: If there is no such folder.
    """
    if isinstance(to, (str, os.PathLike)):
        path = Path(os.fspath(cast("str | os.PathLike[str]", to)))
        return PathSink(path / name() if path.is_dir() else path, media_id)
    return FileSink(check_file(to))


def check_destination(to: object) -> None:
    """Refuses what is neither a path nor a binary file.

    Raises:
        TypeError: If it is neither.
    """
    if not isinstance(to, (str, os.PathLike)):
        check_file(to)


def check_file(to: object) -> BinaryIO:
    """Refuses what no bytes can be written to.

    Raises:
        TypeError: If it is no binary file.
    """
    if isinstance(to, io.TextIOBase):
        raise TypeError("to was opened as text: open it with mode 'wb'.")
    write = getattr(to, "write", None)
    if iscoroutinefunction(write):
        raise TypeError(
            f"to is asynchronous ({type(to).__name__}): pass a path, or a file that open(…, 'wb') returned."
        )
    if not callable(write):
        raise TypeError(f"to must be a path or a binary file, not {type(to).__name__}.")
    return cast("BinaryIO", to)
