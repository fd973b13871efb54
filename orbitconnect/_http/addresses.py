"""Looks host names up in threads, since a lookup itself can be neither limited nor interrupted.

A lookup that is given up goes on in its thread. Calls that need the same name meanwhile wait for that lookup instead of
starting another, so a resolver that hangs costs one thread a minute for each name.

`socket`, `threading` and `queue` are used by their full names: gevent and eventlet replace what is in them, perhaps
after this module was imported.
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
"""The form for IPv4, and that for IPv6."""


class Address(NamedTuple):
    """Where a socket connects to."""

    family: socket.AddressFamily
    sockaddr: Sockaddr


_Result = list[Address] | OSError

_STUCK_SECONDS: Final = 60.0
"""A lookup that takes longer may never end. The next call starts another."""


class _Lookup:
    """One lookup that is under way, and those who wait for it."""

    __slots__ = ("began", "result", "waiters")

    def __init__(self) -> None:
        self.began = monotonic()
        self.result: _Result | None = None
        self.waiters: list[Callable[[_Result], object]] = []

    def run(self, key: tuple[int, str, int]) -> None:
        """Look the name up and tell all who wait, whatever happens."""
        result: _Result = OSError("the lookup was broken off")
        try:
            result = _getaddrinfo(key[1], key[2])
        finally:
            self.end(key, result)

    def end(self, key: tuple[int, str, int], result: _Result) -> None:
        """Tell all who wait."""
        self.result = result
        if _under_way.get(key) is self:
            _under_way.pop(key, None)
        # Who joins from here on finds the result. A copy, since others may stop waiting meanwhile.
        for tell in tuple(self.waiters):
            tell(result)

    def add(self, tell: Callable[[_Result], object]) -> None:
        """Tell this the result, now or later, perhaps twice."""
        self.waiters.append(tell)
        if self.result is not None:
            tell(self.result)

    def remove(self, tell: Callable[[_Result], object]) -> None:
        """Forget this one, who has stopped waiting."""
        with suppress(ValueError):
            self.waiters.remove(tell)


# By process, since a forked child does not have the thread. Single steps on a dict need no lock, which a fork or an
# interrupt could leave locked.
_under_way: Final[dict[tuple[int, str, int], _Lookup]] = {}


def find(host: str, port: int, limit: float | None) -> list[Address]:
    """Find the addresses of a host, in the order in which to try them.

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
    import asyncio  # Here, because a synchronous program has no need to load it.

    loop = asyncio.get_running_loop()
    future: asyncio.Future[_Result] = loop.create_future()

    def tell(result: _Result) -> None:
        with suppress(RuntimeError):  # The loop was closed meanwhile: nobody waits.
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
    except RuntimeError:  # The interpreter is shutting down and starts no threads any more.
        lookup = new
        new.run(key)
    except BaseException:
        # The thread may not run: nobody must wait for it.
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
    except Exception as error:  # noqa: BLE001  # Whatever it is, those who wait must learn of it.
        return OSError(f"the lookup failed: {type(error).__name__}: {error}")
    if not found:
        return socket.gaierror(socket.EAI_NONAME, "the name has no address")
    return [Address(family, cast("Sockaddr", sockaddr)) for family, _, _, _, sockaddr in found]


def _literal(host: str, port: int) -> Address | None:
    """The address that the host itself is, if it is one."""
    for address in (Address(socket.AF_INET, (host, port)), Address(socket.AF_INET6, (host, port, 0, 0))):
        try:
            socket.inet_pton(address.family, host)
        except (OSError, ValueError):
            continue
        return address
    return None


def _sorted(result: _Result) -> list[Address]:
    """Alternate between IPv6 and IPv4, beginning with the kind that the resolver prefers (RFC 8305, section 4)."""
    # Several threads may wait for the same error: each raises one of its own.
    if isinstance(result, (socket.gaierror, TimeoutError)):
        raise type(result)(*result.args)
    if isinstance(result, OSError):
        raise OSError(*result.args)
    unique = list(dict.fromkeys(result))
    preferred = [address for address in unique if address.family == unique[0].family]
    others = [address for address in unique if address.family != unique[0].family]
    return [address for address in chain.from_iterable(zip_longest(preferred, others)) if address is not None]
