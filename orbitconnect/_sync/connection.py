# Derived from orbitconnect/_async/connection.py by `make generate`: edit that file.
"""The edge of the pipeline: sends one attempt's bytes and collects its answer."""

from __future__ import annotations

from typing import Any

from .._pipeline.body import Body, BodyFlaw
from .._pipeline.clock import Clock
from .._pipeline.http import TRANSPORT_ERRORS, BaseTransport, process_owner, failure_of, is_gone, new_request
from .._pipeline.outcome import Answer, Failure
from .._pipeline.prepare import Prepared
from .._pipeline.retry import RetryQuota
from .pool import Pool


class Connection:
    """What a client and its views share: the connections, the quota of retries and the clock."""

    __slots__ = ("_closed", "_pools", "clock", "quota", "transport")

    def __init__(self, transport: BaseTransport | None = None, *, clock: Clock | None = None) -> None:
        """Opens nothing yet.

        Args:
            transport: Used for everything, in place of pools of our own.
            clock: For tests.
        """
        self.transport: BaseTransport | None = transport
        self.clock: Clock = clock or Clock()
        self.quota: RetryQuota = RetryQuota()
        self._pools: dict[Any, Pool] = {}
        self._closed = False

    def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Makes one attempt, which ends when the clock says so."""
        if self._closed:
            raise RuntimeError("This client is closed. Make a new one, or close it later.")
        if self.transport is not None:
            return self._send_over(self.transport, prepared, ends)
        pool = self._pool()
        transport = pool.take(None if ends is None else max(0.0, ends - self.clock.monotonic()))
        if transport is None:
            return Failure("No connection became free in time", sent=False, timeout=True)
        sound = False
        try:
            outcome = self._send_over(transport, prepared, ends)
            sound = isinstance(outcome, Answer) and not outcome.flaw
        finally:
            pool.give_back(transport, sound=sound)
        return outcome

    def _send_over(self, transport: BaseTransport, prepared: Prepared, ends: float | None) -> Answer | Failure:
        clock = self.clock
        left = None if ends is None else ends - clock.monotonic()
        if left is not None and left <= 0:
            return Failure("The time limit passed before the request was sent", sent=False, timeout=True)
        request = new_request(prepared, clock.time(), left)
        try:
            response = transport.handle_request(request)
        except TRANSPORT_ERRORS as error:
            return failure_of(error)
        # The stream alone: httpx's response would look at its cookies, its encoding and its history.
        stream: Any = response.stream
        body = Body(response.headers.get("content-encoding"))
        flaw, cut_short = "", False
        try:
            try:
                for chunk in stream:
                    body.feed(chunk)
                    if ends is not None and clock.monotonic() > ends:
                        return Failure("The answer did not end in time", sent=True, timeout=True)
                content = body.finish()
            finally:
                stream.close()
        except BodyFlaw as error:
            flaw, content = str(error), body.so_far
        except TRANSPORT_ERRORS as error:
            failure = failure_of(error)
            if failure.timeout:
                return failure
            flaw, cut_short, content = "it breaks off", True, body.so_far
        return Answer(response.status_code, response.headers, content, flaw, cut_short)

    def close(self) -> None:
        """Closes the connections for good. A second time does nothing."""
        if self._closed:
            return
        self._closed = True
        pools, self._pools = self._pools, {}
        for owner, pool in pools.items():
            # A pool of another process or event loop is not ours to close: it is let go.
            if owner == process_owner():
                pool.close()
        if self.transport is not None:
            self.transport.close()

    def _pool(self) -> Pool:
        owner = process_owner()
        pool = self._pools.get(owner)
        if pool is None:
            for other in [other for other in tuple(self._pools) if is_gone(other)]:
                self._pools.pop(other, None)
            # No lock, which a fork could leave locked for ever: of two threads that come here, one's pool is kept.
            pool = self._pools.setdefault(owner, Pool(self.clock))
        return pool
