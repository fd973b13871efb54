"""The clients that the targets use. One of each kind is created once, with a clock that never waits."""

from __future__ import annotations

import asyncio
from typing import Any

from orbitconnect import AsyncOrbitServer, OrbitServer, OrbitServerError
from orbitconnect._pipeline.retry import RetryQuota
from orbitconnect_api.types import Request
from tests.pipeline.harness import FakeClock
from tests.properties.promises import check_error

SECRET_KEY = "sk_test_fuzz_7c1e09"
SIGNING_SECRET = "signing-9f27d4"


class FuzzedClient:
    """One client and its event loop, for many calls."""

    def __init__(self, *, asynchronous: bool, transport: Any = None) -> None:
        make: Any = AsyncOrbitServer if asynchronous else OrbitServer
        self._loop = asyncio.new_event_loop() if asynchronous else None
        self.client = make(SECRET_KEY, signing_secret=SIGNING_SECRET, transport=transport)
        self.client._connection.clock = FakeClock()

    def call(self, request: Request[Any]) -> Any:
        """Make a call. Anything but a result or a documented error is a crash."""
        self.client._connection.quota = RetryQuota()
        try:
            return self._finished(self.client.raw.execute(request))
        except OrbitServerError as error:
            check_error(error, SECRET_KEY, SIGNING_SECRET)
            return error

    def close(self) -> None:
        """Close the client and its event loop."""
        self._finished(self.client.close() if self._loop is None else self.client.aclose())
        if self._loop is not None:
            self._loop.close()

    def _finished(self, result: Any) -> Any:
        return result if self._loop is None else self._loop.run_until_complete(result)
