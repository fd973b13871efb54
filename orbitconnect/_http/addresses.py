"""Looks up host names in threads, since a lookup itself has no timeout and cannot be interrupted.

After a timeout, the lookup continues in its thread. Calls that need the same name in the meantime wait for that lookup
instead of starting another, so a resolver that hangs costs one thread a minute for each name.

`socket`, `threading` and `queue` are imported as modules: gevent and eventlet replace their contents, perhaps after
this module is imported.
"""

from __future__ import annotations

import os
import queue
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast

from .._pipeline.clock import monotonic
from .deadline import seconds_left

if TYPE_CHECKING:
    import asyncio


Sockaddr: TypeAlias = tuple[str, int] | tuple[str, int, int, int]
"""The address of a socket for IPv4, or for IPv6."""


class Address(NamedTuple):
    """An address that a socket can connect to."""

    family: socket.AddressFamily
    sockaddr: Sockaddr


_Result = list[Address] | OSError

_STUCK_SECONDS: Final = 60.0
"""A lookup that takes longer may never end, so the next call starts another."""


class _Lookup:
    """A lookup in progress, and the callbacks that wait for it."""

    __slots__ = ("began", "result", "waiters")

    def __init__(self) -> None:
        self.began = monotonic()
        self.result: _Result | None = None
        self.waiters: list[Callable[[_Result], object]] = []

    def run(self, key: tuple[int, str, int]) -> None:
        """Look up the name and pass the result to all callbacks, whatever happens."""
        result: _Result = OSError("the lookup was interrupted")
        try:
            result = _getaddrinfo(key[1], key[2])
        finally:
            self.end(key, result)

    def end(self, key: tuple[int, str, int], result: _Result) -> None:
        """Pass the result to all callbacks."""
        self.result = result
        if _under_way.get(key) is self:
            _under_way.pop(key, None)
        # Callbacks added from here on get the result at once. A copy, since others may be removed in the meantime.
        for tell in tuple(self.waiters):
            tell(result)

    def add(self, tell: Callable[[_Result], object]) -> None:
        """Add a callback. It gets the result now or later, perhaps twice."""
        self.waiters.append(tell)
        if self.result is not None:
            tell(self.result)

    def remove(self, tell: Callable[[_Result], object]) -> None:
        """Remove a callback."""
        with suppress(ValueError):
            self.waiters.remove(tell)


# By process, since a forked child does not have the thread. Single operations on a dict need no lock, which a fork or
# an interrupt could leave locked.
_under_way: Final[dict[tuple[int, str, int], _Lookup]] = {}


def find(host: str, port: int, limit: float | None) -> list[Address]:
    """Return the addresses of a host, in the order in which to try them.

    Raises:
        OSError: If the name cannot be resolved.
        TimeoutError: If the limit passes.
    """
    literal = _literal(host, port)
    if literal is not None:
        return [literal]
    left = seconds_left(limit)
    results: queue.SimpleQueue[_Result] = queue.SimpleQueue()
    tell = results.put
    lookup = _join(host, port)
    lookup.add(tell)
    try:
        result = results.get(timeout=left)
    except queue.Empty:
        result = TimeoutError(f"the name {host} was not resolved in time")
    finally:
        lookup.remove(tell)
    return _sorted(result)


async def find_async(host: str, port: int, limit: float | None) -> list[Address]:
    """Do what `find` does, without blocking the event loop."""
    literal = _literal(host, port)
    if literal is not None:
        return [literal]
    import asyncio  # Here, because synchronous programs do not need it.

    loop = asyncio.get_running_loop()
    future: asyncio.Future[_Result] = loop.create_future()

    def tell(result: _Result) -> None:
        with suppress(RuntimeError):  # The loop has been closed: nothing waits any more.
            loop.call_soon_threadsafe(_resolve, future, result)

    left = seconds_left(limit)
    lookup = _join(host, port)
    lookup.add(tell)
    try:
        async with asyncio.timeout(left):
            result = await future
    except TimeoutError:
        result = TimeoutError(f"the name {host} was not resolved in time")
    finally:
        lookup.remove(tell)
    return _sorted(result)


def _resolve(future: asyncio.Future[_Result], result: _Result) -> None:
    if not future.done():
        future.set_result(result)


def _join(host: str, port: int) -> _Lookup:
    key = (os.getpid(), host, port)
    known = _under_way.get(key)
    if known is not None and known.began < monotonic() - _STUCK_SECONDS:
        _under_way.pop(key, None)
    new = _Lookup()
    try:
        lookup = _under_way.setdefault(key, new)
        if lookup is new:
            threading.Thread(target=new.run, args=(key,), name="orbitconnect-lookup", daemon=True).start()
    except RuntimeError:  # The interpreter is shutting down and cannot start threads.
        lookup = new
        new.run(key)
    except BaseException:
        # The thread may not run, so nothing must wait for it.
        new.end(key, OSError("the lookup was interrupted"))
        raise
    return lookup


def _getaddrinfo(host: str, port: int) -> _Result:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        return socket.gaierror(socket.EAI_NONAME, "the name cannot be encoded as IDNA")
    except OSError as error:
        return error
    except Exception as error:  # noqa: BLE001  # Whatever it is, all callbacks must get it.
        return OSError(f"the lookup failed: {type(error).__name__}: {error}")
    if not found:
        return socket.gaierror(socket.EAI_NONAME, "the name has no address")
    return [Address(family, cast("Sockaddr", sockaddr)) for family, _, _, _, sockaddr in found]


def _literal(host: str, port: int) -> Address | None:
    """Return the host as an address if it is a literal IP address."""
    for address in (Address(socket.AF_INET, (host, port)), Address(socket.AF_INET6, (host, port, 0, 0))):
        try:
            socket.inet_pton(address.family, host)
        except (OSError, ValueError):
            continue
        return address
    return None


def _sorted(result: _Result) -> list[Address]:
    """Alternate between IPv6 and IPv4, starting with the kind that the resolver prefers (RFC 8305, section 4)."""
    # Several threads may wait for the same error. Each raises a copy.
    if isinstance(result, (socket.gaierror, TimeoutError)):
        raise type(result)(*result.args)
    if isinstance(result, OSError):
        raise OSError(*result.args)
    unique = list(dict.fromkeys(result))
    preferred = [address for address in unique if address.family == unique[0].family]
    others = [address for address in unique if address.family != unique[0].family]
    return [address for address in chain.from_iterable(zip_longest(preferred, others)) if address is not None]
