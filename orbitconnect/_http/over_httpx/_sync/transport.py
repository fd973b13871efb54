# Derived from orbitconnect/_http/over_httpx/_async/transport.py by `make generate`: edit that file.
"""An httpx transport with one connection."""

from __future__ import annotations

import httpx

from ...._concurrency.auto_close import close_when_dropped
from ...._concurrency.slots import Slot
from ...limits import IDLE_SECONDS
from ..private_httpx import put_in_place_of_pool


class Transport(httpx.HTTPTransport):
    """An httpx transport with one connection. If the transport is not closed, its connection is closed automatically.

    It does not call httpx's `__init__`, which would create a pool and a TLS context.
    """

    def __init__(self) -> None:
        # Imported here so that creating a client does not load httpcore.
        from .one_connection import OneConnection

        self.slot: Slot | None = None
        self.connection: OneConnection = OneConnection(IDLE_SECONDS)
        put_in_place_of_pool(self, self.connection)
        self._auto_close = close_when_dropped(self.connection.close)

    @property
    def holds_more(self) -> bool:
        """Whether bytes arrived over the connection after the response."""
        return self.connection.holds_more

    @property
    def has_sent(self) -> bool | None:
        """Whether any byte of the newest request was sent. None if that is not known."""
        return self.connection.has_sent

    def close(self) -> None:
        try:
            self._auto_close.close()
        finally:
            self.connection.close()
