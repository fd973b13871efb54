"""The destinations of a download: a path or a file object."""

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
    """Writes to the caller's file object, from its current position."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._start: int | None = None
        self._digest = new_digest()
        self.size: int = 0
        self.etag: str | None = None
        self.was_found: bool = False

    def prepare(self, digest: Digest) -> None:
        """Remember the file's current position, if it is seekable."""
        self._digest = digest
        with suppress(AttributeError, OSError):
            if self._file.seekable():
                self._start = self._file.tell()

    def restart(self, digest: Digest, etag: str | None) -> None:
        """Discard the bytes written so far.

        Raises:
            OSError: If the file is not seekable.
        """
        if self.size:
            if self._start is None:
                raise OSError(errno.ESPIPE, "The download must start over, but the file is not seekable")
            self._file.seek(self._start)
            self._file.truncate()
        self._digest, self.size, self.etag = digest, 0, etag

    def write(self, data: bytes) -> None:
        """Append to the file."""
        view = memoryview(data)
        while view:
            # An unbuffered file may write fewer bytes than passed. Some file-like objects return None.
            written = cast("int | None", self._file.write(view))
            view = view[len(view) if written is None else written :]
        self._digest.update(data)
        self.size += len(data)

    def finish(self) -> None:
        """Flush the file, after the last byte."""
        flush = getattr(self._file, "flush", None)
        if flush is not None:
            flush()

    def close(self) -> None:
        """Do nothing: the file belongs to the caller and stays open."""


class PathSink:
    """Writes to a partial file next to the target, and renames it to the target when it is complete.

    An interrupted download keeps its partial file, and a note with the media id and entity tag. The next download to
    the same path resumes from there. A lock prevents two downloads from writing to the same partial file.
    """

    def __init__(self, target: Path, media_id: str) -> None:
        """Check the target.

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
        """Open the partial file, and hash the bytes that an earlier run left in it.

        Raises:
            BlockingIOError: If another download to the same path is in progress.
            OSError: If the partial file cannot be opened, or its path is occupied by something unsafe to use.
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
        """Discard the bytes written so far, and write a new note."""
        self._note.unlink(missing_ok=True)
        file = self._opened()
        file.seek(0)
        file.truncate()
        self._digest, self.size, self.etag, self.was_found = digest, 0, etag, False
        if etag is not None:
            # Not synced: after a crash, an incomplete note is ignored.
            write_new(self._note, json.dumps({"media_id": self._media_id, "etag": etag}))

    def write(self, data: bytes) -> None:
        """Append to the file."""
        self._opened().write(data)
        self._digest.update(data)
        self.size += len(data)

    def finish(self) -> None:
        """Sync the partial file to the disk, and rename it to the target atomically."""
        file = self._opened()
        file.flush()
        os.fsync(file.fileno())
        if os.name == "nt":  # Windows cannot rename an open file. Elsewhere, closing releases the lock.
            file.close()
        self._part.replace(self.target)
        self._done = True
        file.close()
        self._note.unlink(missing_ok=True)
        sync_folder(self.target.parent)

    def close(self) -> None:
        """Close the partial file, and remove it if a later download cannot resume from it."""
        file, self._file = self._file, None
        if file is None:
            return
        try:
            if not self._done and (self.etag is None or not self.size):
                # Before closing, because closing releases the lock: another download could then own the file.
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
    """Create the sink for a download's destination. Opens nothing yet.

    Args:
        to: The path, folder or binary file that the caller passed.
        media_id: The media's id.
        name: Returns the file name to use in a folder.

    Raises:
        TypeError: If `to` is neither a path nor a binary file.
        OSError: If the target is a device or a FIFO.
    """
    if isinstance(to, (str, os.PathLike)):
        path = Path(os.fspath(cast("str | os.PathLike[str]", to)))
        return PathSink(path / name() if path.is_dir() else path, media_id)
    return FileSink(check_file(to))


def check_destination(to: object) -> None:
    """Check that a download's destination is a path or a binary file.

    Raises:
        TypeError: If it is neither a path nor a binary file.
    """
    if not isinstance(to, (str, os.PathLike)):
        check_file(to)


def check_file(to: object) -> BinaryIO:
    """Check that an object is a writable binary file.

    Raises:
        TypeError: If it is not a writable binary file.
    """
    if isinstance(to, io.TextIOBase):
        raise TypeError("to was opened in text mode: open it with mode 'wb'.")
    write = getattr(to, "write", None)
    if iscoroutinefunction(write):
        raise TypeError(f"to is an asynchronous file ({type(to).__name__}): pass a path or a file from open(…, 'wb').")
    if not callable(write):
        raise TypeError(f"to must be a path or a binary file, not {type(to).__name__}.")
    return cast("BinaryIO", to)
