"""Snapshots of the emulator's state, and how they are written to a file."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from attrs import field, frozen

from orbitconnect_api.types import SafeRepr

from ..clock import ClockState
from ..file_store import FileStore
from .rate_limits import Windows

FORMAT: Final = 1
MANIFEST: Final = "emulator.json"
DATABASE: Final = "state.db"
FILES: Final = "files/"
# A fixed date, so that the same state always produces the same bytes.
_DATE: Final = (1980, 1, 1, 0, 0, 0)

LARGEST_DATABASE: Final = 128 * 1024**2
"""The largest database that can be exported, in bytes. It is read into memory."""
_COMPRESSED: Final = 32 * 1024**2
"""The largest database that is compressed, in bytes. `open_archive` limits the compression ratio of an archive."""


@frozen(kw_only=True, repr=False)
class Snapshot(SafeRepr):
    """The state of an emulator. `Emulator.snapshot` takes it, and `Emulator.restore` restores it any number of times.

    The snapshot does not contain the bytes of media. The bytes are in the emulator's folder of files, from which
    nothing is deleted.
    """

    database: bytes = field(repr=False)
    """The SQLite database."""
    request_ids: int
    """How many request ids have been used."""
    clock: ClockState | None
    """The clock's state; None if the clock cannot be restored."""
    windows: Windows = field(factory=dict[str, tuple[int, ...]], repr=False)
    """The requests that the rate limit has counted."""
    files: FileStore | None = field(default=None, repr=False, eq=False)
    """The store with the bytes of the media."""


def write_archive(path: str | os.PathLike[str], snapshot: Snapshot, files: Iterable[Path] = ()) -> None:
    """Write a state to a file. The file is replaced atomically.

    Args:
        path: The file. An existing file is replaced.
        snapshot: The state.
        files: The files of the media.

    Raises:
        ValueError: If the state is larger than `open_archive` accepts.
    """
    if len(snapshot.database) > LARGEST_DATABASE:
        raise ValueError(
            f"The state is {len(snapshot.database)} bytes; an exported state can be at most {LARGEST_DATABASE}. "
            "Keep the state in a file with --db or Emulator(path), and copy that file while no emulator has it open."
        )
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
    _sync_folder(target.parent)


def _write(file: IO[bytes], snapshot: Snapshot, files: Iterable[Path]) -> None:
    clock = snapshot.clock
    manifest = {
        "format": FORMAT,
        "request_ids": snapshot.request_ids,
        "clock": None
        if clock is None
        else {
            "now": clock.now.isoformat(),
            "seconds_ahead": None if clock.ahead is None else clock.ahead.total_seconds(),
        },
    }
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(_entry(MANIFEST, zipfile.ZIP_STORED), json.dumps(manifest, indent=1))
        is_small = len(snapshot.database) <= _COMPRESSED
        method = zipfile.ZIP_DEFLATED if is_small else zipfile.ZIP_STORED
        archive.writestr(_entry(DATABASE, method), snapshot.database)
        for number, source in enumerate(sorted(files)):
            # Compressing media hardly makes it smaller.
            with (
                source.open("rb") as opened,
                archive.open(_entry(f"{FILES}{number}", zipfile.ZIP_STORED), "w", force_zip64=True) as into,
            ):
                copy(opened, into)


def _entry(name: str, compression: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = compression
    entry.external_attr = 0o600 << 16
    return entry


def copy(source: IO[bytes], into: IO[bytes]) -> None:
    """Copy a file in chunks."""
    while chunk := source.read(1 << 20):
        into.write(chunk)


def _sync_folder(folder: Path) -> None:
    """Ensure that a file's new name survives a loss of power, on systems that support this."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
