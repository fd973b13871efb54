"""Keeps tests away from the live API: a call of the SDK that would reach its host fails and says what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from .._http import live_hook


class LiveHostError(RuntimeError):
    """A test was about to reach the live API. It is no `OSError`, so that no code takes it for a network failure."""


class LiveHostGuard:
    """Stops the SDK's requests to the live API, in the whole process, while it is installed.

    It sits where the SDK opens a connection or reuses one, in every HTTP stack, before any name is looked up. Requests
    that the emulator or a mock answers pass, because they open no connection to the live host. Nothing outside the SDK
    is patched, and requests that your own code makes without the SDK are not stopped.
    """

    def __init__(self) -> None:
        self._lifted = 0
        self._installed = False
        self._before: Callable[[str], None] | None = None

    def install(self) -> None:
        """Install the guard. A second time does nothing."""
        if not self._installed:
            self._installed = True
            self._before, live_hook.check = live_hook.check, self.check

    def remove(self) -> None:
        """Remove the guard. A second time does nothing."""
        if self._installed:
            self._installed = False
            live_hook.check = self._before

    @contextmanager
    def lifted(self) -> Generator[None]:
        """Let everything through while the block runs."""
        self._lifted += 1
        try:
            yield
        finally:
            self._lifted -= 1

    def check(self, host: str) -> None:
        """Raise if a request to this host must be stopped.

        Args:
            host: The host of the request's URL.

        Raises:
            LiveHostError: If it is the live API's and the guard is not lifted.
        """
        if not self._lifted:
            refuse_live_host(host)


def refuse_live_host(host: str) -> None:
    """Raise if this is the live API's host.

    Args:
        host: A name, in any spelling.

    Raises:
        LiveHostError: If it is.
    """
    # Imported here, because pytest loads this module in runs that never use the SDK.
    from orbitconnect_api.operations import LIVE_HOST

    if host.rstrip(".").lower() == LIVE_HOST:
        raise LiveHostError(
            f"A test was about to reach the live API at {LIVE_HOST}. Pass the fixture orbit or async_orbit to the code "
            "under test, or the URL of orbit_server. Mark a test that is meant to reach the live API with "
            "@pytest.mark.orbit_live; the setting orbit_live = true lets all tests do so."
        )
