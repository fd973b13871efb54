"""Chooses the event loop and the HTTP parser of the server: the fastest that are installed.

The extra `orbitconnect[emulator]` installs uvloop and httptools where they are available.
"""

from __future__ import annotations

import asyncio


def new_event_loop() -> asyncio.AbstractEventLoop:
    """Create an event loop."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def protocol_class() -> type[asyncio.Protocol]:
    """The class that handles connections."""
    try:
        import httptools  # noqa: F401  # pyright: ignore[reportUnusedImport]  # Only whether it is installed matters.
    except ImportError:
        from .h11_protocol import LoopbackH11Protocol

        return LoopbackH11Protocol
    from .httptools_protocol import LoopbackHttptoolsProtocol

    return LoopbackHttptoolsProtocol
