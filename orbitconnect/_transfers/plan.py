"""The logic of a transfer: parts of an upload, ranges of a download, file names and media types. No I/O."""

from __future__ import annotations

import math
import mimetypes
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Final, NamedTuple, Protocol, Self

from orbitconnect_api.values import write_text

READ_BYTES: Final = 1024 * 1024
"""The number of bytes to read from or write to a file at a time."""
SEND_BYTES: Final = 64 * 1024
"""The number of bytes to pass to the connection at a time. The idle timeout applies to each chunk."""
WHOLE_BYTES: Final = 8 * 1024 * 1024
"""Larger files are uploaded in parts."""
MAX_PARTS: Final = 10_000
"""The maximum number of parts of an upload, as on S3."""
ERROR_BYTES: Final = 64 * 1024
"""The maximum number of bytes to read of an error response."""
IDLE_SECONDS: Final = 60.0
LASTING_BYTES: Final = 1024 * 1024
"""Once this many bytes have been received after a failure, the download may use all its retries again."""
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
    """What a download response's headers say about the bytes that follow."""

    start: int
    total: int | None
    """The size of the whole file, in bytes. None if unknown."""
    etag: str | None
    """A strong entity tag. Without one, an interrupted download cannot be resumed."""


class Digest(Protocol):
    """The type of `hashlib`'s hash objects."""

    def update(self, data: bytes, /) -> None:
        """Add bytes to the hash."""
        ...

    def copy(self) -> Self:
        """Return an independent copy of the current state."""
        ...

    def hexdigest(self) -> str:
        """Return the hash of all bytes added so far, in hexadecimal."""
        ...


def new_digest() -> Digest:
    """Create an empty SHA-256 hash."""
    return sha256()


def check_idle_timeout(seconds: float) -> float:
    """Check that a time limit is a number of seconds above 0, and return it as a float."""
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
        raise TypeError(f"idle_timeout must be a number of seconds, not {type(seconds).__name__}.")
    if not (math.isfinite(seconds) and seconds > 0):
        raise ValueError("idle_timeout must be more than 0 seconds.")
    return float(seconds)


def part_spans(size: int, part_size: int, part_count: int) -> list[Span]:
    """Divide a file into parts of the same size, except for the last. An empty file has one empty part.

    Raises:
        ValueError: If the file is larger than all parts together.
    """
    check_size(size, part_size * part_count)
    return [Span(offset, min(part_size, size - offset)) for offset in range(0, max(size, 1), part_size)]


def check_size(size: int, max_size: object) -> None:
    """Check a file's size against the API's limit.

    Args:
        size: The file's size in bytes.
        max_size: The limit from the API's response. Anything but an integer means no limit.

    Raises:
        ValueError: If the file is too large.
    """
    if isinstance(max_size, int) and not isinstance(max_size, bool) and size > max_size:
        raise ValueError(f"file is too large: it is {size:,} bytes, and the API accepts at most {max_size:,}.")


def guess_type(name: str | None) -> str:
    """Guess a file's media type from its name."""
    if name is None:
        return ANY_TYPE
    found, compression = mimetypes.guess_type(name, strict=False)
    if compression is not None:
        # `found` is the type of the decompressed content, but the compressed bytes are uploaded.
        return _COMPRESSED.get(compression, ANY_TYPE)
    return found or ANY_TYPE


def name_for(mime_type: str) -> str:
    """The file name for an upload that has none."""
    return f"upload{mimetypes.guess_extension(mime_type.partition(';')[0].strip()) or '.bin'}"


def safe_name(filename: object, media_id: str, mime_type: object) -> str:
    """Return a safe name for a downloaded file: no path, not hidden, and valid on all operating systems.

    Args:
        filename: The name that the uploader chose. Not trusted.
        media_id: Used for the name if no characters of `filename` remain.
        mime_type: The file's media type, which then determines the extension.
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
    """Prepare a file name for the API: without folders and control characters, and at most 200 bytes.

    Returns:
        The name, or None if no characters remain.
    """
    last = re.split(r"[/\\]", write_text(name, "filename") if name else "")[-1]
    shown = "".join(" " if letter.isspace() else letter for letter in last if letter.isspace() or letter.isprintable())
    shown = _shortened(shown.strip()).strip()
    return None if shown in ("", ".", "..") else shown


def _shortened(name: str) -> str:
    """Shorten a name to at most 200 bytes, keeping its extension."""
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 16:
        stem, dot, extension = name, "", ""
    room = _LONGEST_NAME - len((dot + extension).encode("utf-8", "replace"))
    return stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + dot + extension


def range_headers(offset: int, etag: str | None) -> list[tuple[bytes, bytes]]:
    """The headers that request the rest of a file if the file has not changed."""
    if not offset or etag is None:
        return []
    return [(b"range", b"bytes=%d-" % offset), (b"if-range", etag.encode())]


def read_opening(status: int, headers: Mapping[str, str], offset: int, etag: str | None) -> Opening | None:
    """Read the headers of a successful download response.

    Args:
        status: The HTTP status: 200 or 206.
        headers: The response's headers.
        offset: The number of bytes already downloaded.
        etag: The entity tag of the file that those bytes came from.

    Returns:
        Which bytes follow. None if they are not the requested bytes.
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
    """Whether the response's body is compressed. If so, its bytes differ from the file's bytes."""
    codings = headers.get("content-encoding", "").lower().split(",")
    # S3 stores `aws-chunked` as the encoding of files uploaded that way. Downloads are not encoded with it.
    return any(coding.strip() not in ("", "identity", "aws-chunked") for coding in codings)


def sha256_of(checksum: object) -> str | None:
    """The checksum if it is a SHA-256 in hexadecimal, otherwise None."""
    return checksum.lower() if isinstance(checksum, str) and _SHA256.fullmatch(checksum) else None


def size_of(size: object) -> int | None:
    """The size if it is a non-negative integer, otherwise None."""
    return size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else None
