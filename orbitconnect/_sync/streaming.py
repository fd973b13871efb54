# Derived from orbitconnect/_async/streaming.py by `make generate`: edit that file.
"""Responses whose bytes are read while they arrive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar, cast

from attrs import evolve

from orbitconnect_api.operations import REQUEST_ID_HEADER
from orbitconnect_api.types import Request

from .._concurrency.blocking import run_here
from .._pipeline import finish
from .._pipeline.open_payload import OpenPayload
from .._pipeline.outcome import Answer, Failure
from .._pipeline.prepare import Prepared, prepare
from .._pipeline.settings import Settings
from .._pipeline.traceback import hide_secrets
from .._pipeline.watch import Watch, begin_watch
from ..errors import OrbitServerError
from .connection import Connection

if TYPE_CHECKING:
    from httpx import BaseTransport, SyncByteStream

T = TypeVar("T")

_PLAIN: Final = ("accept-encoding", "identity")


class Attempts(Protocol):
    """Makes attempts until one succeeds."""

    def __call__(
        self, request: Request[T], prepared: Prepared, began: float, watch: Watch | None, sender: Sender
    ) -> tuple[Answer, int]:
        """Return the successful response, and the number of attempts."""
        ...


class Sender(Protocol):
    """Makes a single attempt."""

    def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`."""
        ...


class StreamedResponse(Generic[T]):
    """A successful response whose bytes are read while they arrive."""

    def __init__(self, call: StreamedCall[T], answer: Answer, parsed: T | None, attempts: int) -> None:
        headers = call.prepared.redactor.headers(answer.headers)
        self.status_code: int = answer.status
        self.headers: Mapping[str, str] = headers
        """The response headers. Look them up in lower case."""
        self.request_id: str | None = headers.get(REQUEST_ID_HEADER)
        """The API's id of the request. Quote it when you contact support."""
        self.attempts: int = attempts
        """The number of requests that were sent, including retries."""
        self.parsed: T | None = parsed
        """The result, if the response is data and no file. None for a file."""
        self._call = call

    def iter_bytes(self) -> Iterator[bytes]:
        """Read the file in chunks, as they arrive. Memory use does not depend on the file's size.

        Raises:
            OrbitServerError: If the connection breaks, or the time limit of the call passes.
            RuntimeError: If there is no file, it was already read, or its `with` block has ended.
        """
        for chunk in self._call.chunks():
            yield chunk

    def read(self) -> bytes:
        """Read the whole file into memory.

        Raises:
            OrbitServerError: If the connection breaks, or the time limit of the call passes.
            RuntimeError: If there is no file, it was already read, or its `with` block has ended.
        """
        return b"".join([chunk for chunk in self._call.chunks()])


class StreamedCall(Generic[T]):
    """A call whose response is read in a `with` block. At the end of the block, its connection is closed."""

    prepared: Prepared

    def __init__(self, attempts: Attempts, settings: Settings, connection: Connection, request: Request[T]) -> None:
        self._attempts = attempts
        self._settings = settings
        self._connection = connection
        connection.load_files()
        self._request = request
        self._ends: float | None = None
        self._made = 0
        self._payload: OpenPayload | None = None
        self._transport: BaseTransport | None = None
        self._stream: SyncByteStream | None = None
        self._watch: Watch | None = None
        self._content: bytes | None = None
        """The file or its beginning, if it was read already. None if there is no file, or no more of it."""

    def __enter__(self) -> StreamedResponse[T]:
        try:
            return self._open()
        except BaseException as error:
            self._end(error)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end(error)

    def _open(self) -> StreamedResponse[T]:
        settings, clock = self._settings, self._connection.clock
        self._connection.check_open()
        # A compressed file would have to be decoded here, and its size would be unknown.
        request = evolve(self._request, headers=(*self._request.headers, _PLAIN))
        if request.payload is not None:
            self._payload = run_here(OpenPayload, request.payload)
        self.prepared = prepare(request, settings, self._payload)
        began = clock.monotonic()
        self._ends = None if settings.timeout is None else began + settings.timeout
        self._watch = begin_watch(request.operation, settings.observers, clock)
        answer, self._made = self._attempts(request, self.prepared, began, self._watch, self)
        parsed = None
        if finish.is_file(request, answer.status):
            self._content = answer.body  # Empty if the body is read from the stream.
        else:
            parsed = finish.result_of(request, answer, self._made)
        return StreamedResponse(self, answer, parsed, self._made)

    def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt. If its response is a file, the body is not read yet."""
        from .._http.over_httpx._sync.adapter import answer_of, open_over

        clock = self._connection.clock
        response = open_over(self._own_or_given(), prepared, ends, clock)
        if isinstance(response, Failure):
            return response
        is_encoded = response.headers.get("content-encoding", "identity") != "identity"
        if is_encoded or not finish.is_file(self._request, response.status_code):
            return answer_of(response, ends, clock)
        self._stream = cast("SyncByteStream", response.stream)
        return Answer(response.status_code, response.headers, b"")

    def chunks(self) -> Iterator[bytes]:
        """Read the body."""
        from .._http.over_httpx.translate import TRANSPORT_ERRORS, failure_of

        stream, clock, failure = self._stream, self._connection.clock, None
        content, self._content = self._content, None
        if content is None:
            raise RuntimeError("There is no file, it was already read, or its `with` block has ended.")
        if content:
            yield content
        if stream is None:
            return
        try:
            for chunk in stream:
                if self._ends is not None and clock.monotonic() > self._ends:
                    failure = Failure("The response was not complete in time", sent=True, timeout=True)
                    break
                yield chunk
        except TRANSPORT_ERRORS as error:
            failure = failure_of(error)
        finally:
            self._stream = None
            stream.close()
        if failure is not None:
            raise finish.error_of(
                self._request,
                failure,
                attempts=self._made,
                sent=True,
                timeout=self._settings.timeout,
                late=failure.timeout,
                now=clock.time(),
            )

    def _own_or_given(self) -> BaseTransport:
        """The transport that was passed to the client, or one with a single connection for this call."""
        given = self._connection.transport
        if given is not None:
            return given
        if self._transport is None:
            from .._http.over_httpx._sync.transport import Transport

            self._transport = Transport()
        return self._transport

    def _end(self, error: BaseException | None) -> None:
        if error is not None:
            hide_secrets(error)
            if isinstance(error, OrbitServerError) and hasattr(self, "prepared"):
                self.prepared.redactor.error(error)
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.end(error)
        self._content = None
        stream, self._stream = self._stream, None
        transport, self._transport = self._transport, None
        try:
            if stream is not None:
                stream.close()
        finally:
            if transport is not None:
                transport.close()
            if self._payload is not None:
                self._payload.close()
