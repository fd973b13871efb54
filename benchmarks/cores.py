"""Pins the server and the clients to different cores, on platforms that support it."""

from __future__ import annotations

import os


def pin(*, server: bool) -> None:
    """Pin this process to the last core if it is the server, otherwise to the first."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[-1] if server else cores[0]})
