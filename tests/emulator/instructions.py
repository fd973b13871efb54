"""Counts the instructions that SQLite executes: a measure of work that, unlike time, is the same in every run."""

from __future__ import annotations

from collections.abc import Callable

from orbitconnect.emulator.store import Store


def instructions(store: Store, call: Callable[[], object]) -> int:
    """The number of instructions that SQLite executes for a call."""
    executed = 0

    def count() -> int:
        nonlocal executed
        executed += 1
        return 0

    store._db.set_progress_handler(count, 1)
    try:
        call()
    finally:
        store._db.set_progress_handler(None, 1)
    return executed
