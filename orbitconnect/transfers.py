"""What the uploads and downloads of `orbit.media` share with their callers: the progress, and an error of their own.

All other failures are those of every call: `PermissionDeniedError` where a signed URL is refused, `ServerError`,
`ConnectionFailedError`, `DeadlineExceededError`. What goes wrong with a local file is the builtin `OSError`.
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
"""Called with the bytes that were transferred so far, and with how many there are in all, or None if nobody knows.

It is called often and must be quick. Where bytes are sent again after a failure, the first number goes back. What it
raises ends the transfer.
"""


@runtime_checkable  # pydantic's `validate_call` looks at arguments with `isinstance`.
class Readable(Protocol):
    """An object with `read`: a file, a Django or werkzeug upload, the body of a WSGI request."""

    @property
    def read(self) -> Callable[[int], bytes | None]:
        """Returns at most so many bytes, and none at the end."""
        ...


@runtime_checkable  # pydantic's `validate_call` looks at arguments with `isinstance`.
class AsyncReadable(Protocol):
    """An object whose `read` is awaited: a Starlette upload, a file of aiofiles or anyio."""

    @property
    def read(self) -> Callable[[int], Awaitable[bytes]]:
        """Returns at most so many bytes, and none at the end."""
        ...


@runtime_checkable  # pydantic's `validate_call` looks at arguments with `isinstance`.
class FileHolder(Protocol):
    """An upload of a web framework that has its bytes in `file`."""

    @property
    def file(self) -> BinaryIO | Any:
        """A binary file."""
        ...


Uploadable = str | os.PathLike[str] | bytes | bytearray | memoryview | Readable | FileHolder | Iterable[bytes]
"""What `orbit.media.upload` takes."""
AsyncUploadable = Uploadable | AsyncReadable | AsyncIterable[bytes]
"""What `orbit.media.upload` of `AsyncOrbitServer` takes."""


class CorruptTransferError(OrbitServerError):
    """The bytes that arrived are not those that were sent: their number or their SHA-256 differs."""
