"""Makes the attempts of the emulator's own clients. httpx's requests and responses would take longer than the emulator.

The clients' streams and transfers still need an httpx transport, so a connection can be used as one, too.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, Final

from ..._concurrency.blocking import in_threads
from ..._http.headers import decoded
from ..._later import Later
from ..._pipeline.api_host import API_HOST
from ..._pipeline.body import MAX_BODY_BYTES, Body, BodyFlaw
from ..._pipeline.clock import Clock as ClientClock
from ..._pipeline.open_payload import OpenPayload
from ..._pipeline.outcome import Answer, Failure
from ..._pipeline.prepare import Prepared
from ..clock import Clock
from ..exchange import MAX_BODY, EmulatorRequest, EmulatorResponse, split_target
from .playback import Break, Playback

if TYPE_CHECKING:
    import httpx

    from . import in_process
else:
    httpx, in_process = Later("httpx"), Later(".in_process", __package__)

Handle = Callable[[EmulatorRequest], EmulatorResponse]

_AFTER_SCHEME: Final = len("https://")
_TOO_LATE: Final = Failure("The time limit passed before the request was sent", sent=False, timeout=True)
_NOT_COMPLETE: Final = Failure("The response was not complete in time", sent=True, timeout=True)
_NO_RESPONSE: Final = Failure(f"{API_HOST} did not answer in time", sent=True, timeout=True)


class EmulatorConnection:
    """Connects a client to an emulator in this process."""

    def __init__(self, handle: Handle, clock: Clock) -> None:
        self._handle = handle
        self._clock = clock

    def new_adapter(self, clock: ClientClock) -> EmulatorAdapter:
        """Create the adapter for the client's calls."""
        return EmulatorAdapter(self._handle, clock)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Let the emulator handle a request of a stream or a transfer."""
        return in_process.EmulatorTransport(self._handle, self._clock).handle_request(request)

    def close(self) -> None:
        """Do nothing: other clients may use the emulator."""


class AsyncEmulatorConnection:
    """Connects an async client to an emulator in this process."""

    def __init__(self, handle: Handle, clock: Clock) -> None:
        self._handle = handle
        self._clock = clock

    def new_adapter(self, clock: ClientClock) -> AsyncEmulatorAdapter:
        """Create the adapter for the client's calls in one event loop."""
        return AsyncEmulatorAdapter(self._handle, clock)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Let the emulator handle a request of a stream or a transfer."""
        return await in_process.AsyncEmulatorTransport(self._handle, self._clock).handle_async_request(request)

    async def aclose(self) -> None:
        """Do nothing: other clients may use the emulator."""


class EmulatorAdapter:
    """Makes attempts by calling the emulator."""

    __slots__ = ("_clock", "_handle")

    def __init__(self, handle: Handle, clock: ClientClock) -> None:
        self._handle = handle
        self._clock = clock

    def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`."""
        clock = self._clock
        left = None if ends is None else ends - clock.monotonic()
        if left is not None and left <= 0:
            return _TOO_LATE
        stream = None if prepared.payload is None else prepared.payload.chunks()
        response = self._handle(_request(prepared, clock.time(), prepared.body or b"", stream))
        delivery = _deliver(response, prepared.method, left, ends, clock)
        try:
            while True:
                clock.sleep(next(delivery))
        except StopIteration as end:
            outcome: Answer | Failure = end.value
            return outcome

    def close(self) -> None:
        """Do nothing: there is no connection."""


class AsyncEmulatorAdapter:
    """Makes attempts by calling the emulator in the event loop, without a thread: it takes microseconds."""

    __slots__ = ("_clock", "_handle")

    def __init__(self, handle: Handle, clock: ClientClock) -> None:
        self._handle = handle
        self._clock = clock

    async def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`."""
        clock = self._clock
        left = None if ends is None else ends - clock.monotonic()
        if left is not None and left <= 0:
            return _TOO_LATE
        body = (prepared.body or b"") if prepared.payload is None else await _read_payload(prepared.payload)
        response = self._handle(_request(prepared, clock.time(), body))
        delivery = _deliver(response, prepared.method, left, ends, clock)
        try:
            while True:
                await clock.async_sleep(next(delivery))
        except StopIteration as end:
            outcome: Answer | Failure = end.value
            return outcome

    async def aclose(self) -> None:
        """Do nothing: there is no connection."""


def _request(
    prepared: Prepared, wall_time: float, body: bytes, stream: Iterable[bytes] | None = None
) -> EmulatorRequest:
    headers = decoded(prepared.headers(wall_time))
    target = prepared.url[prepared.url.index("/", _AFTER_SCHEME) :]
    path, query = split_target(target)
    return EmulatorRequest(prepared.method, path, query, headers, body, target, stream)


async def _read_payload(payload: OpenPayload) -> bytes:
    """Read a body from files without blocking the event loop, until it is larger than the emulator accepts."""
    body = bytearray()
    async for chunk in in_threads(payload.chunks()):
        body += chunk[: MAX_BODY + 1 - len(body)]
        if len(body) > MAX_BODY:
            break
    return bytes(body)


def _deliver(
    response: EmulatorResponse, method: str, left: float | None, ends: float | None, clock: ClientClock
) -> Generator[float, None, Answer | Failure]:
    """Yield the seconds to wait, and return the outcome of the attempt."""
    status, headers, content = response.status, response.headers, response.body
    if response.fault is not None or response.stream is not None or len(content) > MAX_BODY_BYTES:
        return (yield from _play(response, Playback(response, method, left, is_total=True), ends, clock))
    if ends is not None and clock.monotonic() > ends:
        return _NOT_COMPLETE
    return Answer(status, headers, content)


def _play(
    response: EmulatorResponse, playback: Playback, ends: float | None, clock: ClientClock
) -> Generator[float, None, Answer | Failure]:
    """Deliver a response step by step, as the SDK's HTTP stacks receive one."""
    seconds, end = playback.before()
    if seconds:
        yield seconds
    if end is not None:
        return _failure(end)
    body = Body(response.headers.get("content-encoding"))
    flaw = ""
    try:
        for pause, chunk in playback.steps():
            if pause:
                yield pause
            if isinstance(chunk, Break):
                if chunk.kind == "timeout":
                    return _failure(chunk)
                return Answer(response.status, response.headers, body.so_far, "it is incomplete", cut_short=True)
            body.feed(chunk)
            while body.has_more and (ends is None or clock.monotonic() <= ends):
                yield 0.0  # Let other tasks run.
                body.feed(b"")
            if ends is not None and clock.monotonic() > ends:
                return _NOT_COMPLETE
        content = body.finish()
    except BodyFlaw as error:
        flaw, content = str(error), body.so_far
    return Answer(response.status, response.headers, content, flaw)


def _failure(end: Break) -> Failure:
    if end.kind == "timeout":
        return _NO_RESPONSE
    return Failure(f"The connection to {API_HOST} broke: {end.reason}", sent=True)
