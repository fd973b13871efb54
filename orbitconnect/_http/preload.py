"""Imports what calls need, before the first call.

An exception that another thread raises in a call (as time limits of task queues do) would otherwise come in the middle
of an import, and leave the module locked for all threads.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from types import ModuleType

from .setup_error import SetupError


def load(stack: str | None) -> tuple[ModuleType, ...]:
    """Import what synchronous calls need, and return it.

    Args:
        stack: The HTTP stack, or None if the client has a transport of its own.
    """
    # Import statements, so that programs that pack applications find the modules.
    import encodings.idna
    import hmac

    from .. import observers
    from .._pipeline import raw

    loaded = (encodings.idna, hmac, observers, raw)
    if stack is None:
        return loaded
    from .over_httpx import load_httpcore, one_connection  # Files go over httpx, whatever the stack.

    return (*loaded, load_httpcore, one_connection)


def load_async(stack: str | None) -> tuple[ModuleType, ...]:
    """Import what asynchronous calls need, and return it.

    Args:
        stack: The HTTP stack, or None if the client has a transport of its own.
    """
    import asyncio

    with suppress(ImportError):  # httpcore's locks load it when they are first used; its name may change.
        import_module("anyio._backends._asyncio")
    loaded = (*load(stack), asyncio)
    if stack != "aiohttp":
        return loaded
    from .over_aiohttp import adapter

    return (*loaded, adapter)


def prepare_tls() -> None:
    """Build the TLS context. If that fails, the first call says why."""
    from .tls import shared_context

    with suppress(SetupError):
        shared_context()
