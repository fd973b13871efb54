"""Where the bytes of files are: in a folder, under the SHA-256 of what they hold. What is there is never changed."""

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
"""How many bytes of a file are held in memory at a time."""

_ID: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_INCOMING: Final = "incoming-"


class TooLarge(Exception):
    """More bytes came than are taken."""


@frozen(repr=False)
class StoredFile(SafeRepr):
    """One file in the store."""

    id: str
    """The hex SHA-256 of its bytes."""
    size: int


class FileStore:
    """A folder of files. Several threads can use it at once."""

    def __init__(self, folder: str | os.PathLike[str] | None = None, *, is_own: bool = False) -> None:
        """Prepares the store; the folder is made when the first file comes.

        Args:
            folder: Where the files are kept. Without one they are in a temporary folder, which goes with the store.
            is_own: Whether nobody else uses the folder, so that what an interrupted upload left can be removed.
        """
        self._folder = None if folder is None else Path(folder).absolute()
        self._lock = Lock()
        self._removal: finalize[[Path, int], FileStore] | None = None
        if is_own and self._folder is not None:
            for left in self._folder.glob(f"{_INCOMING}*"):
                left.unlink(missing_ok=True)

    def receive(self, chunks: Iterable[bytes], limit: int | None = None) -> StoredFile:
        """Takes a file in as it comes; it is never in memory as a whole.

        Args:
            chunks: The bytes.
            limit: The most of them that are taken.

        Raises:
            TooLarge: If there are more.
        """
        digest, size = sha256(), 0
        handle, name = tempfile.mkstemp(prefix=_INCOMING, dir=self._made_folder())
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    if limit is not None and size > limit:
                        raise TooLarge
                    digest.update(chunk)
                    file.write(chunk)
            # In one step, so that a process that is killed leaves no half a file.
            Path(name).replace(self._path(digest.hexdigest()))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return StoredFile(digest.hexdigest(), size)

    def add(self, path: str | os.PathLike[str]) -> StoredFile:
        """Copies a file in."""
        with Path(path).open("rb") as file:
            return self.receive(_pieces(file, None))

    def open(self, file_id: str) -> BinaryIO:
        """Opens a file for reading.

        Raises:
            FileNotFoundError: If there is none.
        """
        if self._folder is None:
            raise FileNotFoundError(file_id)
        return self._path(file_id).open("rb")

    def read(self, file_id: str, start: int = 0, length: int | None = None) -> Iterable[bytes]:
        """The bytes of a file, or some of them. It is opened when the first are asked for."""
        return _Slice(self, file_id, start, length)

    def has(self, file_id: str) -> bool:
        """Whether a file is there. It is not if somebody emptied the folder of a state that is kept in a file."""
        try:
            return self._path(file_id).is_file()
        except FileNotFoundError:
            return False

    def paths(self) -> list[Path]:
        """The files that are there, in a fixed order. Each one's name is its id."""
        if self._folder is None or not self._folder.is_dir():
            return []
        return sorted(path for path in self._folder.iterdir() if _ID.fullmatch(path.name))

    def close(self) -> None:
        """Removes the folder if it is a temporary one."""
        if self._removal is not None:
            self._removal()

    def _made_folder(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="orbitconnect-emulator-"))
                self._removal = finalize(self, _remove, self._folder, os.getpid())
            if self._removal is not None and not self._removal.alive:
                raise RuntimeError("This emulator is closed.")
            self._folder.mkdir(parents=True, exist_ok=True)
            return self._folder

    def _path(self, file_id: str) -> Path:
        # What is no hash is no name of a file: nothing can lead out of the folder.
        if self._folder is None or not _ID.fullmatch(file_id):
            raise FileNotFoundError(file_id)
        return self._folder / file_id


class _Slice:
    def __init__(self, store: FileStore, file_id: str, start: int, length: int | None) -> None:
        self._store, self._id, self._start, self._length = store, file_id, start, length

    def __iter__(self) -> Iterator[bytes]:
        with self._store.open(self._id) as file:
            file.seek(self._start)
            yield from _pieces(file, self._length)


def digest_of(path: Path) -> str:
    """The id that a file has in a store."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _pieces(file: BinaryIO, length: int | None) -> Iterator[bytes]:
    while length is None or length > 0:
        piece = file.read(CHUNK if length is None else min(CHUNK, length))
        if not piece:
            return
        if length is not None:
            length -= len(piece)
        yield piece


def _remove(folder: Path, process: int) -> None:
    # A process that was forked off ends too; the folder is not its own.
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
