from .errors import OrbitServerError
from _typeshed import Incomplete
from collections.abc import AsyncIterable, Awaitable as Awaitable, Callable
from typing import Any, BinaryIO, Protocol

Progress = Callable[[int, int | None], object]

class Readable(Protocol):
    @property
    def read(self) -> Callable[[int], bytes | None]: ...

class AsyncReadable(Protocol):
    @property
    def read(self) -> Callable[[int], Awaitable[bytes]]: ...

class FileHolder(Protocol):
    @property
    def file(self) -> BinaryIO | Any: ...

Uploadable: Incomplete
AsyncUploadable = Uploadable | AsyncReadable | AsyncIterable[bytes]

class CorruptTransferError(OrbitServerError): ...
