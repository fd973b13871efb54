"""Tells whether something has come over a socket that nobody has read yet: data, or the end of the connection."""

from __future__ import annotations

import select
import sys


def is_readable(file: int) -> bool:
    """Look at a socket's file descriptor without waiting. A closed one counts as readable."""
    if file < 0:
        return True
    # gevent and eventlet may have taken `poll` away.
    if sys.platform == "win32" or not hasattr(select, "poll"):
        return bool(select.select([file], [], [], 0)[0])
    poll = select.poll()
    poll.register(file, select.POLLIN)
    return bool(poll.poll(0))
