"""The decisions of transfers: parts of uploads, ranges of downloads, names and types of files. Pure."""

from __future__ import annotations

import math
import mimetypes
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Final, NamedTuple, Protocol, Self

from orbitconnect_api.values import write_text

READ_BYTES: Final = 1024 * 1024
"""How many bytes to read from and write to a file at a time."""
SEND_BYTES: Final = 64 * 1024
"""How many bytes to pass to the connection at a time. The idle timeout applies to each chunk."""
WHOLE_BYTES: Final = 8 * 1024 * 1024
"""Larger files are sent in parts."""
MAX_PARTS: Final = 10_000
"""The maximum number of parts, the same as S3's."""
ERROR_BYTES: Final = 64 * 1024
"""How many bytes to read of an error response."""
IDLE_SECONDS: Final = 60.0
LASTING_BYTES: Final = 1024 * 1024
"""A download that received this many bytes since the last failure gets its full number of retries again."""
ANY_TYPE: Final = "application/octet-stream"

_COMPRESSED: Final = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}
_RANGE: Final = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)", re.ASCII)
_LENGTH: Final = re.compile(r"\d{1,18}", re.ASCII)
_STRONG_ETAG: Final = re.compile(r'"[!#-~]{1,1000}"')
_SHA256: Final = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_NOT_IN_NAMES: Final = frozenset('<>:"|?*')
_LONGEST_NAME: Final = 200


class Span(NamedTuple):
    """A range of bytes in a file."""

    offset: int
    length: int


class Opening(NamedTuple):
    """What a response's headers say about its body."""

    start: int
    total: int | None
    """The size of the whole file, if the response says so."""
    etag: str | None
    """The strong ETag, if any. Without one, a download cannot be resumed."""


class Digest(Protocol):
    """A hash object from `hashlib`."""

    def update(self, data: bytes, /) -> None:
        """Add data."""
        ...

    def copy(self) -> Self:
        """Return a copy with the same state."""
        ...

    def hexdigest(self) -> str:
        """The hash of all data so far."""
        ...


def new_digest() -> Digest:
    """Return a new SHA-256 hash."""
    return sha256()


def check_idle_timeout(seconds: float) -> float:
    """Check that a time limit is a number of seconds."""
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
        raise TypeError(f"idle_timeout must be a number of seconds, not {type(seconds).__name__}.")
    if not (math.isfinite(seconds) and seconds > 0):
        raise ValueError("idle_timeout must be more than 0 seconds.")
    return float(seconds)


def part_spans(size: int, part_size: int, part_count: int) -> list[Span]:
    """Divide a file into parts of the same size, except for the last part. An empty file has one empty part.

    Raises:
        ValueError: If the file does not fit into the parts.
    """
    check_size(size, part_size * part_count)
    return [Span(offset, min(part_size, size - offset)) for offset in range(0, max(size, 1), part_size)]


def check_size(size: int, max_size: object) -> None:
    """Check that a file is not too large for the API.

    Args:
        size: The file's size in bytes.
        max_size: The API's limit. Anything but a number means no limit.

    Raises:
        ValueError: If the file is too large.
    """
    if isinstance(max_size, int) and not isinstance(max_size, bool) and size > max_size:
        raise ValueError(f"file is too large: it has {size:,} bytes, and the API accepts at most {max_size:,}.")


def guess_type(name: str | None) -> str:
    """Guess the media type from a file's name."""
    if name is None:
        return ANY_TYPE
    found, compression = mimetypes.guess_type(name, strict=False)
    if compression is not None:
        # The guess is the type of the content, but the bytes are compressed.
        return _COMPRESSED.get(compression, ANY_TYPE)
    return found or ANY_TYPE


def name_for(mime_type: str) -> str:
    """A name for a file without one."""
    return f"upload{mimetypes.guess_extension(mime_type.partition(';')[0].strip()) or '.bin'}"


def safe_name(filename: object, media_id: str, mime_type: object) -> str:
    """Create a file name that stays in its folder, is not hidden, and is valid on all operating systems.

    Args:
        filename: The name from the uploader, which can be anything.
        media_id: Used if no valid characters remain.
        mime_type: The file's media type, for the extension in that case.
    """
    if isinstance(filename, str):
        last = re.split(r"[/\\]", filename)[-1]
        name = "".join(letter for letter in last if letter.isprintable() and letter not in _NOT_IN_NAMES)
        name = _shortened(name.strip(" .")).strip(" .")
        if name:
            return f"_{name}" if _RESERVED.fullmatch(name.partition(".")[0].rstrip()) else name
    stem = media_id if _ID.fullmatch(media_id) else "media"
    extension = mimetypes.guess_extension(mime_type) if isinstance(mime_type, str) else None
    return f"{stem}{extension or '.bin'}"


def upload_name(name: str | None) -> str | None:
    """The file name to send to the API: without folders and control characters, and not too long.

    Returns:
        The name, or None if no valid characters remain.
    """
    last = re.split(r"[/\\]", write_text(name, "filename") if name else "")[-1]
    shown = "".join(" " if letter.isspace() else letter for letter in last if letter.isspace() or letter.isprintable())
    shown = _shortened(shown.strip()).strip()
    return None if shown in ("", ".", "..") else shown


def _shortened(name: str) -> str:
    """Shorten a name to 200 bytes, but keep its extension."""
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 16:
        stem, dot, extension = name, "", ""
    room = _LONGEST_NAME - len((dot + extension).encode("utf-8", "replace"))
    return stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + dot + extension


def range_headers(offset: int, etag: str | None) -> list[tuple[bytes, bytes]]:
    """The headers to request the missing bytes of a file, unless it has changed."""
    if not offset or etag is None:
        return []
    return [(b"range", b"bytes=%d-" % offset), (b"if-range", etag.encode())]


def read_opening(status: int, headers: Mapping[str, str], offset: int, etag: str | None) -> Opening | None:
    """Read the headers of a successful response.

    Args:
        status: 200 or 206.
        headers: The response's headers.
        offset: The number of bytes that were received before.
        etag: The ETag of the file that they belong to.

    Returns:
        What the body contains, or None if it does not match the request.
    """
    tag = headers.get("etag", "")
    strong = tag if _STRONG_ETAG.fullmatch(tag) else None
    if status == 200:
        length = headers.get("content-length", "")
        return Opening(0, int(length) if _LENGTH.fullmatch(length) else None, strong)
    found = _RANGE.fullmatch(headers.get("content-range", "").strip())
    if not offset or found is None or int(found[1]) != offset or (tag and tag != etag):
        return None
    total = None if found[3] == "*" else int(found[3])
    return None if total is not None and not offset <= int(found[2]) < total else Opening(offset, total, etag)


def is_compressed(headers: Mapping[str, str]) -> bool:
    """Whether the body is compressed."""
    codings = headers.get("content-encoding", "").lower().split(",")
    # S3 stores `aws-chunked` for files uploaded in that way. It says nothing about the response's body.
    return any(coding.strip() not in ("", "identity", "aws-chunked") for coding in codings)


def sha256_of(checksum: object) -> str | None:
    """The checksum if it is a SHA-256 in hex, or None because others cannot be compared."""
    return checksum.lower() if isinstance(checksum, str) and _SHA256.fullmatch(checksum) else None


def size_of(size: object) -> int | None:
    """The size if it is a valid number, or None."""
    return size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else None
