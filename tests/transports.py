"""The HTTP stacks and clients to test, from the SDK's own table."""

from __future__ import annotations

from typing import Final

from orbitconnect._http.stacks import STACKS

SYNC: Final = [name for name, entry in STACKS.items() if entry.new is not None]
"""The names of the stacks of `OrbitServer`."""
ASYNC: Final = [name for name, entry in STACKS.items() if entry.new_async is not None]
"""The names of the stacks of `AsyncOrbitServer`."""
TRANSPORTS: Final = [*(("sync", name) for name in SYNC), *(("async", name) for name in ASYNC)]
"""All pairs of a client's kind and a stack."""


def is_installed(stack: str) -> bool:
    """Whether the packages of a stack are installed."""
    return STACKS[stack].is_installed


def takes_socks(stack: str) -> bool:
    """Whether a stack can use SOCKS proxies."""
    return "socks5" in STACKS[stack].proxies
