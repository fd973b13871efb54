"""Import the modules that calls need, before the first call.

Otherwise, an exception that another thread raises in a call (as the time limits of task queues do) could interrupt an
import, and leave the module locked for all threads.
"""

from __future__ import annotations

from contextlib import suppress
from types import ModuleType
from typing import TYPE_CHECKING

from .adapter import AsyncDirectTransport, DirectTransport
from .proxy import may_have_proxy
from .setup_error import SetupError
from .stacks import STACKS, load_anyio

if TYPE_CHECKING:
    from httpx import AsyncBaseTransport, BaseTransport


def load(stack: str, transport: BaseTransport | None) -> tuple[ModuleType, ...]:
    """Import the modules that sync calls need, and return them.

    Args:
        stack: The HTTP stack, unless a transport was passed to the client.
        transport: The transport that was passed to the client, if any.
    """
    if isinstance(transport, DirectTransport):
        return _load_common()
    if transport is not None:
        from .over_httpx._sync import adapter

        return (*_load_common(), adapter)
    load_stack = STACKS[stack].load
    return _load_common() if load_stack is None else (*_load_common(), *load_stack())


def load_async(stack: str, transport: AsyncBaseTransport | None) -> tuple[ModuleType, ...]:
    """Import the modules that async calls need, and return them.

    Args:
        stack: The HTTP stack, unless a transport was passed to the client.
        transport: The transport that was passed to the client, if any.
    """
    import asyncio

    if isinstance(transport, AsyncDirectTransport):
        return (*_load_common(), asyncio)
    loaded = (*_load_common(), asyncio)
    if transport is not None:
        from .over_httpx._async import adapter

        load_anyio()
        return (*loaded, adapter)
    load_stack = STACKS[stack].load_async
    if load_stack is not None:
        with suppress(SetupError):  # The first call raises it.
            return (*loaded, *load_stack())
    return loaded


def _load_common() -> tuple[ModuleType, ...]:
    # Import statements, so that packaging tools such as PyInstaller find the modules.
    import email.utils
    import encodings.idna
    import hmac

    from .. import observers
    from .._pipeline import raw

    loaded = (email.utils, encodings.idna, hmac, observers, raw)
    if not may_have_proxy():
        return loaded
    import urllib.request

    import h11

    return (*loaded, urllib.request, h11)


def prepare_tls() -> None:
    """Build the TLS context. If that fails, the first call raises the error."""
    from .tls import shared_context

    with suppress(SetupError):
        shared_context()
