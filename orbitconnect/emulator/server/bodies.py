"""Reads request bodies: small ones into memory, large ones into a temporary file."""

from __future__ import annotations

import asyncio
import math
import tempfile
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import IO, Final, Self

from starlette.types import Receive

from ..refusals import Refusal
from ..rules import BODY_SIZE, BODY_TIME, UPLOAD_COMPLETE

IN_MEMORY: Final = 1024 * 1024
"""How many bytes of a body are kept in memory."""
DRAINED: Final = 32 * 1024 * 1024
"""How many bytes above the limit are still read, so that the client finishes sending and reads the error."""
IDLE_SECONDS: Final = 30.0
"""How long the next chunk of a body may take."""
TOTAL_SECONDS: Final = 300.0
"""How long a whole body may take. There is no limit for a file's body, as long as chunks keep arriving."""
_CHUNK: Final = 256 * 1024
_HTTP_1: Final = frozenset({"1.0", "1.1"})


class Disconnected(Exception):
    """The client disconnected before its body was complete."""


class Body:
    """A complete body. Close it after the response."""

    __slots__ = ("_file", "data")

    def __init__(self) -> None:
        self.data: bytes = b""
        """The body, if it is in memory; empty if it is in a file."""
        self._file: IO[bytes] | None = None

    @property
    def is_spooled(self) -> bool:
        """Whether the body is in a file."""
        return self._file is not None

    def add(self, chunk: bytes) -> None:
        """Append a chunk."""
        if self._file is None and len(self.data) + len(chunk) > IN_MEMORY:
            self._file = tempfile.TemporaryFile(prefix="orbit-emulator-")  # noqa: SIM115  # `close` closes it.
            self._file.write(self.data)
            self.data = b""
        if self._file is None:
            self.data += chunk
        else:
            self._file.write(chunk)

    def chunks(self) -> Iterator[bytes]:
        """The body in chunks."""
        if self._file is None:
            yield self.data
            return
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            yield chunk

    def close(self) -> None:
        """Delete the file."""
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


async def read_body(receive: Receive, headers: Mapping[str, str], limit: int) -> Body:
    """Read a body to its end.

    Args:
        receive: ASGI's `receive`.
        headers: The request's headers.
        limit: The largest body that is accepted, in bytes.

    Raises:
        Refusal: If the body is too large or too slow.
        Disconnected: If the client disconnects.
    """
    if declared_size(headers) > limit:
        raise _too_large(limit)
    body, size = Body(), 0
    incoming = IncomingBody(receive)
    ends = asyncio.get_running_loop().time() + TOTAL_SECONDS
    try:
        while (chunk := await incoming.next_chunk(ends)) is not None:
            size += len(chunk)
            if size > limit:
                raise _too_large(limit)
            body.add(chunk)
    except BaseException:
        body.close()
        raise
    return body


class IncomingBody:
    """A body that is read while it arrives."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._has_ended = False

    async def next_chunk(self, ends: float = math.inf) -> bytes | None:
        """Read the next chunk; None at the end of the body.

        Args:
            ends: The event loop's time at which the whole body must have arrived.

        Raises:
            Refusal: If the chunk takes longer than `IDLE_SECONDS`, or arrives too late.
            Disconnected: If the client disconnects.
        """
        if self._has_ended:
            return None
        try:
            async with asyncio.timeout_at(min(ends, asyncio.get_running_loop().time() + IDLE_SECONDS)):
                message = await self._receive()
        except TimeoutError:
            raise _too_slow() from None
        if message["type"] == "http.disconnect":
            raise Disconnected
        self._has_ended = not message.get("more_body", False)
        chunk: bytes = message.get("body", b"")
        return chunk

    def chunks(self, loop: asyncio.AbstractEventLoop) -> Iterator[bytes]:
        """The body in chunks, read from a thread other than the event loop's."""
        while True:
            try:
                chunk = asyncio.run_coroutine_threadsafe(self.next_chunk(), loop).result()
            except Disconnected:
                message = "The client disconnected before the end of the body."
                raise Refusal(400, "incomplete", message, UPLOAD_COMPLETE) from None
            if chunk is None:
                return
            yield chunk

    async def drain(self) -> bool:
        """Read and discard the rest of the body. Returns whether the body ended within `DRAINED` bytes."""
        size = 0
        while (chunk := await self.next_chunk()) is not None:
            size += len(chunk)
            if size > DRAINED:
                return False
        return True


def has_body(headers: Mapping[str, str], http_version: str) -> bool:
    """Whether a request has a body. Only HTTP/1 always declares it in a header."""
    if http_version not in _HTTP_1:
        return True
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def declared_size(headers: Mapping[str, str]) -> int:
    """The size of the body in bytes, as declared in Content-Length; 0 without that header."""
    declared = headers.get("content-length", "")
    return int(declared) if declared.isdecimal() else 0


def _too_large(limit: int) -> Refusal:
    return Refusal(413, "too_large", f"A body can have at most {limit} bytes.", BODY_SIZE)


def _too_slow() -> Refusal:
    return Refusal(408, "request_timeout", "The body did not arrive in time.", BODY_TIME)
