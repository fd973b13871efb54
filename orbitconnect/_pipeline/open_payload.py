"""Open the files of a body. They are read while the request is sent, again for each attempt."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from orbitconnect_api.types import Payload

_BLOCK: Final = 256 * 1024
"""The number of bytes to read at a time."""


class _Span(NamedTuple):
    """A part of a file that can seek."""

    file: IO[bytes]
    offset: int
    length: int


class OpenPayload:
    """A body whose files are open."""

    __slots__ = ("_files", "_parts", "content_type", "failure", "length")

    def __init__(self, payload: Payload) -> None:
        """Open the files and determine their sizes. A file that cannot seek is copied to a temporary file.

        Raises:
            OSError: If a file cannot be read.
            TypeError: If a file object does not return bytes.
        """
        self.content_type: bytes = payload.content_type.encode()
        self.failure: Exception | None = None
        """The error that interrupted the reading of a file while it was sent."""
        self._files = ExitStack()
        try:
            self._parts: list[bytes | _Span] = [
                piece if isinstance(piece, bytes) else self._span(piece) for piece in payload.pieces
            ]
        except BaseException:
            self.close()
            raise
        self.length: int = sum(len(part) if isinstance(part, bytes) else part.length for part in self._parts)

    @property
    def content(self) -> bytes | None:
        """The whole body, if no part of it is a file."""
        parts = [part for part in self._parts if isinstance(part, bytes)]
        return b"".join(parts) if len(parts) == len(self._parts) else None

    def chunks(self) -> Iterator[bytes]:
        """Read the body from its beginning.

        Raises:
            OSError: If a file cannot be read. The error is also kept in `failure`.
        """
        try:
            for part in self._parts:
                if isinstance(part, bytes):
                    yield part
                else:
                    yield from _blocks(part)
        except Exception as error:
            self.failure = error
            raise

    def close(self) -> None:
        """Close the files that were opened here."""
        self._files.close()

    def _span(self, piece: os.PathLike[str] | IO[bytes]) -> _Span:
        if isinstance(piece, os.PathLike):
            file: Any = Path(piece).open("rb")  # noqa: SIM115  # `close` closes it.
            self._files.enter_context(file)
        else:
            file = piece if _can_seek(piece) else self._copy(piece)
        offset = file.tell()
        length = file.seek(0, os.SEEK_END) - offset
        file.seek(offset)
        if not isinstance(file.read(0), bytes):
            raise TypeError("A file object must be open in binary mode.")
        return _Span(file, offset, max(0, length))

    def _copy(self, file: IO[bytes]) -> IO[bytes]:
        import tempfile  # Imported here because few programs need it.

        copy: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # `close` closes it.
        self._files.enter_context(copy)
        while block := file.read(_BLOCK):
            if not isinstance(block, bytes):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
                raise TypeError(f"A file object must return bytes, not {type(block).__name__}.")
            copy.write(block)
        copy.seek(0)
        return copy


def _blocks(span: _Span) -> Iterator[bytes]:
    done = 0
    while done < span.length:
        # Seek each time, because two parts can share a file object.
        span.file.seek(span.offset + done)
        asked = min(_BLOCK, span.length - done)
        block = span.file.read(asked)
        if not block:
            raise OSError("The file became shorter while it was sent.")
        # The server would read further bytes as the next request.
        if not isinstance(block, bytes) or len(block) > asked:  # pyright: ignore[reportUnnecessaryIsInstance]  # As above.
            raise OSError("The file object returned more than was asked for, or no bytes.")
        done += len(block)
        yield block


def _can_seek(file: Any) -> bool:
    seekable = getattr(file, "seekable", None)
    return bool(seekable()) if callable(seekable) else False
