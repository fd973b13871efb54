"""Imports what calls need, before the first call.

An exception that another thread raises in a call (as time limits of task queues do) would otherwise come in the middle
of an import, and leave the module locked for all threads.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from .._http.setup_error import SetupError
from .adapter import HTTPX


def load(stack: str | None) -> None:
    """Import what synchronous calls need.

    Args:
        stack: The HTTP stack, or None if the client has a transport of its own.
    """
    _load(stack)


def load_async(stack: str | None) -> None:
    """Import what asynchronous calls need.

    Args:
        stack: The HTTP stack, or None if the client has a transport of its own.
    """
    import_module("asyncio")
    with suppress(ImportError):  # httpcore's locks load it when they are first used; its name may change.
        import_module("anyio._backends._asyncio")
    _load(stack)


def _load(stack: str | None) -> None:
    for name in ("hmac", "encodings.idna", "orbitconnect._pipeline.raw", "orbitconnect.observers"):
        import_module(name)
    if stack is None:
        return
    import_module("orbitconnect._http.one_connection")  # Files go over httpx, whatever the stack.
    if stack != HTTPX:
        import_module(f"orbitconnect._fast.{stack}")


def prepare_tls() -> None:
    """Build the TLS context. If that fails, the first call says why."""
    from .._http.tls import shared_context

    with suppress(SetupError):
        shared_context()
