"""The fan-out: creates an event's deliveries to its subscribers, after the request that caused the event.

A request only records that an event has subscribers, so it takes no longer if there are thousands of them. The threads
that send deliveries create them in small steps. Whatever reads or changes webhooks, subscriptions or deliveries calls
`complete_fan_outs` first. So every event is delivered to the webhooks that were subscribed when it happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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
_ALL: Final = 2**60

_OLDEST: Final = (
    "SELECT f.n, f.event_id, f.last_webhook, e.type, e.created_at AS happened_at"
    " FROM fan_outs f JOIN events e ON e.id = f.event_id ORDER BY f.n LIMIT 1"
)
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
    for _ in fan_out_steps(store, _ALL):
        pass


def fan_out_steps(store: Store, most: int = _STEP) -> Iterator[None]:
    """Create the deliveries that have not been created yet, step by step. Each step is a transaction.

    Yields between the steps. Meanwhile, other threads can change the state, and even complete the fan-out.

    Args:
        store: The store.
        most: The largest number of deliveries of a step.
    """
    while store.has_fan_outs:
        fan_out = store.one_or_none(_FanOut, _OLDEST)
        if fan_out is not None:
            yield from _steps_of(store, fan_out, most)
        store.look_for_fan_outs()


def _steps_of(store: Store, fan_out: _FanOut, most: int) -> Iterator[None]:
    """The steps of one fan-out. They end early if another thread takes over, or the state is replaced."""
    ids = store.ids  # `Store.replace` creates another one.
    receivers = _receivers(store, fan_out.type, after=fan_out.last_webhook)
    earlier = _earlier_deliveries(store, fan_out.event_id)
    following: _FanOut | None = fan_out
    while following is not None and ids is store.ids and following == store.one_or_none(_FanOut, _OLDEST):
        part, receivers = receivers[:most], receivers[most:]
        following = _advance(store, following, part, earlier, is_last=not receivers)
        store.look_for_fan_outs()
        if store.has_fan_outs:
            yield


def _advance(
    store: Store, fan_out: _FanOut, receivers: list[_Receiver], earlier: Counter[str], *, is_last: bool
) -> _FanOut | None:
    """Create some deliveries. Returns the fan-out as it is afterwards, or None if these were the last ones."""
    with store.transaction():
        for receiver in receivers:
            _add(store, fan_out.event_id, receiver, fan_out.happened_at, earlier[receiver.id])
        if is_last:
            store.run("DELETE FROM fan_outs WHERE n = ?", (fan_out.n,))
            return None
        store.run("UPDATE fan_outs SET last_webhook = ? WHERE n = ?", (receivers[-1].n, fan_out.n))
        return fan_out._replace(last_webhook=receivers[-1].n)


def count_receivers(store: Store, event_type: str) -> int:
    """The number of active webhooks that are subscribed to an event type."""
    subscribed = _subscriptions_to(event_type)
    return store.count(f"SELECT count(*) FROM webhooks WHERE {_is_receiver(subscribed)}", subscribed)


def deliver_to_subscribers(store: Store, event_id: str, event_type: str, now: int) -> list[str]:
    """Deliver an event again, to all active webhooks that are now subscribed to its type.

    Returns:
        The ids of the deliveries.
    """
    earlier = _earlier_deliveries(store, event_id)
    return [
        _add(store, event_id, receiver, now, earlier[receiver.id], is_replay=True)
        for receiver in _receivers(store, event_type)
    ]


def deliver(store: Store, event_id: str, webhook_id: str, now: int, *, is_replay: bool = False) -> str:
    """Create a delivery of an event to a webhook.

    Returns:
        The delivery's id.
    """
    receiver = store.one(_Receiver, "SELECT n, id, url, paused_until FROM webhooks WHERE id = ?", (webhook_id,))
    return _add(store, event_id, receiver, now, _earlier_deliveries(store, event_id)[webhook_id], is_replay=is_replay)


def _add(store: Store, event_id: str, receiver: _Receiver, now: int, earlier: int, *, is_replay: bool = False) -> str:
    # The id is derived, not taken from the sequence: receivers respond at random times, which must not change later
    # ids.
    delivery_id = derived_id(store.key, "dlv", event_id, receiver.id, str(earlier))
    due_at = max(now, receiver.paused_until or 0)
    store.run(_INSERT, (delivery_id, receiver.id, event_id, receiver.url, PENDING, is_replay, due_at, now, now))
    store.expect_delivery(due_at)
    return delivery_id


def _earlier_deliveries(store: Store, event_id: str) -> Counter[str]:
    """How often an event has been delivered to each webhook."""
    query = "SELECT webhook_id FROM deliveries WHERE event_id = ?"
    return Counter(store.scalars(str, query, (event_id,)))


def _receivers(store: Store, event_type: str, *, after: int = 0) -> list[_Receiver]:
    """The active webhooks that are subscribed to an event type, in the order in which they were registered.

    Args:
        store: The store.
        event_type: The event's type.
        after: Only webhooks that were registered after the one with this `n`.
    """
    subscribed = _subscriptions_to(event_type)
    # Without the plus, SQLite would walk over all webhooks in the order of `n`.
    query = f"SELECT n, id, url, paused_until FROM webhooks WHERE {_is_receiver(subscribed)} AND +n > ? ORDER BY n"
    return store.all(_Receiver, query, (*subscribed, after))


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
