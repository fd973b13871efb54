"""The table of HTTP stacks. A stack is chosen by name: `OrbitServer(transport="httpx")`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from .._extras import how_to_install
from .._pipeline.clock import Clock
from .adapter import Adapter, AsyncAdapter, AsyncDirectTransport, DirectTransport
from .environment import check_environment

if TYPE_CHECKING:
    from httpx import AsyncBaseTransport, BaseTransport

Stack = Literal["httpx", "stdlib"]
AsyncStack = Literal["httpx", "aiohttp"]

HTTPX: Final = "httpx"

_HTTP_PROXIES: Final = frozenset({"http", "https"})
_ALL_PROXIES: Final = _HTTP_PROXIES | {"socks5", "socks5h"}


class StackEntry(NamedTuple):
    """One HTTP stack. A stack without a sync or an async adapter has None in place of the functions."""

    package: str | None
    """The package that must be installed. None if the stack needs no optional package."""
    extra: str | None
    """The extra that installs the package."""
    proxies: frozenset[str]
    """The schemes of the proxies that it can use."""
    new: Callable[[Clock], Adapter] | None = None
    load: Callable[[], tuple[ModuleType, ...]] | None = None
    """Imports everything that a sync call needs. `preload` explains why."""
    new_async: Callable[[Clock], AsyncAdapter] | None = None
    load_async: Callable[[], tuple[ModuleType, ...]] | None = None

    @property
    def is_installed(self) -> bool:
        """Whether the stack can be used."""
        return self.package is None or find_spec(self.package) is not None


# The stacks are imported in the functions below, so that creating a client does not load them. These are import
# statements, so that packaging tools such as PyInstaller find the modules.


def _new_httpx(clock: Clock) -> Adapter:
    from .over_httpx._sync.adapter import HttpxAdapter

    return HttpxAdapter(clock)


def _load_httpx() -> tuple[ModuleType, ...]:
    from .over_httpx import load_httpcore  # Must be imported before httpcore.
    from .over_httpx._sync import adapter, one_connection

    return load_httpcore, adapter, one_connection


def _new_async_httpx(clock: Clock) -> AsyncAdapter:
    from .over_httpx._async.adapter import AsyncHttpxAdapter

    return AsyncHttpxAdapter(clock)


def load_anyio() -> None:
    """Import the private module that httpcore's locks import on first use. Its name may change."""
    with suppress(ImportError):
        import_module("anyio._backends._asyncio")


def _load_async_httpx() -> tuple[ModuleType, ...]:
    load_anyio()
    from .over_httpx import load_httpcore  # Must be imported before httpcore.
    from .over_httpx._async import adapter, one_connection

    return load_httpcore, adapter, one_connection


def _new_stdlib(clock: Clock) -> Adapter:
    from .over_stdlib.adapter import StdlibAdapter

    return StdlibAdapter(clock)


def _load_stdlib() -> tuple[ModuleType, ...]:
    from .over_stdlib import adapter

    return (adapter,)


def _new_aiohttp(clock: Clock) -> AsyncAdapter:
    from .over_aiohttp.load_adapter import load_adapter

    load_adapter()
    from .over_aiohttp.adapter import AiohttpAdapter

    return AiohttpAdapter(clock)


def _load_aiohttp() -> tuple[ModuleType, ...]:
    from .over_aiohttp.load_adapter import load_adapter

    return (load_adapter(),)


STACKS: Final = {
    HTTPX: StackEntry(
        package="httpx",
        extra=None,
        proxies=_ALL_PROXIES,
        new=_new_httpx,
        load=_load_httpx,
        new_async=_new_async_httpx,
        load_async=_load_async_httpx,
    ),
    "stdlib": StackEntry(package=None, extra=None, proxies=_ALL_PROXIES, new=_new_stdlib, load=_load_stdlib),
    "aiohttp": StackEntry(
        package="aiohttp", extra="fast", proxies=_HTTP_PROXIES, new_async=_new_aiohttp, load_async=_load_aiohttp
    ),
}


def check_stack(name: str) -> str:
    """Check that an HTTP stack is known and installed, and that the environment lets it connect.

    Raises:
        ValueError: If the HTTP stack is unknown or is for asyncio only, or if the environment's proxy or CA settings
            cannot be used.
        ImportError: If the HTTP stack is not installed.
    """
    entry = STACKS.get(name)
    if entry is not None and entry.new is None:
        raise ValueError(f"transport={name!r} is for asyncio only: use it with AsyncOrbitServer.")
    return _checked(name, entry, [known for known, other in STACKS.items() if other.new is not None])


def check_async_stack(name: str) -> str:
    """Check that an HTTP stack is known and installed, and that the environment lets it connect.

    Raises:
        ValueError: If the HTTP stack is unknown or has no asyncio form, or if the environment's proxy or CA settings
            cannot be used.
        ImportError: If the HTTP stack is not installed.
    """
    entry = STACKS.get(name)
    if entry is not None and entry.new_async is None:
        raise ValueError(f"transport={name!r} does not work with asyncio: use it with OrbitServer.")
    return _checked(name, entry, [known for known, other in STACKS.items() if other.new_async is not None])


def _checked(name: str, entry: StackEntry | None, names: list[str]) -> str:
    if entry is None:
        known = ", ".join(map(repr, names))
        raise ValueError(f"transport must be an httpx transport or one of {known}, not {name!r}.")
    if not entry.is_installed:
        hint = "" if entry.extra is None else f" {how_to_install(entry.extra)}"
        raise ImportError(f"{entry.package} is not installed.{hint}", name=entry.package)
    check_environment(name, entry.proxies)
    return name


def new_adapter(stack: str, transport: BaseTransport | None, clock: Clock) -> Adapter:
    """Create an adapter for the sync client.

    Args:
        stack: The HTTP stack, unless a transport is given.
        transport: An httpx transport to use instead of the SDK's own connections, if any.
        clock: Measures the time limits of attempts.
    """
    if isinstance(transport, DirectTransport):
        return transport.new_adapter(clock)
    if transport is not None:
        from .over_httpx._sync.adapter import TransportAdapter

        return TransportAdapter(transport, clock)
    entry = STACKS.get(stack)
    if entry is None or entry.new is None:
        raise NotImplementedError(f"The HTTP stack {stack!r} has no sync adapter.")
    return entry.new(clock)


def new_async_adapter(stack: str, transport: AsyncBaseTransport | None, clock: Clock) -> AsyncAdapter:
    """Create an adapter for the async client.

    Args:
        stack: The HTTP stack, unless a transport is given.
        transport: An httpx transport to use instead of the SDK's own connections, if any.
        clock: Measures the time limits of attempts.
    """
    if isinstance(transport, AsyncDirectTransport):
        return transport.new_adapter(clock)
    if transport is not None:
        from .over_httpx._async.adapter import AsyncTransportAdapter

        return AsyncTransportAdapter(transport, clock)
    entry = STACKS.get(stack)
    if entry is None or entry.new_async is None:
        raise NotImplementedError(f"The HTTP stack {stack!r} has no async adapter.")
    return entry.new_async(clock)
