"""Configuration for all tests."""

from __future__ import annotations

import gc
import signal
import threading
from importlib.util import find_spec

if find_spec("hypothesis"):  # The environment of tests/environments has none.
    from hypothesis import HealthCheck, settings

    # `make test ARGS=--hypothesis-profile=thorough` tries twice as many examples.
    for name, examples in ("tests", 50), ("thorough", 100):
        # On a busy machine an example can take any time.
        settings.register_profile(
            name, max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        )
    settings.load_profile("tests")


def pytest_configure() -> None:
    """Stop ignoring SIGINT, as a run under `nohup make test &` does: child processes would inherit that."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Exclude objects that stay until the end, such as modules and tests, from garbage collection.

    Many tests collect garbage to check that nothing is left. Each collection would take half a second otherwise.
    """
    gc.collect()
    gc.freeze()
