"""The interface between the pipeline and an HTTP stack. An adapter makes a single attempt at a call.

httpx is always installed. aiohttp comes with the extra `[fast]`, and is selected with
`AsyncOrbitServer(transport="aiohttp")`.
A client has one adapter for each process and each event loop that uses it.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Literal, Protocol, get_args

from .._extras import how_to_install
from .._pipeline.clock import Clock
from .._pipeline.outcome import Answer, Failure
from .._pipeline.prepare import Prepared
from .environment import check_environment

if TYPE_CHECKING:
    from httpx import AsyncBaseTransport, BaseTransport

Stack = Literal["httpx"]
AsyncStack = Literal["httpx", "aiohttp"]

HTTPX: Final = "httpx"


class Adapter(Protocol):
    """Makes attempts, for the sync client."""

    def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`. Network errors are returned as a `Failure`."""
        ...

    def close(self) -> None:
        """Close the connections."""
        ...


class AsyncAdapter(Protocol):
    """Makes attempts, for the async client in one event loop."""

    async def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`. Network errors are returned as a `Failure`."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...


def check_stack(name: str) -> str:
    """Check that an HTTP stack is known and installed, and that the environment lets it connect.

    Raises:
        ValueError: If the HTTP stack is unknown or is for asyncio only, or if the environment's proxy or CA settings
            cannot be used.
        ImportError: If the HTTP stack is not installed.
    """
    if name in get_args(AsyncStack) and name not in get_args(Stack):
        raise ValueError(f"transport={name!r} is for asyncio only: use it with AsyncOrbitServer.")
    return _checked(name, get_args(Stack))


def check_async_stack(name: str) -> str:
    """Check that an HTTP stack is known and installed, and that the environment lets it connect.

    Raises:
        ValueError: If the HTTP stack is unknown, or if the environment's proxy or CA settings cannot be used.
        ImportError: If the HTTP stack is not installed.
    """
    return _checked(name, get_args(AsyncStack))


def _checked(name: str, names: tuple[str, ...]) -> str:
    if name not in names:
        known = ", ".join(map(repr, names))
        raise ValueError(f"transport must be an httpx transport or one of {known}, not {name!r}.")
    if find_spec(name) is None:
        raise ImportError(f"{name} is not installed. {how_to_install('fast')}", name=name)
    check_environment(name)
    return name


# The stacks are imported in the functions below, so that creating a client does not load them. `preload` loads them
# before the first call.


def new_adapter(stack: str, transport: BaseTransport | None, clock: Clock) -> Adapter:
    """Create an adapter for the sync client.

    Args:
        stack: The HTTP stack, unless a transport is given.
        transport: An httpx transport to use instead of the SDK's own connections, if any.
        clock: Measures the time limits of attempts.
    """
    from .over_httpx._sync.adapter import HttpxAdapter, TransportAdapter

    if transport is not None:
        return TransportAdapter(transport, clock)
    if stack != HTTPX:
        raise NotImplementedError(f"The HTTP stack {stack!r} has no sync adapter.")
    return HttpxAdapter(clock)


def new_async_adapter(stack: str, transport: AsyncBaseTransport | None, clock: Clock) -> AsyncAdapter:
    """Create an adapter for the async client.

    Args:
        stack: The HTTP stack, unless a transport is given.
        transport: An httpx transport to use instead of the SDK's own connections, if any.
        clock: Measures the time limits of attempts.
    """
    if transport is None and stack == "aiohttp":
        from .over_aiohttp.load_adapter import load_adapter

        load_adapter()
        from .over_aiohttp.adapter import AiohttpAdapter

        return AiohttpAdapter(clock)
    from .over_httpx._async.adapter import AsyncHttpxAdapter, AsyncTransportAdapter

    if transport is not None:
        return AsyncTransportAdapter(transport, clock)
    if stack != HTTPX:
        raise NotImplementedError(f"The HTTP stack {stack!r} has no async adapter.")
    return AsyncHttpxAdapter(clock)
