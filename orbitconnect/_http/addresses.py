"""Resolve host names in threads, because a lookup has no timeout and cannot be interrupted.

If a call stops waiting for a lookup, the lookup continues in its thread. Other calls that need the same name wait for
that lookup instead of starting another. Therefore, a hanging resolver uses at most one new thread per minute and name.

The modules `socket`, `threading` and `queue` are imported instead of their members, because gevent and eventlet may
replace the members after this module was imported.
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
"""A socket address for IPv4 or IPv6."""


class Address(NamedTuple):
    """An address to connect to."""

    family: socket.AddressFamily
    sockaddr: Sockaddr


_Result = list[Address] | OSError

_STUCK_SECONDS: Final = 60.0
"""A lookup that takes longer may never end. The next call starts another one."""


class _Lookup:
    """A lookup in progress, and the callbacks of the calls that wait for it."""

    __slots__ = ("began", "result", "waiters")

    def __init__(self) -> None:
        self.began = monotonic()
        self.result: _Result | None = None
        self.waiters: list[Callable[[_Result], object]] = []

    def run(self, key: tuple[int, str, int]) -> None:
        """Look up the name, and always notify the waiting calls, even after an exception."""
        result: _Result = OSError("the lookup was interrupted")
        try:
            result = _getaddrinfo(key[1], key[2])
        finally:
            self.end(key, result)

    def end(self, key: tuple[int, str, int], result: _Result) -> None:
        """Notify all waiting calls."""
        self.result = result
        if _under_way.get(key) is self:
            _under_way.pop(key, None)
        # Calls that add a callback from now on find the result. Iterate over a copy, because other calls may stop
        # waiting.
        for tell in tuple(self.waiters):
            tell(result)

    def add(self, tell: Callable[[_Result], object]) -> None:
        """Add a callback. It receives the result now or later, and possibly twice."""
        self.waiters.append(tell)
        if self.result is not None:
            tell(self.result)

    def remove(self, tell: Callable[[_Result], object]) -> None:
        """Remove the callback of a call that has stopped waiting."""
        with suppress(ValueError):
            self.waiters.remove(tell)


# The key includes the process id, because a forked child does not have its parent's threads. There is no lock, because
# single dict operations are atomic, and a fork or an interrupt could leave a lock locked.
_under_way: Final[dict[tuple[int, str, int], _Lookup]] = {}


def find(host: str, port: int, limit: float | None) -> list[Address]:
    """Return the addresses of a host, in the order in which to try them.

    Raises:
        OSError: If the name cannot be resolved.
        TimeoutError: If the time limit passes.
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
    import asyncio  # Imported here because synchronous programs do not need it.

    loop = asyncio.get_running_loop()
    future: asyncio.Future[_Result] = loop.create_future()

    def tell(result: _Result) -> None:
        with suppress(RuntimeError):  # The loop was closed in the meantime.
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
        # The thread may not be running. End the lookup, so that no call waits for it.
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
    except Exception as error:  # noqa: BLE001  # The waiting calls must be notified of any error.
        return OSError(f"the lookup failed: {type(error).__name__}: {error}")
    if not found:
        return socket.gaierror(socket.EAI_NONAME, "the name has no address")
    return [Address(family, cast("Sockaddr", sockaddr)) for family, _, _, _, sockaddr in found]


def _literal(host: str, port: int) -> Address | None:
    """The address, if the host is an IP address instead of a name."""
    for address in (Address(socket.AF_INET, (host, port)), Address(socket.AF_INET6, (host, port, 0, 0))):
        try:
            socket.inet_pton(address.family, host)
        except (OSError, ValueError):
            continue
        return address
    return None


def _sorted(result: _Result) -> list[Address]:
    """Alternate between IPv6 and IPv4, beginning with the kind that the resolver prefers (RFC 8305, section 4)."""
    # Several threads may receive the same error. Each raises its own copy.
    if isinstance(result, (socket.gaierror, TimeoutError)):
        raise type(result)(*result.args)
    if isinstance(result, OSError):
        raise OSError(*result.args)
    unique = list(dict.fromkeys(result))
    preferred = [address for address in unique if address.family == unique[0].family]
    others = [address for address in unique if address.family != unique[0].family]
    return [address for address in chain.from_iterable(zip_longest(preferred, others)) if address is not None]
