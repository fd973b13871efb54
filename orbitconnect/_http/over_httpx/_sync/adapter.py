# Derived from orbitconnect/_http/over_httpx/_async/adapter.py by `make generate`: edit that file.
"""Make attempts with httpx, over the SDK's own connections or the transport that was passed to the client."""

from __future__ import annotations

from typing import cast

from httpx import BaseTransport, SyncByteStream, Response

from ...._pipeline.body import Body, BodyFlaw
from ...._pipeline.clock import Clock
from ...._pipeline.outcome import Answer, Failure
from ...._pipeline.prepare import Prepared
from ... import live_hook
from ..._sync.pool import Pool
from ...headers import states_more
from ..translate import (
    TRANSPORT_ERRORS,
    failure_of,
    new_request,
    refusal_of_loop,
)
from .transport import Transport


class HttpxAdapter:
    """Makes attempts over a connection pool."""

    __slots__ = ("_clock", "_pool")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pool = Pool(clock, Transport)

    def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`."""
        pool, clock = self._pool, self._clock
        transport = pool.take(None if ends is None else max(0.0, ends - clock.monotonic()))
        if transport is None:
            return Failure("No connection became free in time", sent=False, timeout=True)
        sound = False
        try:
            outcome = send_over(transport, prepared, ends, clock)
            sound = (
                isinstance(outcome, Answer)
                and not outcome.flaw
                and not transport.holds_more
                and not states_more(outcome.status, outcome.headers)
            )
        finally:
            pool.give_back(transport, sound=sound)
        return outcome

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()


class TransportAdapter:
    """Makes attempts over the caller's httpx transport, which manages its own connections."""

    __slots__ = ("_clock", "_transport")

    def __init__(self, transport: BaseTransport, clock: Clock) -> None:
        self._transport = transport
        self._clock = clock

    def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`."""
        try:
            return send_over(self._transport, prepared, ends, self._clock)
        except RuntimeError as error:
            refusal = refusal_of_loop(error)
            if refusal is None:
                raise
        raise refusal

    def close(self) -> None:
        """Do nothing: the client owns the transport, and may use it with another adapter in another event loop."""


def send_over(transport: BaseTransport, prepared: Prepared, ends: float | None, clock: Clock) -> Answer | Failure:
    """Send one attempt's request, and read its response."""
    response = open_over(transport, prepared, ends, clock)
    return response if isinstance(response, Failure) else answer_of(response, ends, clock)


def open_over(transport: BaseTransport, prepared: Prepared, ends: float | None, clock: Clock) -> Response | Failure:
    """Send one attempt's request, and return its response before the body is read."""
    left = None if ends is None else ends - clock.monotonic()
    if left is not None and left <= 0:
        return Failure("The time limit passed before the request was sent", sent=False, timeout=True)
    request = new_request(prepared, clock.time(), left)
    if live_hook.check is not None:
        from .live_guard import watch  # Imported here because only tests have the hook.

        watch(request, transport, live_hook.check)
    try:
        return transport.handle_request(request)
    except TRANSPORT_ERRORS as error:
        failure = failure_of(error)
    if isinstance(transport, Transport):
        return failure._replace(sent=failure.sent and transport.has_sent is not False)
    # The caller's transport decides which host it connects to, such as an emulator's.
    return failure._replace(unreachable=False)


def answer_of(response: Response, ends: float | None, clock: Clock) -> Answer | Failure:
    """Read a response, and decode its body."""
    # Use only the stream, because `httpx.Response` would also process cookies, encoding and history.
    stream = cast("SyncByteStream", response.stream)
    body = Body(response.headers.get("content-encoding"))
    flaw, cut_short = "", False
    try:
        try:
            for chunk in stream:
                body.feed(chunk)
                while body.has_more and (ends is None or clock.monotonic() <= ends):
                    clock.sleep(0)
                    body.feed(b"")
                if ends is not None and clock.monotonic() > ends:
                    return Failure("The response was not complete in time", sent=True, timeout=True)
            content = body.finish()
        finally:
            stream.close()
    except BodyFlaw as error:
        flaw, content = str(error), body.so_far
    except TRANSPORT_ERRORS as error:
        failure = failure_of(error)
        if failure.timeout:
            return failure
        flaw, cut_short, content = "it is incomplete", True, body.so_far
    return Answer(response.status_code, response.headers, content, flaw, cut_short)
