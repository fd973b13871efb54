"""The private name of httpx that the SDK uses, and the only module that uses it.

`_pool`: one connection takes the place of a transport's pool, for which httpx has no public argument.
Importing this module fails if the installed version keeps its pool under another name.
"""

from __future__ import annotations

from typing import Any

import httpx


def put_in_place_of_pool(transport: httpx.HTTPTransport | httpx.AsyncHTTPTransport, connection: object) -> None:
    """Let a transport that was made without a pool send its requests over this."""
    kept: Any = transport
    kept._pool = connection


class _Probe:
    """Shows whether a transport closes what was put in place of its pool."""

    is_closed = False

    def close(self) -> None:
        self.is_closed = True

    async def aclose(self) -> None:
        self.is_closed = True


def _check() -> None:
    blocking, asynchronous = httpx.HTTPTransport.__new__(httpx.HTTPTransport), _Probe()
    transport = httpx.AsyncHTTPTransport.__new__(httpx.AsyncHTTPTransport)
    probe = _Probe()
    put_in_place_of_pool(blocking, probe)
    put_in_place_of_pool(transport, asynchronous)
    try:
        blocking.close()
        for _ in transport.aclose().__await__():
            break
    except AttributeError:
        pass
    if not (probe.is_closed and asynchronous.is_closed):
        raise ImportError(
            f"orbitconnect cannot limit its connections with httpx {httpx.__version__}: that version keeps its pool "
            "under another name. Install the newest orbitconnect, or an older httpx."
        )


_check()
