"""An httpx transport with one connection."""

from __future__ import annotations

import httpx

from ...._concurrency.auto_close import close_with_loop
from ...._concurrency.slots import AsyncSlot
from ...limits import IDLE_SECONDS
from ..private_httpx import put_in_place_of_pool


class AsyncTransport(httpx.AsyncHTTPTransport):
    """An httpx transport with one connection. If the transport is not closed, its connection is closed automatically.

    It does not call httpx's `__init__`, which would create a pool and a TLS context.
    """

    def __init__(self) -> None:
        # Imported here so that creating a client does not load httpcore.
        from .one_connection import AsyncOneConnection

        self.slot: AsyncSlot | None = None
        self.connection: AsyncOneConnection = AsyncOneConnection(IDLE_SECONDS)
        put_in_place_of_pool(self, self.connection)
        self._auto_close = close_with_loop(self.connection.aclose)

    @property
    def holds_more(self) -> bool:
        """Whether bytes arrived over the connection after the response."""
        return self.connection.holds_more

    @property
    def has_sent(self) -> bool | None:
        """Whether any byte of the newest request was sent. None if that is not known."""
        return self.connection.has_sent

    async def aclose(self) -> None:
        try:
            await self._auto_close.aclose()
        finally:
            await self.connection.aclose()
