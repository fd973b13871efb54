"""The emulator's whole state at one moment, to go back to or to keep in a file."""

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
# The same state gives the same bytes, whenever it is written.
_DATE: Final = (1980, 1, 1, 0, 0, 0)

LARGEST_DATABASE: Final = 128 * 1024**2
"""The most bytes of a state without its media: as many are in memory when it is read."""
_COMPRESSED: Final = 32 * 1024**2
"""Up to so many bytes the database is compressed. What reads it limits by how much an archive may grow."""


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

    Raises:
        ValueError: If the state is larger than what `open_archive` takes.
    """
    if len(snapshot.database) > LARGEST_DATABASE:
        raise ValueError(
            f"The state has {len(snapshot.database)} bytes, and a file holds at most {LARGEST_DATABASE}. Keep it with "
            "--db or Emulator(path), and copy that file while no emulator has it open."
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
    _keep_name(target.parent)


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
            # Media hardly get smaller.
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
    """Copy a file piece by piece."""
    while chunk := source.read(1 << 20):
        into.write(chunk)


def _keep_name(folder: Path) -> None:
    """Sees to it that the new name of a file survives a loss of power; not every system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
