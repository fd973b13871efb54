"""Imports what calls need, before the first call.

Task queues enforce time limits by raising an exception in another thread. In the middle of an import, such an exception
would leave the module locked for all threads.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from types import ModuleType

from .setup_error import SetupError


def load(stack: str | None) -> tuple[ModuleType, ...]:
    """Import and return the modules that calls from threads need.

    Args:
        stack: The HTTP stack, or None if the client was created with a transport.
    """
    from .over_httpx._sync import adapter

    loaded = (*_load_common(), adapter)
    if stack is None:
        return loaded
    from .over_httpx import load_httpcore  # Before httpcore.
    from .over_httpx._sync import one_connection

    return (*loaded, load_httpcore, one_connection)


def load_async(stack: str | None) -> tuple[ModuleType, ...]:
    """Import and return the modules that calls with asyncio need.

    Args:
        stack: The HTTP stack, or None if the client was created with a transport.
    """
    import asyncio

    from .over_httpx._async import adapter

    with suppress(ImportError):  # httpcore's locks import it when they are first used. Its name may change.
        import_module("anyio._backends._asyncio")
    loaded = (*_load_common(), asyncio, adapter)
    if stack is None:
        return loaded
    from .over_httpx import load_httpcore  # Before httpcore.
    from .over_httpx._async import one_connection  # Files go over httpx, whatever the stack.

    loaded = (*loaded, load_httpcore, one_connection)
    if stack != "aiohttp":
        return loaded
    from .over_aiohttp import adapter as aiohttp_adapter

    return (*loaded, aiohttp_adapter)


def _load_common() -> tuple[ModuleType, ...]:
    # Import statements, so that tools such as PyInstaller find the modules.
    import encodings.idna
    import hmac

    from .. import observers
    from .._pipeline import raw

    return encodings.idna, hmac, observers, raw


def prepare_tls() -> None:
    """Build the TLS context. If that fails, the first call raises the error."""
    from .tls import shared_context

    with suppress(SetupError):
        shared_context()
