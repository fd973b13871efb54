"""The outbox: records events in the transaction that causes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from orbitconnect_api.types import EventType, Model

from .context import Context
from .fan_out import start_fan_out
from .json_text import Json, encode_json

PLATFORM: Final = "platform"
"""The `source` of events that the API itself creates."""
PUBLISHED: Final = "published"
"""The `source` of events that an application has published."""


def emit(context: Context, event: EventType, data: Model) -> str:
    """Record an event of the API, and start its fan-out.

    Returns:
        The event's id.
    """
    return add_event(context, event.name, data.to_dict(), PLATFORM)


def add_event(context: Context, event_type: str, payload: Mapping[str, Json], source: str) -> str:
    """Record an event, and start its fan-out to the subscribed webhooks.

    Returns:
        The event's id.
    """
    event_id = add_undelivered_event(context, event_type, payload, source)
    start_fan_out(context.store, event_id, event_type)
    return event_id


def add_undelivered_event(context: Context, event_type: str, payload: Mapping[str, Json], source: str) -> str:
    """Record an event without a fan-out.

    Returns:
        The event's id.
    """
    event_id = context.new_id("evt")
    context.store.run(
        "INSERT INTO events (id, type, source, data, created_at) VALUES (?, ?, ?, ?, ?)",
        (event_id, event_type, source, encode_json(payload), context.now),
    )
    return event_id
