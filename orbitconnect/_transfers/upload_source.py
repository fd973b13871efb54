"""The sources of an upload's bytes: files, buffers, iterables and uploads of web frameworks."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from inspect import isawaitable, iscoroutinefunction
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, Final, Literal, NamedTuple, cast

from orbitconnect_api.types import Model

from .plan import Digest, Span
from .upload_facts import Facts, facts_of

Kind = Literal["file", "async file", "iterable", "async iterable"]

_HOLDERS: Final = ("file", "wrapped", "stream")
"""Attributes in which objects without a blocking `read` keep a file that has one."""
_SPOOLED_BYTES: Final = 1024 * 1024
_TAKEN: Final = "a path, bytes, a binary file, an upload of a web framework or an iterable of bytes"
ASYNCHRONOUS: Final = (
    "file is asynchronous ({kind}), but this client is not: use AsyncOrbitServer, or pass a path, bytes or a file from "
    "open(…, 'rb')."
)


class Source(NamedTuple):
    """What to upload."""

    given: Any
    kind: Kind
    facts: Facts = Facts()
    is_own: bool = False
    """Whether the SDK opened it and must close it."""


def open_source(given: object) -> Source:
    """Find out how to read the argument of the synchronous client.

    Raises:
        OSError: If a file cannot be opened.
        TypeError: If the argument does not provide bytes, or only asynchronously.
    """
    source = _find(given, is_async_client=False)
    if source is not None and source.kind in ("file", "iterable"):
        return source
    held = _held_file(given, (*_HOLDERS, "raw"))
    if held is not None:
        return Source(held, "file", facts_of(given))
    if source is not None:
        raise TypeError(ASYNCHRONOUS.format(kind=type(given).__name__))
    raise TypeError(f"file must be {_TAKEN}, not {type(given).__name__}.")


def open_async_source(given: object) -> Source:
    """Find out how to read the argument of the asynchronous client.

    Raises:
        OSError: If a file cannot be opened.
        TypeError: If the argument does not provide bytes.
    """
    source = _find(given, is_async_client=True)
    if source is not None:
        return source
    held = _held_file(given, _HOLDERS)
    if held is not None:
        return Source(held, "file", facts_of(given))
    raise TypeError(f"file must be {_TAKEN}, or an asynchronous file or iterable, not {type(given).__name__}.")


def _find(given: object, *, is_async_client: bool) -> Source | None:
    if isinstance(given, (str, os.PathLike)):
        path = Path(os.fsdecode(cast("str | os.PathLike[str]", given)))
        return Source(path.open("rb"), "file", facts_of(path), is_own=True)
    if isinstance(given, (type, Mapping, Model)):
        # The last two are iterable, but do not provide bytes.
        return None
    read = getattr(given, "read", None)
    if callable(read):
        if isinstance(given, io.TextIOBase) or isinstance(getattr(given, "file", None), io.TextIOBase):
            raise TypeError("file was opened in text mode: open it with mode 'rb'.")
        return Source(given, "async file" if is_async(read) else "file", facts_of(given))
    data = _buffer(given)
    if data is not None:
        return Source(io.BytesIO(data), "file", facts_of(given), is_own=True)
    if isawaitable(given):
        close_awaitable(given)
        raise TypeError("file is a coroutine or another awaitable: await it, and pass the result.")
    if _held_file(given, _HOLDERS) is None:
        kinds: list[tuple[type, Kind]] = [(AsyncIterable, "async iterable"), (Iterable, "iterable")]
        for kind, name in kinds if is_async_client else reversed(kinds):
            if isinstance(given, kind):
                return Source(given, name, facts_of(given))
    return None


def _buffer(given: object) -> bytes | None:
    """The bytes of a bytes-like object, or of a form's file in memory."""
    attributes = ("body", "data") if facts_of(given).is_form_file else ()
    for held in (given, *(getattr(given, name, None) for name in attributes)):
        try:
            return to_bytes(memoryview(cast("bytes", held)))
        except TypeError:
            continue
    return None


