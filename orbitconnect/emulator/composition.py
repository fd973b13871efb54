"""Assembles the emulator: imports the packages whose functions register as handlers and jobs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .jobs import JOBS, Job
from .registry import HANDLERS, Handler


def all_handlers() -> Mapping[str, Handler]:
    """The handlers of all emulated operations, by operation id."""
    _register_all()
    return HANDLERS


def all_jobs() -> Mapping[str, Job]:
    """The functions that perform jobs, by kind of job."""
    _register_all()
    return JOBS


@cache
def _register_all() -> None:
    # Explicit imports, so that tools that freeze an application find the modules. Inside a function, so that a program
    # can import the emulator without loading them.
    from . import billing, calls, calls_and_meetings, chat, media, meetings, realtime, webhooks

    assert all((billing, calls, calls_and_meetings, chat, media, meetings, realtime, webhooks))
