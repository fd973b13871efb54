"""Where the bytes of an upload come from: whatever programs and frameworks have that gives bytes."""

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
"""Where objects that have no `read` for threads keep a file that has."""
_SPOOLED_BYTES: Final = 1024 * 1024
_TAKEN: Final = "a path, bytes, a binary file, an upload of a web framework or an iterable of bytes"
ASYNCHRONOUS: Final = (
    "file is asynchronous ({kind}), and this client is not: use AsyncOrbitServer, or pass a path, bytes or a file that "
    "open(…, 'rb') returned."
)


class Source(NamedTuple):
    """What is to be uploaded."""

    given: Any
    kind: Kind
    facts: Facts = Facts()
    is_own: bool = False
    """Whether it was opened here, and has to be closed here."""


def open_source(given: object) -> Source:
    """Finds out how to read what the synchronous client was given.

    Raises:
        OSError: If a file cannot be opened.
        TypeError: If it gives no bytes, or only asynchronously.
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
    """Finds out how to read what the asynchronous client was given.

    Raises:
        OSError: If a file cannot be opened.
        TypeError: If it gives no bytes.
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
        # The last two can be iterated over, but give no bytes.
        return None
    read = getattr(given, "read", None)
    if callable(read):
        if isinstance(given, io.TextIOBase) or isinstance(getattr(given, "file", None), io.TextIOBase):
            raise TypeError("file was opened as text: open it with mode 'rb'.")
        return Source(given, "async file" if is_async(read) else "file", facts_of(given))
    data = _buffer(given)
    if data is not None:
        return Source(io.BytesIO(data), "file", facts_of(given), is_own=True)
    if isawaitable(given):
        close_awaitable(given)
        raise TypeError("file is a coroutine or another awaitable: await it, and pass what it returns.")
    if _held_file(given, _HOLDERS) is None:
        kinds: list[tuple[type, Kind]] = [(AsyncIterable, "async iterable"), (Iterable, "iterable")]
        for kind, name in kinds if is_async_client else reversed(kinds):
            if isinstance(given, kind):
                return Source(given, name, facts_of(given))
    return None


def _buffer(given: object) -> bytes | None:
    """The bytes of a bytes-like object, or of a form's file that has them in memory."""
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
        # What lies below a buffer is ahead of it, as soon as anything was read.
        if name != "raw" or held.tell() == 0:
            return held
    return None


def measure(source: Source) -> Span | bytes:
    """Finds out where a file stands, and how many bytes follow.

    Returns:
        Which bytes; or, of what can be read only once, those that were read to find that out.

    Raises:
        OSError: If the file does not go back to where it stood.
        TypeError: If it gives text.
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
    # An object may pretend to seek, and a file of the system to be empty. Nothing is read of one that gives text.
    data = to_bytes(file.read(0 if end > start else 1))
    if data and end <= start:
        return data
    file.seek(start)
    if _number(file.tell()) != start:
        raise OSError("file says that it is seekable, but does not go back to where it stood.")
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
    raise TypeError("That is no offset.")


def is_async(function: object) -> bool:
    """Whether a call of this has to be awaited."""
    return iscoroutinefunction(function) or iscoroutinefunction(getattr(type(function), "__call__", None))  # noqa: B004


def close_awaitable(value: object) -> None:
    """Closes a coroutine that nobody will await, so that Python does not warn of it."""
    close = getattr(value, "close", None)
    if isawaitable(value) and callable(close):
        close()


def to_bytes(data: object) -> bytes:
    """Bytes as `bytes`, which are not copied.

    Raises:
        TypeError: If they are none.
    """
    if isinstance(data, bytes):
        return data
    if isinstance(data, bytearray):
        return bytes(data)
    if isinstance(data, memoryview):
        return data.tobytes()
    close_awaitable(data)
    hint = ": open it with mode 'rb', or encode the text" if isinstance(data, str) else ""
    raise TypeError(f"file must give bytes, not {type(data).__name__}{hint}.")


def read_block(file: Any, span: Span, digest: Digest, is_end: bool) -> bytes:
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
    data = _read_exactly(file.read, span.length)
    if len(data) < span.length:
        raise OSError(f"The file became shorter while it was uploaded: it ends at byte {span.offset + len(data):,}.")
    if is_end and file.read(1):
        raise OSError(f"The file became longer while it was uploaded: it had {span.offset + span.length:,} bytes.")
    digest.update(data)
    return data


def _read_exactly(read: Callable[[int], object], length: int) -> bytes:
    """Reads so many bytes, in several steps where fewer come at a time; fewer at the end."""
    pieces: list[bytes] = []
    left = length
    while left > 0:
        given = read(left)
        if given is None:
            raise BlockingIOError(errno.EAGAIN, "file does not wait for its bytes: open it in blocking mode")
        data = to_bytes(given)[:left]
        if not data:
            break
        pieces.append(data)
        left -= len(data)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def new_spool() -> SpooledTemporaryFile[bytes]:
    """A temporary file; a small one stays in memory."""
    return SpooledTemporaryFile[bytes](_SPOOLED_BYTES, prefix="orbit-upload-")
