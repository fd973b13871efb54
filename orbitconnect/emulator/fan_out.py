"""The fan-out: creates an event's deliveries to its subscribers, after the request that caused the event.

A request only records that an event has subscribers, so it takes no longer if there are thousands of them. The threads
that send deliveries create them in small steps. Whatever reads or changes webhooks, subscriptions or deliveries calls
`complete_fan_outs` first. So every event is delivered to the webhooks that were subscribed when it happened.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from .ids import derived_id
from .store import Store

PENDING: Final = "pending"
"""The status of a delivery that has not been attempted yet."""

ANY: Final = "*"
"""Subscribes to all events. As the last word of a type, as in `message.*`, it matches all types with the same
prefix."""

_STEP: Final = 50
"""How many deliveries one step creates. A request that arrives in the meantime waits for the step."""
_ALL: Final = -1

_INSERT: Final = (
    "INSERT INTO deliveries (id, webhook_id, event_id, url, status, is_replay, next_attempt_at, created_at, updated_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class _Receiver(NamedTuple):
    """The columns of a webhook that a new delivery depends on."""

    n: int
    id: str
    url: str
    paused_until: int | None


class _FanOut(NamedTuple):
    """A fan-out that is not complete, with its event."""

    n: int
    event_id: str
    last_webhook: int
    type: str
    happened_at: int


def start_fan_out(store: Store, event_id: str, event_type: str) -> None:
    """Record that deliveries of an event have to be created, if a webhook is subscribed to its type."""
    subscribed = _subscriptions_to(event_type)
    query = f"SELECT 1 FROM subscriptions WHERE deleted_at IS NULL AND event_type IN ({_marks(subscribed)}) LIMIT 1"
    if store.exists(query, subscribed):
        store.run("INSERT INTO fan_outs (event_id) VALUES (?)", (event_id,))
        store.has_fan_outs = True


def complete_fan_outs(store: Store) -> None:
    """Create all deliveries that have not been created yet. No transaction may be open."""
    while store.has_fan_outs:
        advance_fan_out(store, _ALL)


def advance_fan_out(store: Store, most: int = _STEP) -> None:
    """Create some of the oldest event's deliveries, in a transaction of their own.

    Args:
        store: The store.
        most: The largest number of deliveries; negative for all of the event.
    """
    with store.transaction():
        fan_out = store.one_or_none(
            _FanOut,
            "SELECT f.n, f.event_id, f.last_webhook, e.type, e.created_at AS happened_at"
            " FROM fan_outs f JOIN events e ON e.id = f.event_id ORDER BY f.n LIMIT 1",
        )
        if fan_out is not None:
            receivers = _receivers(store, fan_out.type, after=fan_out.last_webhook, most=most)
            for receiver in receivers:
                _add(store, fan_out.event_id, receiver, fan_out.happened_at)
            if len(receivers) == most:
                values = (receivers[-1].n, fan_out.n)
                store.run("UPDATE fan_outs SET last_webhook = ? WHERE n = ?", values)
            else:
                store.run("DELETE FROM fan_outs WHERE n = ?", (fan_out.n,))
    store.look_for_fan_outs()


def count_receivers(store: Store, event_type: str) -> int:
    """The number of active webhooks that are subscribed to an event type."""
    subscribed = _subscriptions_to(event_type)
    return store.count(f"SELECT count(*) FROM webhooks WHERE {_is_receiver(subscribed)}", subscribed)


def deliver_to_subscribers(store: Store, event_id: str, event_type: str, now: int) -> list[str]:
    """Deliver an event again, to all active webhooks that are now subscribed to its type.

    Returns:
        The ids of the deliveries.
    """
    return [_add(store, event_id, receiver, now, is_replay=True) for receiver in _receivers(store, event_type)]


def deliver(store: Store, event_id: str, webhook_id: str, now: int, *, is_replay: bool = False) -> str:
    """Create a delivery of an event to a webhook.

    Returns:
        The delivery's id.
    """
    receiver = store.one(_Receiver, "SELECT n, id, url, paused_until FROM webhooks WHERE id = ?", (webhook_id,))
    return _add(store, event_id, receiver, now, is_replay=is_replay)


def _add(store: Store, event_id: str, receiver: _Receiver, now: int, *, is_replay: bool = False) -> str:
    earlier = store.count(
        "SELECT count(*) FROM deliveries WHERE event_id = ? AND webhook_id = ?", (event_id, receiver.id)
    )
    # The id is derived, not taken from the sequence: receivers respond at random times, which must not change later
    # ids.
    delivery_id = derived_id(store.key, "dlv", event_id, receiver.id, str(earlier))
    due_at = max(now, receiver.paused_until or 0)
    store.run(_INSERT, (delivery_id, receiver.id, event_id, receiver.url, PENDING, is_replay, due_at, now, now))
    store.expect_delivery(due_at)
    return delivery_id


def _receivers(store: Store, event_type: str, *, after: int = 0, most: int = _ALL) -> list[_Receiver]:
    """The active webhooks that are subscribed to an event type, in the order in which they were registered.

    Args:
        store: The store.
        event_type: The event's type.
        after: Only webhooks that were registered after the one with this `n`.
        most: The largest number of webhooks; negative for all.
    """
    subscribed = _subscriptions_to(event_type)
    # Without the plus, SQLite would walk over all webhooks in the order of `n`.
    query = (
        f"SELECT n, id, url, paused_until FROM webhooks WHERE {_is_receiver(subscribed)} AND +n > ? ORDER BY n LIMIT ?"
    )
    return store.all(_Receiver, query, (*subscribed, after, most))


def _is_receiver(subscribed: list[str]) -> str:
    return (
        "is_active AND deleted_at IS NULL AND id IN"
        f" (SELECT webhook_id FROM subscriptions WHERE deleted_at IS NULL AND event_type IN ({_marks(subscribed)}))"
    )


def _subscriptions_to(event_type: str) -> list[str]:
    """The subscriptions' event types that match an event's type."""
    words = event_type.split(".")
    return [event_type, ANY, *(".".join((*words[:count], ANY)) for count in range(1, len(words)))]


def _marks(values: list[str]) -> str:
    return ", ".join("?" * len(values))
