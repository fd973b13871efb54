"""What a transfer decides: the parts of an upload, the ranges of a download, the names and types of files. Pure."""

from __future__ import annotations

import math
import mimetypes
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Final, NamedTuple, Protocol, Self

from orbitconnect_api.values import write_text

READ_BYTES: Final = 1024 * 1024
"""How much is read from and written to a file at a time."""
SEND_BYTES: Final = 64 * 1024
"""How much is handed to the connection at a time; each piece has the idle timeout for itself."""
WHOLE_BYTES: Final = 8 * 1024 * 1024
"""A file that is larger is sent in parts."""
MAX_PARTS: Final = 10_000
"""The most parts of an upload. S3 takes as many."""
ERROR_BYTES: Final = 64 * 1024
"""How much is read of an answer that is no file."""
IDLE_SECONDS: Final = 60.0
LASTING_BYTES: Final = 1024 * 1024
"""A download that got on by so much since a failure has all of its retries again."""
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
    """Some bytes of a file."""

    offset: int
    length: int


class Opening(NamedTuple):
    """What the head of an answer says of the bytes that follow."""

    start: int
    total: int | None
    """The size of the whole file, if it says so."""
    etag: str | None
    """A strong entity tag; without one a download cannot go on where it broke off."""


class Digest(Protocol):
    """A hash of `hashlib`."""

    def update(self, data: bytes, /) -> None:
        """Takes in more."""
        ...

    def copy(self) -> Self:
        """Makes another one that goes on from here."""
        ...

    def hexdigest(self) -> str:
        """The hash of all that was taken in."""
        ...


def new_digest() -> Digest:
    """A SHA-256 of nothing yet."""
    return sha256()


def check_idle_timeout(seconds: float) -> float:
    """Refuses a time limit that is no number of seconds."""
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
        raise TypeError(f"idle_timeout must be a number of seconds, not {type(seconds).__name__}.")
    if not (math.isfinite(seconds) and seconds > 0):
        raise ValueError("idle_timeout must be more than 0 seconds.")
    return float(seconds)


def part_spans(size: int, part_size: int, part_count: int) -> list[Span]:
    """Divides a file: all parts but the last have the same size. An empty file has one part, an empty one.

    Raises:
        ValueError: If it does not fit.
    """
    check_size(size, part_size * part_count)
    return [Span(offset, min(part_size, size - offset)) for offset in range(0, max(size, 1), part_size)]


def check_size(size: int, max_size: object) -> None:
    """Refuses a file that the API does not take.

    Args:
        size: The file's.
        max_size: What the API says; anything but a number is no limit.

    Raises:
        ValueError: If it is too large.
    """
    if isinstance(max_size, int) and not isinstance(max_size, bool) and size > max_size:
        raise ValueError(f"file is too large: it has {size:,} bytes, and the API takes at most {max_size:,}.")


def guess_type(name: str | None) -> str:
    """The MIME type that a file's name suggests."""
    if name is None:
        return ANY_TYPE
    found, compression = mimetypes.guess_type(name, strict=False)
    if compression is not None:
        # The name says what is inside; the bytes are those of an archive.
        return _COMPRESSED.get(compression, ANY_TYPE)
    return found or ANY_TYPE


def name_for(mime_type: str) -> str:
    """A name for a file that has none."""
    return f"upload{mimetypes.guess_extension(mime_type.partition(';')[0].strip()) or '.bin'}"


def safe_name(filename: object, media_id: str, mime_type: object) -> str:
    """Makes a name for a new file in a folder. It leads nowhere else, is not hidden, and is allowed on all systems.

    Args:
        filename: What the uploader called the file: it can be anything.
        media_id: Stands in where nothing is left of that.
        mime_type: The file's type, for the extension then.
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
    """The name of a file as the API is told it: without folders and control characters, and not too long.

    Returns:
        The name; None where nothing is left of it.
    """
    last = re.split(r"[/\\]", write_text(name, "filename") if name else "")[-1]
    shown = "".join(" " if letter.isspace() else letter for letter in last if letter.isspace() or letter.isprintable())
    shown = _shortened(shown.strip()).strip()
    return None if shown in ("", ".", "..") else shown


def _shortened(name: str) -> str:
    """At most 200 bytes, with the extension left."""
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 16:
        stem, dot, extension = name, "", ""
    room = _LONGEST_NAME - len((dot + extension).encode("utf-8", "replace"))
    return stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + dot + extension


def range_headers(offset: int, etag: str | None) -> list[tuple[bytes, bytes]]:
    """The headers that ask for what is missing of a file, if it is still the same."""
    if not offset or etag is None:
        return []
    return [(b"range", b"bytes=%d-" % offset), (b"if-range", etag.encode())]


def read_opening(status: int, headers: Mapping[str, str], offset: int, etag: str | None) -> Opening | None:
    """Reads the head of a successful answer.

    Args:
        status: 200 or 206.
        headers: The answer's.
        offset: How many bytes are there already.
        etag: What they were part of.

    Returns:
        What follows; None where it does not fit to what was asked for.
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
    """Whether the bytes that follow are not the file's own."""
    codings = headers.get("content-encoding", "").lower().split(",")
    # S3 keeps `aws-chunked` with a file that was sent in that way. It says nothing of how the file comes back.
    return any(coding.strip() not in ("", "identity", "aws-chunked") for coding in codings)


def sha256_of(checksum: object) -> str | None:
    """The checksum, if it is a SHA-256 in hex; whatever else it may be cannot be compared."""
    return checksum.lower() if isinstance(checksum, str) and _SHA256.fullmatch(checksum) else None


def size_of(size: object) -> int | None:
    """The size, if it is one."""
    return size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else None
