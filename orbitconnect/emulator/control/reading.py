"""Reads a state from an untrusted file. Everything is checked, and its size limited, before any of it is used."""

from __future__ import annotations

import errno
import json
import math
import os
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, cast

from attrs import frozen

from orbitconnect_api.types import SafeRepr

from ..clock import LATEST, ClockState
from ..contents import file_ids
from ..file_store import digest_of
from ..store import check_database, check_size, opened
from .snapshots import DATABASE, FILES, FORMAT, LARGEST_DATABASE, MANIFEST, Snapshot, copy

LARGEST_MANIFEST: Final = 64 * 1024
"""The largest manifest, in bytes."""
LARGEST_TOTAL: Final = 8 * 1024**3
"""The largest total size of the members, in bytes."""
MOST_FILES: Final = 100_000
"""The largest number of members."""
LARGEST_RATIO: Final = 100
"""The largest ratio of the members' size to the archive's. `export` does not compress media."""
_FREE: Final = 64 * 1024**2
"""The total size of members that is accepted regardless of the ratio, in bytes."""
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LARGEST_COUNT: Final = 2**60
_FIRST_YEAR: Final = datetime(2, 1, 1, tzinfo=UTC)
_HEADER: Final = 100
# What zipfile, zlib, json, datetime and sqlite3 raise for an invalid archive.
_FLAWS: Final = (
    *(ArithmeticError, EOFError, LookupError, RuntimeError, TypeError, ValueError),
    *(sqlite3.Error, zipfile.BadZipFile, zlib.error),
)


@frozen(repr=False)
class Archive(SafeRepr):
    """The contents of a file. The media are in a temporary folder while it is open."""

    snapshot: Snapshot
    files: list[Path]


@contextmanager
def open_archive(path: str | os.PathLike[str], *, known_files: frozenset[str] = frozenset()) -> Generator[Archive]:
    """Read and check a file that `write_archive` has written.

    Args:
        path: The file.
        known_files: The ids of media files that the emulator already has. The archive does not need to contain these
            files.

    Raises:
        ValueError: If the file does not contain an emulator's state, or was written by another version.
        OSError: If the file cannot be read.
    """
    name = os.fspath(path)
    with tempfile.TemporaryDirectory(prefix="orbitconnect-") as folder:
        try:
            with zipfile.ZipFile(name) as archive:
                read = _read(archive, Path(folder), Path(name).stat().st_size, known_files)
        except _FLAWS as error:
            raise _not_a_state(name, error) from None
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            # The archive refers to a position before the beginning of the file.
            raise _not_a_state(name, error) from None
        yield read


def _not_a_state(name: str, error: Exception) -> ValueError:
    reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error) or type(error).__name__
    return ValueError(f"{name} is not a state of the emulator: {reason}.")


def _read(archive: zipfile.ZipFile, folder: Path, size: int, known_files: frozenset[str]) -> Archive:
    manifest_entry, database_entry, file_entries = _members(archive, size)
    manifest = _manifest(_content(archive, manifest_entry, LARGEST_MANIFEST, "manifest"))
    database = _database(archive, database_entry)
    with opened(database) as db:
        if check_database(db):
            database = db.serialize()
        needed = file_ids(db) - known_files
    files = [_extracted(archive, entry, folder / str(number)) for number, entry in enumerate(file_entries)]
    missing = needed - {digest_of(path) for path in files} if needed else set[str]()
    if missing:
        raise ValueError(f"{len(missing)} media files are missing")
    snapshot = Snapshot(database=database, request_ids=_count(manifest["request_ids"]), clock=_clock(manifest["clock"]))
    return Archive(snapshot, files)


def _members(archive: zipfile.ZipFile, size: int) -> tuple[zipfile.ZipInfo, zipfile.ZipInfo, list[zipfile.ZipInfo]]:
    """The manifest, the database and the media. Names in the archive are never used as paths."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise ValueError(f"it has more than {MOST_FILES} members")
    if len({entry.filename for entry in entries}) < len(entries):
        raise ValueError("it has two members with the same name")
    if any(entry.flag_bits & 1 or entry.compress_type not in _METHODS for entry in entries):
        raise ValueError("it is encrypted, or compressed with a method other than deflate")
    total = sum(entry.file_size for entry in entries)
    if total > min(LARGEST_TOTAL, _FREE + LARGEST_RATIO * size):
        raise ValueError(f"its members are {total} bytes in total, which is too much for an archive of {size} bytes")
    files = [entry for entry in entries if entry.filename.startswith(FILES)]
    return archive.getinfo(MANIFEST), archive.getinfo(DATABASE), files


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int, noun: str) -> bytes:
    if entry.file_size > limit:
        raise ValueError(f"its {noun} is larger than {limit} bytes")
    # zipfile reads at most as many bytes as the member declares.
    return archive.read(entry)


def _database(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as opened_entry:
        check_size(opened_entry.read(_HEADER), entry.file_size)
    return _content(archive, entry, LARGEST_DATABASE, "database")


def _manifest(text: bytes) -> dict[str, object]:
    manifest: object = json.loads(text)
    if not isinstance(manifest, dict):
        raise ValueError("its manifest is not an object")
    fields = cast("dict[str, object]", manifest)
    missing = {"format", "request_ids", "clock"} - fields.keys()
    if missing:
        raise ValueError(f"its manifest does not have {', '.join(sorted(missing))}")
    if isinstance(fields["format"], bool) or fields["format"] != FORMAT:
        raise ValueError(f"its format is not {FORMAT}")
    return fields


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST_COUNT:
        raise ValueError("request_ids is not a count")
    return value


def _clock(value: object) -> ClockState | None:
    if value is None:
        return None
    if not isinstance(value, dict) or value.keys() != {"now", "seconds_ahead"}:
        raise ValueError("its clock must have the fields now and seconds_ahead")
    fields = cast("dict[str, object]", value)
    now, ahead = _instant(fields["now"]), fields["seconds_ahead"]
    if ahead is None:
        return ClockState(now)
    if not isinstance(ahead, int | float) or isinstance(ahead, bool) or not math.isfinite(ahead):
        raise ValueError("seconds_ahead is not a number")
    # The time that a running clock would show now.
    try:
        shown = datetime.now(UTC) + timedelta(seconds=ahead)
    except OverflowError:
        shown = datetime.max.replace(tzinfo=UTC)
    _check_instant(shown)
    return ClockState(now, timedelta(seconds=ahead))


def _instant(text: object) -> datetime:
    if not isinstance(text, str):
        raise ValueError("the time of its clock is not text")
    now = datetime.fromisoformat(text)
    if now.utcoffset() is None:
        raise ValueError("the time of its clock has no offset")
    _check_instant(now)
    return now.astimezone(UTC)


def _check_instant(instant: datetime) -> None:
    if not _FIRST_YEAR <= instant <= LATEST:
        raise ValueError("the time of its clock is not in the years 2 to 9000")


def _extracted(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> Path:
    with archive.open(entry) as source, path.open("wb") as into:
        copy(source, into)
    return path
