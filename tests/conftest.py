"""Configuration for all tests."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

if find_spec("hypothesis"):  # The environment of tests/environments has none.
    from hypothesis import HealthCheck, settings

    # `make test ARGS=--hypothesis-profile=thorough` tries twice as many examples.
    for name, examples in ("tests", 50), ("thorough", 100):
        # On a busy machine, an example can take arbitrarily long.
        settings.register_profile(
            name, max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        )
    settings.load_profile("tests")

    from tests.emulator.conformance import UNDECLARED, check_all_emulators

    check_all_emulators()

    @pytest.fixture(autouse=True)
    def _responses_are_declared() -> Iterator[None]:
        """Fail if an emulator sent a response that the contract does not describe."""
        yield
        if UNDECLARED:
            undeclared = "\n".join(UNDECLARED)
            UNDECLARED.clear()
            pytest.fail(undeclared)


def pytest_configure() -> None:
    """Stop ignoring SIGINT, because child processes would inherit that. A run under `nohup make test &` ignores it."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Exclude objects that live until the end of the run, such as modules and tests, from garbage collection.

    Many tests run the garbage collector to check that no objects are left. Without this, each collection would take
    half a second.
    """
    gc.collect()
    gc.freeze()
