"""What the server asks of an emulator that nobody else does."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from ..clock import to_microseconds
from ..context import Context
from ..controls import ControlledEmulator
from ..exchange import EmulatorRequest, EmulatorResponse


def try_handle(emulator: ControlledEmulator, request: EmulatorRequest) -> EmulatorResponse | None:
    """Has a request answered, unless another thread is being served: nobody waits for it here."""
    if not emulator._lock.acquire(blocking=False):
        return None
    try:
        return emulator.handle(request)
    finally:
        emulator._lock.release()


def is_closed(emulator: ControlledEmulator) -> bool:
    """Whether it has been closed."""
    return emulator._closed


@contextmanager
def looking(emulator: ControlledEmulator) -> Generator[Context]:
    """The context for reading from the state."""
    with emulator._lock:
        emulator._check_open()
        yield emulator._context(to_microseconds(emulator.clock.now()))


@contextmanager
def changing(emulator: ControlledEmulator) -> Generator[Context]:
    """The context for a change of the state, as one transaction."""
    with looking(emulator) as context:
        with context.store.transaction():
            yield context
        emulator._deliverer.wake()
