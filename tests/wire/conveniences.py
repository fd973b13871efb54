"""The facade's methods that have no operation of their own. They call other operations, once or several times.

All other methods are in operations.yaml. If you add a method here, write tests for it.
"""

from __future__ import annotations

from typing import Final

CONVENIENCES: Final = frozenset(
    {
        # Paging: tests/paging
        "messages.iterate",
        "messages.iterate_search",
        "messages.iterate_search_global",
        "messages.iterate_sync",
        # Waiting and escalation: tests/flows
        "calls.wait_until_accepted",
        "calls.wait_until_ended",
        "calls.wait_until_recording_ready",
        "meetings.wait_until_ended",
        "meetings.wait_until_recording_ready",
        "meetings.wait_until_started",
        "realtime.escalate",
        # Transfers and waiting for media: tests/transfers
        "media.download",
        "media.upload",
        "media.wait_until_ready",
    }
)
