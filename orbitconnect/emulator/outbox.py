"""The outbox: records events, and their deliveries to webhooks, in the transaction that causes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from orbitconnect_api.types import EventType, Model

from .context import Context
from .ids import derived_id
from .json_text import Json, encode_json
from .tables.webhooks import WebhookRow

PLATFORM: Final = "platform"
"""The `source` of events that the API itself creates."""
PUBLISHED: Final = "published"
"""The `source` of events that an application has published."""

PENDING: Final = "pending"
"""The status of a delivery that has not been attempted yet."""

ANY: Final = "*"
"""Subscribes to all events. As the last word of a type, as in `message.*`, it matches all types with the same
prefix."""


def emit(context: Context, event: EventType, data: Model) -> str:
    """Record an event of the API, and schedule its deliveries.

    Returns:
        The event's id.
    """
    return add_event(context, event.name, data.to_dict(), PLATFORM)


def add_event(context: Context, event_type: str, payload: Mapping[str, Json], source: str) -> str:
    """Record an event, and schedule its deliveries to the subscribed webhooks.

    Returns:
        The event's id.
    """
    event_id = add_undelivered_event(context, event_type, payload, source)
    deliver_to_subscribers(context, event_id, event_type)
    return event_id


def add_undelivered_event(context: Context, event_type: str, payload: Mapping[str, Json], source: str) -> str:
    """Record an event without scheduling deliveries.

    Returns:
        The event's id.
    """
    event_id = context.new_id("evt")
    context.store.run(
        "INSERT INTO events (id, type, source, data, created_at) VALUES (?, ?, ?, ?, ?)",
        (event_id, event_type, source, encode_json(payload), context.now),
    )
    return event_id


def deliver_to_subscribers(context: Context, event_id: str, event_type: str, *, is_replay: bool = False) -> list[str]:
    """Schedule deliveries of an event to all active webhooks that are subscribed to its type.

    Returns:
        The ids of the deliveries.
    """
    subscribed = _subscriptions_to(event_type)
    webhook_ids = context.store.scalars(
        str,
        "SELECT id FROM webhooks WHERE is_active AND deleted_at IS NULL AND id IN (SELECT webhook_id FROM subscriptions"
        f" WHERE deleted_at IS NULL AND event_type IN ({', '.join('?' * len(subscribed))})) ORDER BY n",
        subscribed,
    )
    return [deliver(context, event_id, webhook_id, is_replay=is_replay) for webhook_id in webhook_ids]


def deliver(context: Context, event_id: str, webhook_id: str, *, is_replay: bool = False) -> str:
    """Schedule a delivery of an event to a webhook.

    Returns:
        The delivery's id.
    """
    store = context.store
    earlier = store.count(
        "SELECT count(*) FROM deliveries WHERE event_id = ? AND webhook_id = ?", (event_id, webhook_id)
    )
    # The id is derived, not taken from the sequence: receivers respond at random times, which must not change later
    # ids.
    delivery_id = derived_id(store.key, "dlv", event_id, webhook_id, str(earlier))
    webhook = store.one(WebhookRow, "SELECT * FROM webhooks WHERE id = ?", (webhook_id,))
    due_at = max(context.now, webhook.paused_until or 0)
    store.run(
        "INSERT INTO deliveries (id, webhook_id, event_id, url, status, is_replay, next_attempt_at, created_at,"
        " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(delivery_id, webhook_id, event_id, webhook.url, PENDING, is_replay, due_at, context.now),
            context.now,
        ),
    )
    store.expect_delivery(due_at)
    return delivery_id


def _subscriptions_to(event_type: str) -> list[str]:
    """The subscriptions' event types that match an event's type."""
    words = event_type.split(".")
    return [event_type, ANY, *(".".join((*words[:count], ANY)) for count in range(1, len(words)))]
