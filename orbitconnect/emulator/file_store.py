"""The store for the bytes of files: a folder in which each file is named after its SHA-256. Files never change."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from hashlib import file_digest, sha256
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Final
from weakref import finalize

from attrs import frozen

from orbitconnect_api.types import SafeRepr

CHUNK: Final = 256 * 1024
"""How many bytes of a file are read at a time."""

_ID: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_INCOMING: Final = "incoming-"


class TooLarge(Exception):
    """The file is larger than the limit."""


@frozen(repr=False)
class StoredFile(SafeRepr):
    """A file in the store."""

    id: str
    """The SHA-256 of the file's bytes, in hexadecimal."""
    size: int
    """The file's size in bytes."""


class FileStore:
    """A folder of files. Safe for several threads."""

    def __init__(self, folder: str | os.PathLike[str] | None = None, *, is_own: bool = False) -> None:
        """Create the store. The folder is created with the first file.

        Args:
            folder: The folder. By default a temporary folder, which `close` removes.
            is_own: Whether only this store uses the folder. If so, the store deletes the remains of interrupted
                uploads.
        """
        self._folder = None if folder is None else Path(folder).absolute()
        self._lock = Lock()
        self._removal: finalize[[Path, int], FileStore] | None = None
        if is_own and self._folder is not None:
            for remains in self._folder.glob(f"{_INCOMING}*"):
                remains.unlink(missing_ok=True)

    def receive(self, chunks: Iterable[bytes], limit: int | None = None) -> StoredFile:
        """Store a file as its chunks arrive. The whole file is never in memory.

        Args:
            chunks: The file's bytes.
            limit: The largest size that is accepted, in bytes.

        Raises:
            TooLarge: If the file exceeds `limit`.
        """
        digest, size = sha256(), 0
        handle, name = tempfile.mkstemp(prefix=_INCOMING, dir=self._existing_folder())
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    if limit is not None and size > limit:
                        raise TooLarge
                    digest.update(chunk)
                    file.write(chunk)
            # Atomic, so that a killed process does not leave an incomplete file.
            Path(name).replace(self._path(digest.hexdigest()))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return StoredFile(digest.hexdigest(), size)

    def add(self, path: str | os.PathLike[str]) -> StoredFile:
        """Copy a file into the store."""
        with Path(path).open("rb") as file:
            return self.receive(_chunks(file, None))

    def open(self, file_id: str) -> BinaryIO:
        """Open a file for reading.

        Raises:
            FileNotFoundError: If the store does not have the file.
        """
        if self._folder is None:
            raise FileNotFoundError(file_id)
        return self._path(file_id).open("rb")

    def read(self, file_id: str, start: int = 0, length: int | None = None) -> Iterable[bytes]:
        """The bytes of a file, or a part of them. The file is opened when the iteration starts."""
        return _Slice(self, file_id, start, length)

    def has(self, file_id: str) -> bool:
        """Whether the store has a file. A file that the state refers to is missing if the folder was emptied."""
        try:
            return self._path(file_id).is_file()
        except FileNotFoundError:
            return False

    def paths(self) -> list[Path]:
        """The paths of all files, sorted. The name of each file is its id."""
        if self._folder is None or not self._folder.is_dir():
            return []
        return sorted(path for path in self._folder.iterdir() if _ID.fullmatch(path.name))

    def close(self) -> None:
        """Remove the folder if it is temporary."""
        if self._removal is not None:
            self._removal()

    def _existing_folder(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="orbitconnect-emulator-"))
                self._removal = finalize(self, _remove, self._folder, os.getpid())
            if self._removal is not None and not self._removal.alive:
                raise RuntimeError("This emulator is closed.")
            self._folder.mkdir(parents=True, exist_ok=True)
            return self._folder

    def _path(self, file_id: str) -> Path:
        # Only a hash is a valid name, so that no id can refer to a file outside the folder.
        if self._folder is None or not _ID.fullmatch(file_id):
            raise FileNotFoundError(file_id)
        return self._folder / file_id


class _Slice:
    def __init__(self, store: FileStore, file_id: str, start: int, length: int | None) -> None:
        self._store, self._id, self._start, self._length = store, file_id, start, length

    def __iter__(self) -> Iterator[bytes]:
        with self._store.open(self._id) as file:
            file.seek(self._start)
            yield from _chunks(file, self._length)


def digest_of(path: Path) -> str:
    """The id of a file in a store."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _chunks(file: BinaryIO, length: int | None) -> Iterator[bytes]:
    while length is None or length > 0:
        chunk = file.read(CHUNK if length is None else min(CHUNK, length))
        if not chunk:
            return
        if length is not None:
            length -= len(chunk)
        yield chunk


def _remove(folder: Path, process: int) -> None:
    # Forked processes also run this when they exit, but the folder belongs to the parent process.
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
