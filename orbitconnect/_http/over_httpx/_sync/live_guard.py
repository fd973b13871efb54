# Derived from orbitconnect/_http/over_httpx/_async/live_guard.py by `make generate`: edit that file.
"""Call the hook of `orbitconnect._http.live_hook` for requests through httpx."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import httpx

from ..contacted_hosts import hosts_for


def watch(request: httpx.Request, transport: httpx.BaseTransport, check: Callable[[str], None]) -> None:
    """Make the transport call `check` with each host before it contacts that host for this request."""
    hosts = hosts_for(request, transport)

    def trace(event: str, info: Mapping[str, Any]) -> None:
        try:
            for host in hosts(event, info):
                check(host)
        except BaseException:
            # httpcore would leave the connection to a SOCKS proxy open.
            if (stream := info.get("stream")) is not None:
                stream.close()
            raise

    request.extensions["trace"] = trace
