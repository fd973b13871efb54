"""The sources of an upload: paths, bytes, files, uploads of web frameworks and iterables of bytes."""

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
"""Attributes in which an object without a synchronous `read` may hold a file that has one."""
_SPOOLED_BYTES: Final = 1024 * 1024
_TAKEN: Final = "a path, bytes, a binary file, an upload of a web framework or an iterable of bytes"
ASYNCHRONOUS: Final = (
    "file is asynchronous ({kind}), but this client is not: use AsyncOrbitServer, or pass a path, bytes or a file from "
    "open(…, 'rb')."
)


class Source(NamedTuple):
    """The object to upload, and how to read it."""

    given: Any
    kind: Kind
    facts: Facts = Facts()
    is_own: bool = False
    """Whether this module opened the file. If so, the upload must close it."""


def open_source(given: object) -> Source:
    """Determine how the sync client reads an object.

    Raises:
        OSError: If a file cannot be opened.
        TypeError: If the object contains no bytes, or can be read only asynchronously.
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
    """Determine how the async client reads an object.

    Raises:
        OSError: If a file cannot be opened.
        TypeError: If the object contains no bytes.
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
        # A mapping and a model are iterable, but not over bytes.
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
    """The bytes of a bytes-like object, or of a form's file that is in memory."""
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
        # A buffered reader reads ahead, so the position of its raw file may be past the reader's own position.
        if name != "raw" or held.tell() == 0:
            return held
    return None


def measure(source: Source) -> Span | bytes:
    """Determine a file's current position, and how many bytes follow.

    Returns:
        The range of bytes. If the source can be read only once, the bytes already read from it, or `b""`.

    Raises:
        OSError: If the file cannot seek back to its position.
        TypeError: If its `read` returns `str` instead of bytes.
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
    # Check that `read` returns bytes. Read one byte if the size is 0: files in /proc report 0 but have content.
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
    """Whether the result of calling a function must be awaited."""
    method = getattr(type(function), "__call__", None)  # noqa: B004  # `callable` does not tell whether it is async.
    return iscoroutinefunction(function) or iscoroutinefunction(method)


def close_awaitable(value: object) -> None:
    """Close a coroutine that will not be awaited, so that Python does not warn about it."""
    close = getattr(value, "close", None)
    if isawaitable(value) and callable(close):
        close()


def to_bytes(data: object) -> bytes:
    """Convert a bytes-like object to `bytes`. A `bytes` object is not copied.

    Raises:
        TypeError: If it is not bytes-like.
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
    """Read a range of a file, from any current position.

    Args:
        file: The file.
        span: The bytes to read.
        digest: The hash to add them to.
        is_end: Whether the file must end after them.

    Raises:
        OSError: If the file has become shorter or longer, or cannot be read.
    """
    file.seek(span.offset)
    data = _read_exactly(file.read, span.length)
    if len(data) < span.length:
        raise OSError(f"The file became shorter during the upload: it ends at byte {span.offset + len(data):,}.")
    if is_end and file.read(1):
        raise OSError(f"The file became longer during the upload: it was {span.offset + span.length:,} bytes long.")
    digest.update(data)
    return data


def _read_exactly(read: Callable[[int], object], length: int) -> bytes:
    """Read exactly `length` bytes, with several reads if needed. Returns fewer bytes at the end of the file."""
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
    """Create a temporary file, which stays in memory up to 1 MiB."""
    return SpooledTemporaryFile[bytes](_SPOOLED_BYTES, prefix="orbit-upload-")
