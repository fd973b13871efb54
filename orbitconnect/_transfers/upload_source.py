"""Where the bytes of an upload come from."""

from __future__ import annotations

import io
import os
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, Final, NamedTuple, cast

from .plan import Digest, Span

_SPOOLED_BYTES: Final = 1024 * 1024


class Source(NamedTuple):
    """A file to upload. What is not seekable has no size."""

    file: BinaryIO
    start: int
    size: int | None
    name: str | None
    is_own: bool
    """Whether it was opened here, and has to be closed here."""


def open_source(given: object) -> Source | None:
    """Opens what is to be uploaded; None for what is no file, such as an iterator.

    Raises:
        OSError: If a file cannot be read.
        TypeError: If it is a file of text.
    """
    if isinstance(given, (str, os.PathLike)):
        path = os.fspath(cast("str | os.PathLike[str]", given))
        return _source(Path(path).open("rb"), Path(path).name, is_own=True)
    if isinstance(given, (bytes, bytearray, memoryview)):
        data = to_bytes(cast("object", given))
        return Source(io.BytesIO(data), 0, len(data), None, is_own=True)
    if not callable(getattr(given, "read", None)):
        return None
    if isinstance(given, io.TextIOBase):
        raise TypeError("file was opened as text: open it with mode 'rb'.")
    name = getattr(given, "name", None)
    is_name = isinstance(name, str) and not name.startswith("<")
    return _source(cast("BinaryIO", given), Path(cast("str", name)).name if is_name else None, is_own=False)


def _source(file: BinaryIO, name: str | None, *, is_own: bool) -> Source:
    try:
        if not file.seekable():
            return Source(file, 0, None, name or None, is_own)
        start = file.tell()
        size = file.seek(0, os.SEEK_END) - start
        file.seek(start)
    except BaseException:
        if is_own:
            file.close()
        raise
    return Source(file, start, max(0, size), name or None, is_own)


def read_block(file: IO[bytes], span: Span, digest: Digest, is_end: bool) -> bytes:
    """Reads a piece of a file, wherever that stands.

    Args:
        file: The file.
        span: Which bytes.
        digest: Takes them in.
        is_end: Whether the file ends after them.

    Raises:
        OSError: If the file has not exactly these bytes any more, or cannot be read.
    """
    file.seek(span.offset)
    data = _read(file, span.length)
    if len(data) < span.length:
        raise OSError(f"The file became shorter while it was uploaded: it ends at byte {span.offset + len(data):,}.")
    if is_end and file.read(1):
        raise OSError(f"The file became longer while it was uploaded: it had {span.offset + span.length:,} bytes.")
    digest.update(data)
    return data


def _read(file: IO[bytes], length: int) -> bytes:
    """Reads so many bytes, in several steps where the file gives fewer at a time."""
    data = read_some(file, length)
    if len(data) == length or not data:
        return data
    pieces = [data]
    left = length - len(data)
    while left and (data := read_some(file, left)):
        pieces.append(data)
        left -= len(data)
    return b"".join(pieces)


def read_some(file: IO[bytes], length: int) -> bytes:
    """Reads at most so many bytes.

    Raises:
        TypeError: If the file does not give bytes.
    """
    if not length:
        return b""
    return to_bytes(cast("object", file.read(length)))


def to_bytes(data: object) -> bytes:
    """Bytes as `bytes`, which are not copied.

    Raises:
        TypeError: If they are none.
    """
    if isinstance(data, bytes):
        return data
    if isinstance(data, (bytearray, memoryview)):
        return bytes(cast("bytearray", data))
    raise TypeError(f"file must give bytes, not {type(data).__name__}.")


def new_spool() -> SpooledTemporaryFile[bytes]:
    """A temporary file; a small one stays in memory."""
    return SpooledTemporaryFile[bytes](_SPOOLED_BYTES, prefix="orbit-upload-")
