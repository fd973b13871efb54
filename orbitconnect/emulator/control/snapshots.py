"""The emulator's whole state at one moment, to go back to or to keep in a file."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

from attrs import field, frozen

from orbitconnect_api.types import SafeRepr

from ..clock import ClockState
from ..media.files import FileStore
from .rate_limits import Windows

_FORMAT: Final = 1
_MANIFEST: Final = "emulator.json"
_DATABASE: Final = "state.db"
_FILES: Final = "files/"
# The same state gives the same bytes, whenever it is written.
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_LARGEST_MANIFEST: Final = 1 << 20

AddFile = Callable[[Path], object]


@frozen(kw_only=True, repr=False)
class Snapshot(SafeRepr):
    """A state of an emulator. `Emulator.snapshot` makes it, and `Emulator.restore` goes back to it, however often.

    The bytes of media are not in it, but in the emulator's folder of files, which keeps what was once there.
    """

    database: bytes = field(repr=False)
    request_ids: int
    """How many ids of requests were taken."""
    clock: ClockState | None
    """How the clock stood; None where it is none that can be put back."""
    windows: Windows = field(factory=dict[str, tuple[int, ...]], repr=False)
    """What the rate limit had counted."""
    files: FileStore | None = field(default=None, repr=False, eq=False)
    """Where the media's bytes are."""


def write_archive(path: str | os.PathLike[str], snapshot: Snapshot, files: Iterable[Path] = ()) -> None:
    """Writes a state to a file: beside it first, so that the file is the old one or the new one and never half of it.

    Args:
        path: The file; one that is there is replaced.
        snapshot: The state.
        files: The media's files.
    """
    target = Path(path)
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _write(file, snapshot, files)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _keep_name(target.parent)


def read_archive(path: str | os.PathLike[str], add_file: AddFile) -> Snapshot:
    """Reads a state from a file.

    Args:
        path: The file.
        add_file: Takes in a file of the media's; it is gone afterwards.

    Raises:
        ValueError: If it holds no state of an emulator, or one of another version.
        OSError: If it cannot be read.
    """
    name = os.fspath(path)
    try:
        with zipfile.ZipFile(name) as archive:
            if archive.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
                raise ValueError("its manifest is too large")
            manifest: Mapping[str, Any] = json.loads(archive.read(_MANIFEST))
            if manifest["format"] != _FORMAT:
                raise ValueError(f"it has another format ({manifest['format']})")
            snapshot = Snapshot(
                database=archive.read(_DATABASE),
                request_ids=int(manifest["request_ids"]),
                clock=_clock_from(manifest["clock"]),
            )
            _take_files(archive, add_file)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, sqlite3.DatabaseError) as error:
        raise ValueError(f"{name} holds no state of the emulator: {error}.") from None
    return snapshot


def _write(file: IO[bytes], snapshot: Snapshot, files: Iterable[Path]) -> None:
    clock = snapshot.clock
    manifest = {
        "format": _FORMAT,
        "request_ids": snapshot.request_ids,
        "clock": None
        if clock is None
        else {
            "now": clock.now.isoformat(),
            "seconds_ahead": None if clock.ahead is None else clock.ahead.total_seconds(),
        },
    }
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(_entry(_MANIFEST, zipfile.ZIP_STORED), json.dumps(manifest, indent=1))
        archive.writestr(_entry(_DATABASE, zipfile.ZIP_DEFLATED), snapshot.database)
        for number, source in enumerate(sorted(files)):
            # Media hardly get smaller.
            with (
                source.open("rb") as opened,
                archive.open(_entry(f"{_FILES}{number}", zipfile.ZIP_STORED), "w", force_zip64=True) as into,
            ):
                _copy(opened, into)


def _entry(name: str, compression: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = compression
    entry.external_attr = 0o600 << 16
    return entry


def _take_files(archive: zipfile.ZipFile, add_file: AddFile) -> None:
    # What is read goes by its number and its contents: a name in the archive never becomes a path.
    entries = [entry for entry in archive.infolist() if entry.filename.startswith(_FILES)]
    for entry in entries:
        with tempfile.TemporaryDirectory(prefix="orbitconnect-") as folder:
            path = Path(folder) / "file"
            with archive.open(entry) as opened, path.open("wb") as into:
                _copy(opened, into)
            add_file(path)


def _copy(source: IO[bytes], into: IO[bytes]) -> None:
    while chunk := source.read(1 << 20):
        into.write(chunk)


def _clock_from(manifest: Mapping[str, Any] | None) -> ClockState | None:
    if manifest is None:
        return None
    ahead = manifest["seconds_ahead"]
    now = datetime.fromisoformat(manifest["now"])
    if now.utcoffset() is None:
        raise ValueError("its time has no offset")
    return ClockState(now, None if ahead is None else timedelta(seconds=ahead))


def _keep_name(folder: Path) -> None:
    """Sees to it that the new name of a file survives a loss of power; not every system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
