"""The OrbitConnect API in your own process: stateful, offline, without an account.

    from orbitconnect.emulator import Emulator

    with Emulator() as emulator, emulator.client() as orbit:
        user = orbit.users.create(external_id="customer-1", display_name="Ada")

It answers as the contract says. Where it refuses a request, the header `x-orbit-emulator-rule` names the rule, and
says whether that is documented by the vendor or inferred by this project. An operation that it does not have yet is
answered with the status 501 and the code `not_emulated`, never with an invented success.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

if not TYPE_CHECKING:  # Else type checkers would take any name for one that is found here.

    def __getattr__(name: str) -> Any:
        """Loads what takes httpx when it is first asked for."""
        if name not in _LOOPBACK:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from .transports import loopback

        return getattr(loopback, name)
