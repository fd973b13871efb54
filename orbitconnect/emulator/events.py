"""What happens is recorded as an event, in the transaction in which it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orbitconnect_api.types import EventType, Model

from .exchange import encode_json

if TYPE_CHECKING:
    from .handlers import Context


def record(context: Context, event: EventType, data: Model) -> str:
    """Records an event; returns its id."""
    event_id = context.new_id("evt")
    context.store.run(
        "INSERT INTO events (id, type, data, created_at) VALUES (?, ?, ?, ?)",
        (event_id, event.name, encode_json(data.to_dict()), context.now),
    )
    return event_id
