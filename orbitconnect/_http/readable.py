"""Wait for sockets, or check them without waiting."""

from __future__ import annotations

import select
import sys
from typing import Protocol


class Ready(Protocol):
    """Waits until a socket is ready, at most for some seconds or, with None, forever. Returns whether it is."""

    def __call__(self, seconds: float | None, /) -> bool: ...


def when_readable(file: int) -> Ready:
    """Return the function that waits until a socket has unread data or has ended.

    It must not be called after the socket was closed.

    Args:
        file: The socket's file descriptor.
    """
    if _has_poll():
        return _polling(file, select.POLLIN)
    return lambda seconds: bool(select.select([file], [], [], seconds)[0])


def when_writable(file: int) -> Ready:
    """Do what `when_readable` does, for a socket that accepts data."""
    if _has_poll():
        return _polling(file, select.POLLOUT)
    return lambda seconds: bool(select.select([], [file], [], seconds)[1])


def is_readable(file: int) -> bool:
    """Whether a socket has unread data or has ended, without waiting. A closed socket counts as readable.

    Args:
        file: The socket's file descriptor.
    """
    return file < 0 or when_readable(file)(0)


def _has_poll() -> bool:
    # gevent and eventlet may have removed it.
    return sys.platform != "win32" and hasattr(select, "poll")


def _polling(file: int, event: int) -> Ready:
    poll = select.poll()
    poll.register(file, event)
    return lambda seconds: bool(poll.poll(None if seconds is None else seconds * 1000))