def _held_file(given: object, names: tuple[str, ...]) -> Any:
    for name in names:
        held = getattr(given, name, None)
        read = getattr(held, "read", None)
        if held is None or isinstance(held, type) or not callable(read) or is_async(read):
            continue
        # After the first read, the raw file below a buffer is at a later position than the buffer.
        if name != "raw" or held.tell() == 0:
            return held
    return None


def measure(source: Source) -> Span | bytes:
    """Find out a file's position and how many bytes follow.

    Returns:
        The range of bytes. For a stream that can be read only once, the bytes that were read to find that out.

    Raises:
        OSError: If the file does not return to its position.
        TypeError: If the file returns text.
    """
    file = source.given
    if source.kind != "file" or _is_stream(file):
        return b""
    try:
        start = _number(file.tell())
        file.seek(0, os.SEEK_END)
        end = _number(file.tell())
    except (AttributeError, TypeError, NotImplementedError, OSError):
        return b""
    file.seek(start)
    # An object may pretend to be seekable, and a system file to be empty. If it returns text, nothing is read.
    data = to_bytes(file.read(0 if end > start else 1))
    if data and end <= start:
        return data
    file.seek(start)
    if _number(file.tell()) != start:
        raise OSError("file claims to be seekable, but seek did not return to its position.")
    return Span(start, max(0, end - start))


def _is_stream(file: Any) -> bool:
    if not callable(getattr(file, "tell", None)) or not callable(getattr(file, "seek", None)):
        return True
    seekable = getattr(file, "seekable", None)
    return is_async(file.tell) or is_async(file.seek) or (callable(seekable) and not _truth(seekable()))


def _truth(value: object) -> bool:
    if isawaitable(value):
        close_awaitable(value)
        return False
    return bool(value)


def _number(value: object) -> int:
    if isinstance(value, int):
        return value
    close_awaitable(value)
    raise TypeError("tell must return an integer.")


def is_async(function: object) -> bool:
    """Whether a call of this function must be awaited."""
    return iscoroutinefunction(function) or iscoroutinefunction(getattr(type(function), "__call__", None))  # noqa: B004


def close_awaitable(value: object) -> None:
    """Close a coroutine that is never awaited, so that Python does not warn about it."""
    close = getattr(value, "close", None)
    if isawaitable(value) and callable(close):
        close()


def to_bytes(data: object) -> bytes:
    """Convert bytes-like data to `bytes`, without copying `bytes`.

    Raises:
        TypeError: If the data is not bytes-like.
    """
    if isinstance(data, bytes):
        return data
    if isinstance(data, bytearray):
        return bytes(data)
    if isinstance(data, memoryview):
        return data.tobytes()
    close_awaitable(data)
    hint = ": open it with mode 'rb', or encode the text" if isinstance(data, str) else ""
    raise TypeError(f"file must provide bytes, not {type(data).__name__}{hint}.")


def read_block(file: Any, span: Span, digest: Digest, is_end: bool) -> bytes:
    """Read a range of a file, whatever its position.

    Args:
        file: The file.
        span: The range of bytes.
        digest: The hash to update with the bytes.
        is_end: Whether the range is at the end of the file.

    Raises:
        OSError: If the file's size has changed, or it cannot be read.
    """
    file.seek(span.offset)
    data = _read_exactly(file.read, span.length)
    if len(data) < span.length:
        raise OSError(f"The file became shorter during the upload: it ends at byte {span.offset + len(data):,}.")
    if is_end and file.read(1):
        raise OSError(f"The file became longer during the upload: it had {span.offset + span.length:,} bytes.")
    digest.update(data)
    return data


def _read_exactly(read: Callable[[int], object], length: int) -> bytes:
    """Read this many bytes, in several steps if necessary. Returns fewer at the end of the file."""
    pieces: list[bytes] = []
    left = length
    while left > 0:
        given = read(left)
        if given is None:
            raise BlockingIOError(errno.EAGAIN, "file is non-blocking: open it in blocking mode")
        data = to_bytes(given)[:left]
        if not data:
            break
        pieces.append(data)
        left -= len(data)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def new_spool() -> SpooledTemporaryFile[bytes]:
    """Create a temporary file. If it is small, it stays in memory."""
    return SpooledTemporaryFile[bytes](_SPOOLED_BYTES, prefix="orbit-upload-")
