"""Check whether a socket has unread data or was closed by the other side."""

from __future__ import annotations

import select
import sys


def is_readable(file: int) -> bool:
    """Whether a socket has unread data or has ended, without waiting. A closed socket counts as readable.

    Args:
        file: The socket's file descriptor.
    """
    if file < 0:
        return True
    # gevent and eventlet may have removed `poll`.
    if sys.platform == "win32" or not hasattr(select, "poll"):
        return bool(select.select([file], [], [], 0)[0])
    poll = select.poll()
    poll.register(file, select.POLLIN)
    return bool(poll.poll(0))
