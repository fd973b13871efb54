"""Binds a pool of connections to one event loop, because its connections do not work in another loop.

Programs with several event loops are common: Django under WSGI, for example, runs a new loop for each call of an async
view.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final, Generic, TypeVar

from ..._concurrency.auto_close import close_with_loop

_Client = TypeVar("_Client")

_CLOSING_WAITS: Final = 2.0
"""The maximum time to wait for connections to close when an event loop ends, in seconds."""


class LoopBound(Generic[_Client]):
    """A client of a server whose pool belongs to the first event loop that uses it.

    When that loop ends, the pooled connections are closed, and the next loop takes the pool over. An event loop that
    runs at the same time gets, for each call, a client with its own pool.

    Args:
        client: The client.
        copy: Returns a client with the same settings and an empty pool.
        close: Closes the pooled connections of a client.
    """

    def __init__(
        self, client: _Client, *, copy: Callable[[_Client], _Client], close: Callable[[_Client], Awaitable[object]]
    ) -> None:
        self._client = client
        self._copy = copy
        self._close = close
        self._lock: Final = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: AsyncGenerator[None] | None = None

    @asynccontextmanager
    async def client(self) -> AsyncGenerator[_Client]:
        """Yield a client for the running event loop."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop and not self._take_over(loop):
            other = self._copy(self._client)
            try:
                yield other
            finally:
                await _closed(self._close, other)
        else:
            yield self._client

    def _take_over(self, loop: asyncio.AbstractEventLoop) -> bool:
        with self._lock:
            if self._loop is not None:
                if not self._loop.is_closed():
                    return False
                # The loop was closed without `shutdown_asyncgens`, so its connections can no longer be closed.
                self._client = self._copy(self._client)
            self._loop = loop
            client = self._client
        self._ending = close_with_loop(lambda: self._leave(client))
        return True

    async def _leave(self, client: _Client) -> None:
        await _closed(self._close, client)
        with self._lock:
            self._loop = self._ending = None


async def _closed(close: Callable[[_Client], Awaitable[object]], client: _Client) -> None:
    with suppress(Exception):  # The connections are no longer needed, so a failure does not matter.
        await asyncio.wait_for(close(client), _CLOSING_WAITS)
