"""Keeps the server and the clients on cores of their own, where the platform can do that."""

from __future__ import annotations

import os


def take(*, server: bool) -> None:
    """Keeps this process on the last core, if it is the server, or else on the first."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[-1] if server else cores[0]})
