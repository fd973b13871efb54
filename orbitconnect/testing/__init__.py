"""Test applications that use OrbitConnect: a pytest plugin, an inbox for webhooks, scripted faults.

pytest finds the plugin automatically. Its fixtures:

    orbit_emulator    an emulator that only this test uses
    orbit             a client of the emulator
    async_orbit       an asynchronous client of the emulator, for pytest-asyncio, anyio's plugin or any other
    orbit_server      the URL at which the emulator answers over HTTP
    orbit_webhooks    an inbox for the emulator's webhooks, with `wait_for`

Tests cannot reach the live API unless they are marked with `orbit_live`.

The names below also work without pytest, so only `plugin` and `runs` may import it. Nothing else in `orbitconnect` may
import this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .guard import LiveHostError, LiveHostGuard
    from .inbox import Received, WebhookInbox
    from .scripted import ScriptedFault, on

__all__ = ["LiveHostError", "LiveHostGuard", "Received", "ScriptedFault", "WebhookInbox", "on"]

_MODULES = {
    "LiveHostError": "guard",
    "LiveHostGuard": "guard",
    "Received": "inbox",
    "ScriptedFault": "scripted",
    "WebhookInbox": "inbox",
    "on": "scripted",
}

if not TYPE_CHECKING:  # Otherwise type checkers would accept any name.

    def __getattr__(name: str) -> object:
        """Load a name when it is first used, because the plugin loads this package in every run of pytest."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(f".{_MODULES[name]}", __name__), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
