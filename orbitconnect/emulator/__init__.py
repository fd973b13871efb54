"""An emulator of the OrbitConnect API: stateful, offline, without an account.

    from orbitconnect.emulator import Emulator

    with Emulator() as emulator, emulator.client() as orbit:
        user = orbit.users.create(external_id="customer-1", display_name="Ada")

Responses follow the contract. If the emulator refuses a request, the response header `x-orbit-emulator-rule` names the
rule, and says whether the vendor documents it or this project inferred it. An operation that the emulator does not
support gets status 501 with the code `not_emulated`, never an invented result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clock import Clock, ManualClock, RunningClock
from .control.fault_plan import FaultPlan
from .control.journal import Entry, Journal
from .control.rate_limits import RateLimit
from .control.snapshots import Snapshot
from .emulator import Emulator
from .exchange import EmulatorRequest, EmulatorResponse
from .faults import Drip, Fault, Garbage, Latency, Reset, Stall, Status, Truncate
from .media_options import MediaOptions
from .webhooks.initial import InitialWebhook

if TYPE_CHECKING:
    from .transports.loopback import AsyncLoopbackTransport, LoopbackError, LoopbackTransport

__all__ = [
    "AsyncLoopbackTransport",
    "Clock",
    "Drip",
    "Emulator",
    "EmulatorRequest",
    "EmulatorResponse",
    "Entry",
    "Fault",
    "FaultPlan",
    "Garbage",
    "InitialWebhook",
    "Journal",
    "Latency",
    "LoopbackError",
    "LoopbackTransport",
    "ManualClock",
    "MediaOptions",
    "RateLimit",
    "Reset",
    "RunningClock",
    "Snapshot",
    "Stall",
    "Status",
    "Truncate",
]

Request = EmulatorRequest
Response = EmulatorResponse

_LOOPBACK = frozenset({"AsyncLoopbackTransport", "LoopbackError", "LoopbackTransport"})

if not TYPE_CHECKING:  # If type checkers saw this function, they would accept any name.

    def __getattr__(name: str) -> object:
        """Import the names that need httpx when they are first used."""
        if name not in _LOOPBACK:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from .transports import loopback

        return getattr(loopback, name)
