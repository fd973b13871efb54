"""Types for `orbit.media.upload` and `orbit.media.download`: progress, sources, and an error.

All other failures raise the same errors as any other call: `PermissionDeniedError` if a signed URL is refused,
`ServerError`, `ConnectionFailedError`, `DeadlineExceededError`. Problems with a local file raise `OSError`.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
from typing import Any, BinaryIO, Protocol, runtime_checkable

from .errors import OrbitServerError

__all__ = [
    "AsyncReadable",
    "AsyncUploadable",
    "CorruptTransferError",
    "FileHolder",
    "Progress",
    "Readable",
    "Uploadable",
]

Progress = Callable[[int, int | None], object]
"""Called with the number of bytes transferred so far and the total size, or None if the size is not known.

It is called often, so it must be fast. The first number decreases if bytes are sent again after a failure. If it raises
an error, the transfer ends with that error.
"""


@runtime_checkable  # pydantic's `validate_call` checks arguments with `isinstance`.
class Readable(Protocol):
    """An object with `read`: a file, a Django or Werkzeug upload, the body of a WSGI request."""

    @property
    def read(self) -> Callable[[int], bytes | None]:
        """Read at most the given number of bytes. Returns `b""` at the end."""
        ...


@runtime_checkable  # pydantic's `validate_call` checks arguments with `isinstance`.
class AsyncReadable(Protocol):
    """An object with an asynchronous `read`: a Starlette upload, an aiofiles or anyio file."""

    @property
    def read(self) -> Callable[[int], Awaitable[bytes]]:
        """Read at most the given number of bytes. Returns `b""` at the end."""
        ...


@runtime_checkable  # pydantic's `validate_call` checks arguments with `isinstance`.
class FileHolder(Protocol):
    """A web framework's upload whose binary file is in its `file` attribute."""

    @property
    def file(self) -> BinaryIO | Any:
        """The binary file."""
        ...


Uploadable = str | os.PathLike[str] | bytes | bytearray | memoryview | Readable | FileHolder | Iterable[bytes]
"""What `orbit.media.upload` accepts."""
AsyncUploadable = Uploadable | AsyncReadable | AsyncIterable[bytes]
"""What `orbit.media.upload` of an `AsyncOrbitServer` accepts."""


class CorruptTransferError(OrbitServerError):
    """The received bytes differ from the bytes that were sent: the size or the SHA-256 does not match."""
