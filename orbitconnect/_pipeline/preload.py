"""Imports what calls need, before the first call.

An exception that another thread raises in a call (as time limits of task queues do) would otherwise come in the middle
of an import, and leave the module locked for all threads.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from .._http.setup_error import SetupError


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
    import asyncio  # noqa: F401

    with suppress(ImportError):  # httpcore's locks load it when they are first used; its name may change.
        import_module("anyio._backends._asyncio")
    _load(stack)
    if stack == "aiohttp":
        from .._fast import aiohttp  # noqa: F401


def _load(stack: str | None) -> None:
    # These are statements, so that programs that pack applications find the modules.
    import encodings.idna  # noqa: F401
    import hmac  # noqa: F401

    from .. import observers  # noqa: F401
    from . import raw  # noqa: F401

    if stack is not None:
        # Files go over httpx, whatever the stack.
        from .._http import (
            load_httpcore,  # noqa: F401
            one_connection,  # noqa: F401
        )


def prepare_tls() -> None:
    """Build the TLS context. If that fails, the first call says why."""
    from .._http.tls import shared_context

    with suppress(SetupError):
        shared_context()
