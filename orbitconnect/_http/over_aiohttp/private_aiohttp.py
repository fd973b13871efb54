"""The only module that uses a private name of aiohttp.

The SDK overrides `_release` of connectors, to abort connections that must not be used again. aiohttp would first shut
down TLS, which keeps the connection to an unresponsive server open for another 30 seconds. Importing
this module fails if the installed aiohttp returns connections differently.
"""

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.connector import Connection


class AbortingConnector(aiohttp.TCPConnector):
    """Aborts connections that must not be used again."""

    def _release(self, key: ConnectionKey, protocol: ResponseHandler, *, should_close: bool = False) -> None:
        if should_close:
            protocol.abort()
        super()._release(key, protocol, should_close=should_close)


class _Probe:
    """Records whether a closed connection is returned to its connector."""

    is_released = False

    def _release(self, key: object, protocol: object, *, should_close: bool = False) -> None:
        self.is_released = should_close


def _check() -> None:
    probe: Any = _Probe()
    loop: Any = SimpleNamespace(get_debug=lambda: False, is_closed=lambda: True)
    part: Any = None
    with suppress(AttributeError, TypeError):
        Connection(probe, part, ResponseHandler.__new__(ResponseHandler), loop).close()
    if not (probe.is_released and hasattr(aiohttp.TCPConnector, "_release") and hasattr(ResponseHandler, "abort")):
        raise ImportError(
            f"orbitconnect cannot close its connections with aiohttp {aiohttp.__version__}: its internals have "
            "changed. Install the newest orbitconnect, or an older aiohttp."
        )


_check()
