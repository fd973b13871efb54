"""Read sources that can be read only once, in chunks. For the sync and the async client."""

from __future__ import annotations

import errno
import inspect
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

from .._concurrency.blocking import run_in_thread
from .plan import READ_BYTES, SEND_BYTES
from .upload_source import ASYNCHRONOUS, Source, close_awaitable, to_bytes

Reader = Callable[[], bytes]
AsyncReader = Callable[[], Awaitable[bytes]]


def blocking_reader(source: Source) -> Reader:
    """Return a function that reads the next bytes, and returns `b""` at the end."""
    if source.kind == "iterable":
        iterator = iter(source.given)
        return lambda: _gathered(iterator)
    file = _File(source.given)

    def read() -> bytes:
        given = file.call()
        if inspect.isawaitable(given):
            close_awaitable(given)
            raise TypeError(ASYNCHRONOUS.format(kind=type(source.given).__name__))
        return file.accepted(given)

    return read


def async_reader(source: Source) -> AsyncReader:
    """Return a function that reads the next bytes without blocking the event loop, and returns `b""` at the end."""
    if source.kind == "async iterable":
        items: AsyncIterator[object] = aiter(source.given)
        return lambda: _next_of(items)
    if source.kind == "iterable":
        iterator = iter(source.given)
        return lambda: run_in_thread(_gathered, iterator)
    file = _File(source.given)

    async def read() -> bytes:
        given = file.call() if source.kind == "async file" else await run_in_thread(file.call)
        return file.accepted(await given if inspect.isawaitable(given) else given)

    return read


def _gathered(iterator: Iterator[object]) -> bytes:
    """Join several small items, because switching to a thread for each one is slow."""
    pieces: list[bytes] = []
    size = 0
    while size < SEND_BYTES and (item := next(iterator, None)) is not None:
        data = to_bytes(item)
        pieces.append(data)
        size += len(data)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


async def _next_of(items: AsyncIterator[object]) -> bytes:
    data = b""
    while not data and (item := await anext(items, None)) is not None:
        data = to_bytes(item)
    return data


class _File:
    """A file to read from its current position."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._takes_size = _takes_size(file.read)
        self._last: object = None

    def call(self) -> object:
        """Call the file's `read`."""
        return self._file.read(READ_BYTES) if self._takes_size else self._file.read()

    def accepted(self, given: object) -> bytes:
        """Convert the result of `read` to bytes, and check it."""
        if given is None:
            if isinstance(self._file, io.RawIOBase):
                raise BlockingIOError(errno.EAGAIN, "file is non-blocking: open it in blocking mode")
            return b""
        if not self._takes_size and given and given is self._last:
            # Each call may return the whole content, or the file may contain the same piece twice.
            raise TypeError("file.read takes no size and returned the same bytes again: pass the bytes instead.")
        self._last = given
        return to_bytes(given)


def _takes_size(read: Callable[..., object]) -> bool:
    try:
        inspect.signature(read).bind(1)
    except ValueError:  # It has no signature, like some built-ins.
        return True
    except TypeError:
        return False
    return True
