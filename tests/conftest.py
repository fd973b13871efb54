"""What all tests share."""

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
    """Stop ignoring SIGINT, as `nohup make test &` starts: what a test starts could not be interrupted otherwise."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Leave out of garbage collections what stays anyway: modules and thousands of tests.

    Many tests collect garbage to see that nothing is left over. Each time would take half a second otherwise.
    """
    gc.collect()
    gc.freeze()
