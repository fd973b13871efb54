"""The only module that uses a private name of httpx.

The SDK replaces a transport's `_pool` with a single connection, because httpx has no public argument for this.
Importing this module fails if the installed httpx stores its pool under another name.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import httpx


def put_in_place_of_pool(transport: httpx.HTTPTransport | httpx.AsyncHTTPTransport, connection: object) -> None:
    """Make a transport that was created without a pool send its requests over a connection."""
    kept: Any = transport
    kept._pool = connection


class _Probe:
    """Records whether a transport closes the replacement of its pool."""

    is_closed = False

    def close(self) -> None:
        self.is_closed = True

    async def aclose(self) -> None:
        self.is_closed = True


def _check() -> None:
    transport = httpx.HTTPTransport.__new__(httpx.HTTPTransport)
    async_transport = httpx.AsyncHTTPTransport.__new__(httpx.AsyncHTTPTransport)
    probe, async_probe = _Probe(), _Probe()
    put_in_place_of_pool(transport, probe)
    put_in_place_of_pool(async_transport, async_probe)
    with suppress(AttributeError):
        transport.close()
        with suppress(StopIteration):
            next(async_transport.aclose().__await__())
    if not (probe.is_closed and async_probe.is_closed):
        raise ImportError(
            f"orbitconnect cannot limit its connections with httpx {httpx.__version__}: that version stores its pool "
            "under another name. Install the newest orbitconnect, or an older httpx."
        )


_check()
