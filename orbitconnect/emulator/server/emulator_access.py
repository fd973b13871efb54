"""Gives the server access to the emulator's lock and state, which the public class does not provide."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from ..clock import to_microseconds
from ..context import Context
from ..core import EmulatorCore
from ..exchange import EmulatorRequest, EmulatorResponse
from ..fan_out import complete_fan_outs


def handle_if_free(emulator: EmulatorCore, request: EmulatorRequest) -> EmulatorResponse | None:
    """Handle a request, or return None if another thread holds the lock. This never waits for the lock."""
    if not emulator._lock.acquire(blocking=False):
        return None
    try:
        return emulator.handle(request)
    finally:
        emulator._lock.release()


def is_closed(emulator: EmulatorCore) -> bool:
    """Whether the emulator has been closed."""
    return emulator._closed


@contextmanager
def reading(emulator: EmulatorCore) -> Generator[Context]:
    """A context for reading the state, under the lock."""
    with emulator._lock:
        emulator._check_open()
        complete_fan_outs(emulator._store)
        yield emulator._context(to_microseconds(emulator.clock.now()))


@contextmanager
def changing(emulator: EmulatorCore) -> Generator[Context]:
    """A context for changing the state, under the lock and in a transaction."""
    with reading(emulator) as context:
        with context.store.transaction():
            yield context
        emulator._deliverer.wake()
