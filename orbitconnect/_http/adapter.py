"""The seam between the pipeline and an HTTP stack: an adapter makes one attempt of a call.

httpx is always installed. aiohttp comes with the extra `[fast]` and is chosen by name:
`AsyncOrbitServer(transport="aiohttp")`. A client has one adapter for each process and event loop that uses it.
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
    """Makes attempts, for threads."""

    def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt. A network error is returned as a `Failure`, not raised.

        Args:
            prepared: The request.
            ends: When the attempt has to end, by the client's monotonic clock. None sets no limit.
        """
        ...

    def close(self) -> None:
        """Close the connections."""
        ...


class AsyncAdapter(Protocol):
    """Makes attempts, for the tasks of one event loop."""

    async def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt; see `Adapter.send`."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...


def check_stack(name: str) -> str:
    """Check that an HTTP stack is known and installed, and that the environment lets it connect.

    Raises:
        ValueError: If the stack is unknown or for asyncio only, or if the environment's proxy or authorities cannot
            be used.
        ImportError: If the stack is not installed.
    """
    if name in get_args(AsyncStack) and name not in get_args(Stack):
        raise ValueError(f"transport={name!r} is for asyncio only: use it with AsyncOrbitServer.")
    return _checked(name, get_args(Stack))


def check_async_stack(name: str) -> str:
    """Check that an HTTP stack is known and installed, and that the environment lets it connect.

    Raises:
        ValueError: If the stack is unknown, or if the environment's proxy or authorities cannot be used.
        ImportError: If the stack is not installed.
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


# The stacks are imported in these functions, so that a client can be created without them. `preload` imports them
# before the first call.


def new_adapter(stack: str, transport: BaseTransport | None, clock: Clock) -> Adapter:
    """Make an adapter for threads.

    Args:
        stack: The HTTP stack. httpx is the only one for threads.
        transport: The transport to use in place of the SDK's connections.
        clock: The clock that ends attempts.
    """
    from .over_httpx._sync.adapter import HttpxAdapter, TransportAdapter

    return HttpxAdapter(clock) if transport is None else TransportAdapter(transport, clock)


def new_async_adapter(stack: str, transport: AsyncBaseTransport | None, clock: Clock) -> AsyncAdapter:
    """Make an adapter for asyncio.

    Args:
        stack: The HTTP stack.
        transport: The transport to use in place of the SDK's connections.
        clock: The clock that ends attempts.
    """
    if transport is None and stack != HTTPX:
        from .over_aiohttp.adapter import AiohttpAdapter

        return AiohttpAdapter(clock)
    from .over_httpx._async.adapter import AsyncHttpxAdapter, AsyncTransportAdapter

    return AsyncHttpxAdapter(clock) if transport is None else AsyncTransportAdapter(transport, clock)
