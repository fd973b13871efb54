"""The facade's methods that are no operation of their own: they call others, once or many times.

Everything else that the namespaces have stands in operations.yaml. A new one is added here, and has tests of its own.
"""

from __future__ import annotations

from typing import Final

CONVENIENCES: Final = frozenset(
    {
        # Through pages: tests/paging
        "messages.iterate",
        "messages.iterate_search",
        "messages.iterate_search_global",
        "messages.iterate_sync",
        # Waiting, and from a chat to a call to a meeting: tests/flows
        "calls.wait_until_accepted",
        "calls.wait_until_ended",
        "calls.wait_until_recording_ready",
        "meetings.wait_until_ended",
        "meetings.wait_until_recording_ready",
        "meetings.wait_until_started",
        "realtime.escalate",
        # Whole files, and waiting for their processing: tests/transfers
        "media.download",
        "media.upload",
        "media.wait_until_ready",
    }
)
