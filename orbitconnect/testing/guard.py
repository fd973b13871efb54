"""Prevents tests from reaching the live API: an SDK call to its host fails, and the error says what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from .._http import live_hook


class LiveHostError(RuntimeError):
    """A test was about to reach the live API.

    It is not an `OSError`, so that no code mistakes it for a network failure.
    """


class LiveHostGuard:
    """Stops the SDK's requests to the live API, in the whole process, while it is installed.

    It checks the host wherever the SDK opens or reuses a connection, in every HTTP stack, before any name is looked up.
    Requests to the emulator or a mock pass, because they open no connection to the live host. Nothing outside the SDK
    is patched, so requests that your code sends without the SDK are not stopped.

    Example:
        ```python
        guard = LiveHostGuard()
        guard.install()
        with guard.lifted():
            ...  # Calls here can reach the live API.
        guard.remove()
        ```
    """

    def __init__(self) -> None:
        self._lifted = 0
        self._installed = False
        self._before: Callable[[str], None] | None = None

    def install(self) -> None:
        """Install the guard. A second call does nothing."""
        if not self._installed:
            self._installed = True
            self._before, live_hook.check = live_hook.check, self.check

    def remove(self) -> None:
        """Remove the guard. A second call does nothing."""
        if self._installed:
            self._installed = False
            live_hook.check = self._before

    @contextmanager
    def lifted(self) -> Generator[None]:
        """Let all requests through while the block runs."""
        self._lifted += 1
        try:
            yield
        finally:
            self._lifted -= 1

    def check(self, host: str) -> None:
        """Raise an exception if a request to this host must be stopped.

        Args:
            host: The host of the request's URL.

        Raises:
            LiveHostError: If it is the live API's host and the guard is not lifted.
        """
        if not self._lifted:
            refuse_live_host(host)


def refuse_live_host(host: str) -> None:
    """Raise an exception if this is the live API's host.

    Args:
        host: The host name, in upper or lower case, with or without the final dot.

    Raises:
        LiveHostError: If it is the live API's host.
    """
    # Imported here, because pytest loads this module in runs that never use the SDK.
    from orbitconnect_api.operations import LIVE_HOST

    if host.rstrip(".").lower() == LIVE_HOST:
        raise LiveHostError(
            f"A test was about to reach the live API at {LIVE_HOST}. Pass the fixture orbit or async_orbit to the code "
            "under test, or the URL of orbit_server. Mark a test that is meant to reach the live API with "
            "@pytest.mark.orbit_live; the setting orbit_live = true lets all tests do so."
        )
