"""The destinations of a download's bytes."""

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
        """Create a sink. It writes nothing yet."""
        self._file = file
        self._start: int | None = None
        self._digest = new_digest()
        self.size: int = 0
        self.etag: str | None = None
        self.was_found: bool = False

    def prepare(self, digest: Digest) -> None:
        """Start the download."""
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
        """Append bytes."""
        view = memoryview(data)
        while view:
            # An unbuffered file may write fewer bytes, and a file-like object may return None.
            written = cast("int | None", self._file.write(view))
            view = view[len(view) if written is None else written :]
        self._digest.update(data)
        self.size += len(data)

    def finish(self) -> None:
        """Finish a complete download."""
        flush = getattr(self._file, "flush", None)
        if flush is not None:
            flush()

    def close(self) -> None:
        """Do nothing: the file belongs to the caller."""


class PathSink:
    """Writes to a part file next to the target, which replaces the target when it is complete.

    The part file of an interrupted download is kept, with a note that says which file it belongs to, so that the next
    download can resume. A lock prevents two downloads to the same path.
    """

    def __init__(self, target: Path, media_id: str) -> None:
        """Create a sink. It writes nothing yet.

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
        """Open the part file, and read the bytes of an earlier run.

        Raises:
            BlockingIOError: If another download is writing to the same path.
            OSError: If the file cannot be opened, or is not a part file of an earlier run.
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
        """Discard the bytes written so far."""
        self._note.unlink(missing_ok=True)
        file = self._opened()
        file.seek(0)
        file.truncate()
        self._digest, self.size, self.etag, self.was_found = digest, 0, etag, False
        if etag is not None:
            # A truncated note is ignored like a missing one, so it is not synced.
            write_new(self._note, json.dumps({"media_id": self._media_id, "etag": etag}))

    def write(self, data: bytes) -> None:
        """Append bytes."""
        self._opened().write(data)
        self._digest.update(data)
        self.size += len(data)

    def finish(self) -> None:
        """Replace the target with the part file, atomically and durably."""
        file = self._opened()
        file.flush()
        os.fsync(file.fileno())
        if os.name == "nt":  # Windows cannot rename an open file. Elsewhere, closing it would release the lock.
            file.close()
        self._part.replace(self.target)
        self._done = True
        file.close()
        self._note.unlink(missing_ok=True)
        sync_folder(self.target.parent)

    def close(self) -> None:
        """Close the part file, and delete it if the download cannot be resumed."""
        file, self._file = self._file, None
        if file is None:
            return
        try:
            if not self._done and (self.etag is None or not self.size):
                # Closing releases the lock, and then the file could belong to another download.
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
    """Create the sink for a download's destination. Nothing is opened yet.

    Args:
        to: The caller's argument.
        media_id: The media file's id.
        name: Creates a name for the file in a folder.

    Raises:
        TypeError: If `to` is neither a path nor a binary file.
        OSError: If the path cannot be a target.
    """
    if isinstance(to, (str, os.PathLike)):
        path = Path(os.fspath(cast("str | os.PathLike[str]", to)))
        return PathSink(path / name() if path.is_dir() else path, media_id)
    return FileSink(check_file(to))


def check_destination(to: object) -> None:
    """Check the destination of a download.

    Raises:
        TypeError: If it is neither a path nor a binary file.
    """
    if not isinstance(to, (str, os.PathLike)):
        check_file(to)


def check_file(to: object) -> BinaryIO:
    """Check that bytes can be written to a file object.

    Raises:
        TypeError: If it is not a binary file.
    """
    if isinstance(to, io.TextIOBase):
        raise TypeError("to was opened in text mode: open it with mode 'wb'.")
    write = getattr(to, "write", None)
    if iscoroutinefunction(write):
        raise TypeError(f"to is an asynchronous file ({type(to).__name__}): pass a path or a file from open(…, 'wb').")
    if not callable(write):
        raise TypeError(f"to must be a path or a binary file, not {type(to).__name__}.")
    return cast("BinaryIO", to)
