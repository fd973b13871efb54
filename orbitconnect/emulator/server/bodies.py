"""Reads the body of a request: a small one into memory, a large one into a temporary file."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import IO, Final, Self

from starlette.types import Receive

from ..refusals import Refusal
from ..rules import BODY_SIZE, UPLOAD_COMPLETE, Rule

BODY_TIME: Final = Rule("body-time", "inferred", "A body keeps coming.")

IN_MEMORY: Final = 1024 * 1024
"""How many bytes of a body are kept in memory."""
DRAINED: Final = 32 * 1024 * 1024
"""How many bytes more than allowed are read, so that the client has finished sending when it is told why not."""
IDLE_SECONDS: Final = 30.0
"""How long the next part of a body may take."""
TOTAL_SECONDS: Final = 300.0
"""How long a body may take as a whole; that of a file may take for ever, as long as it keeps coming."""
_PIECE: Final = 256 * 1024


class Disconnected(Exception):
    """The client went away before its body was complete."""


class Body:
    """A body that is complete. It is closed when the request has been answered."""

    __slots__ = ("_file", "data")

    def __init__(self) -> None:
        self.data: bytes = b""
        """What there is of it in memory; nothing once there is a file."""
        self._file: IO[bytes] | None = None

    @property
    def is_spooled(self) -> bool:
        """Whether it lies in a file."""
        return self._file is not None

    def add(self, piece: bytes) -> None:
        """Adds what came in."""
        if self._file is None and len(self.data) + len(piece) > IN_MEMORY:
            self._file = tempfile.TemporaryFile(prefix="orbit-emulator-")  # noqa: SIM115  # `close` closes it.
            self._file.write(self.data)
            self.data = b""
        if self._file is None:
            self.data += piece
        else:
            self._file.write(piece)

    def pieces(self) -> Iterator[bytes]:
        """All of it, piece by piece."""
        if self._file is None:
            yield self.data
            return
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece

    def close(self) -> None:
        """Removes the file."""
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


async def read_body(receive: Receive, headers: Mapping[str, str], limit: int) -> Body:
    """Reads a body to its end.

    Args:
        receive: ASGI's.
        headers: The request's headers.
        limit: How many bytes are taken in.

    Raises:
        Refusal: If it has more, or does not come in time.
        Disconnected: If the client goes away.
    """
    if declared_size(headers) > limit:
        raise too_large(limit)
    body, size = Body(), 0
    incoming = Incoming(receive)
    try:
        async with asyncio.timeout(TOTAL_SECONDS):
            while (piece := await incoming.next()) is not None:
                size += len(piece)
                if size > limit:
                    raise too_large(limit)
                body.add(piece)
    except TimeoutError:
        body.close()
        raise too_late() from None
    except BaseException:
        body.close()
        raise
    return body


class Incoming:
    """A body that is read as it comes."""

    def __init__(self, receive: Receive) -> None:
        """Reads nothing yet."""
        self._receive = receive
        self._has_ended = False

    async def next(self) -> bytes | None:
        """The next part of it; None at its end.

        Raises:
            Refusal: If it does not come in time.
            Disconnected: If the client goes away.
        """
        if self._has_ended:
            return None
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                message = await self._receive()
        except TimeoutError:
            raise too_late() from None
        if message["type"] == "http.disconnect":
            raise Disconnected
        self._has_ended = not message.get("more_body", False)
        piece: bytes = message.get("body", b"")
        return piece

    def pieces(self, loop: asyncio.AbstractEventLoop) -> Iterator[bytes]:
        """All of it, for a thread that is not the loop's."""
        while True:
            try:
                piece = asyncio.run_coroutine_threadsafe(self.next(), loop).result()
            except Disconnected:
                raise Refusal(400, "incomplete", "The client went away before the end.", UPLOAD_COMPLETE) from None
            if piece is None:
                return
            yield piece

    async def drain(self) -> bool:
        """Reads the rest of it and throws that away; says whether there was an end to it."""
        size = 0
        while (piece := await self.next()) is not None:
            size += len(piece)
            if size > DRAINED:
                return False
        return True


def declared_size(headers: Mapping[str, str]) -> int:
    """How many bytes the request says that it has; 0 where it does not say."""
    declared = headers.get("content-length", "")
    return int(declared) if declared.isdecimal() else 0


def too_large(limit: int) -> Refusal:
    """The body has too many bytes."""
    return Refusal(413, "too_large", f"A body has at most {limit} bytes.", BODY_SIZE)


def too_late() -> Refusal:
    """The body has stopped coming."""
    return Refusal(408, "request_timeout", "The request's body did not come in time.", BODY_TIME)
