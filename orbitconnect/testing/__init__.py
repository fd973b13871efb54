"""For tests of applications that use OrbitConnect: a pytest plugin, an inbox for webhooks, scripted faults.

pytest finds the plugin by itself. Its fixtures:

    orbit_emulator    an emulator of the test's own
    orbit             a client of it
    async_orbit       an asynchronous client of it, for pytest-asyncio, anyio's plugin or any other
    orbit_server      the URL at which it answers over HTTP
    orbit_webhooks    an inbox for its webhooks, with `wait_for`

Tests cannot reach the live API, unless they are marked with `orbit_live`. What is here works without pytest, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .guard import LiveHostError, LiveHostGuard
from .scripted import ScriptedFault, on

if TYPE_CHECKING:
    from .inbox import Received, WebhookInbox

__all__ = ["LiveHostError", "LiveHostGuard", "Received", "ScriptedFault", "WebhookInbox", "on"]

if not TYPE_CHECKING:  # Else type checkers would take any name for one that is found here.

    def __getattr__(name: str) -> Any:
        """Loads the inbox when it is first asked for: the plugin loads this package in every run of tests."""
        if name not in ("Received", "WebhookInbox"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from . import inbox

        found = globals()[name] = getattr(inbox, name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
