"""Deliveries that wait: which one is next, and what an attempt's outcome means for it and for its webhook."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from attrs import field, frozen

from orbitconnect_api.models.event import Event
from orbitconnect_api.types import SafeRepr

from ..clock import from_microseconds
from ..ids import derived_chance, derived_id
from ..json_text import encode_json, from_json
from ..outbox import PENDING
from ..store import Store

SUCCEEDED: Final = "succeeded"
FAILED: Final = "failed"

_SECOND: Final = 1_000_000
_MINUTE: Final = 60 * _SECOND
_HOUR: Final = 60 * _MINUTE

RETRY_DELAYS: Final = (
    *(5 * _SECOND, 5 * _MINUTE, 30 * _MINUTE),
    *(2 * _HOUR, 5 * _HOUR, 10 * _HOUR, 14 * _HOUR, 20 * _HOUR, 24 * _HOUR),
)
"""How long after each failed attempt the next one is made: the schedule of the Standard Webhooks specification."""

MAX_ATTEMPTS: Final = len(RETRY_DELAYS) + 1

_JITTER: Final = 0.1
"""By how much of it a delay is shortened at most. It is never made longer, so that turning the clock on by the
schedule's delay makes the attempt."""

_GONE: Final = 410
_THROTTLING: Final = frozenset({429, 502, 504})
_LONGEST_PAUSE: Final = 24 * _HOUR


@frozen(repr=False)
class Parcel(SafeRepr):
    """One attempt that is to be made."""

    delivery_id: str
    webhook_id: str
    number: int
    """Counts the delivery's attempts, from 1."""
    url: str
    secret: str = field(repr=False)
    body: bytes = field(repr=False)
    attempted_at: int


class _DueDelivery(NamedTuple):
    """A delivery that is due, with its event and its webhook's secret."""

    id: str
    webhook_id: str
    event_id: str
    url: str
    attempt_count: int
    secret: str
    type: str
    data: str
    happened_at: int

    def __repr__(self) -> str:
        """Without the secret."""
        return f"_DueDelivery(id={self.id!r})"


class _State(NamedTuple):
    """How a delivery and its webhook are when the outcome of an attempt is recorded."""

    status: str
    attempt_count: int
    is_active: int


@frozen(repr=False)
class Outcome(SafeRepr):
    """What an attempt has come to: an answer, or why there was none."""

    status: int | None = None
    excerpt: str | None = None
    retry_after: float | None = None
    """For how many seconds the receiver wants to be left alone."""
    error: str | None = None


def is_due(store: Store, now: int) -> bool:
    """Whether an attempt is to be made by now."""
    return store.next_delivery is not None and store.next_delivery <= now


def next_due(store: Store, now: int, busy: Collection[str] = ()) -> Parcel | None:
    """The attempt that is to be made next, if one is due.

    Args:
        store: The store.
        now: The emulator's time.
        busy: Webhooks that are being delivered to, one delivery after the other.
    """
    if not is_due(store, now):
        return None
    row = store.one_or_none(
        _DueDelivery,
        "SELECT d.id, d.webhook_id, d.event_id, d.url, d.attempt_count, w.secret, e.type, e.data,"
        " e.created_at AS happened_at FROM deliveries d"
        " JOIN webhooks w ON w.id = d.webhook_id JOIN events e ON e.id = d.event_id"
        f" WHERE d.next_attempt_at <= ? AND d.webhook_id NOT IN ({', '.join('?' * len(busy))})"
        " ORDER BY d.next_attempt_at, d.n LIMIT 1",
        (now, *busy),
    )
    if row is None:
        if not busy:
            store.look_for_deliveries()
        return None
    event = Event(row.event_id, row.type, from_microseconds(row.happened_at), from_json(row.data))
    return Parcel(
        delivery_id=row.id,
        webhook_id=row.webhook_id,
        number=row.attempt_count + 1,
        url=row.url,
        secret=row.secret,
        body=encode_json(event.to_dict()).encode(),
        attempted_at=now,
    )


def record(store: Store, parcel: Parcel, outcome: Outcome, now: int) -> None:
    """Notes an attempt, and what follows from it."""
    with store.transaction():
        row = store.one_or_none(
            _State,
            "SELECT d.status, d.attempt_count, w.is_active FROM deliveries d"
            " JOIN webhooks w ON w.id = d.webhook_id WHERE d.id = ?",
            (parcel.delivery_id,),
        )
        # Another state may have been restored in the meantime.
        if row is not None and row.attempt_count == parcel.number - 1:
            _note(store, parcel, outcome, now)
            _conclude(store, parcel, outcome, now, row)
    store.look_for_deliveries()


def _note(store: Store, parcel: Parcel, outcome: Outcome, now: int) -> None:
    store.run(
        "INSERT INTO delivery_attempts (id, delivery_id, number, url, response_status, response_excerpt, error,"
        " duration, attempted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            # When an attempt is made is up to chance, and must not change what ids come after.
            derived_id(store.key, "att", parcel.delivery_id, str(parcel.number)),
            *(parcel.delivery_id, parcel.number, parcel.url, outcome.status, outcome.excerpt, outcome.error),
            *(max(0, now - parcel.attempted_at), parcel.attempted_at),
        ),
    )


def _conclude(store: Store, parcel: Parcel, outcome: Outcome, now: int, row: _State) -> None:
    """Decides what becomes of the delivery and of its webhook."""
    has_arrived = outcome.status is not None and 200 <= outcome.status < 300
    next_attempt_at = None
    if has_arrived:
        status = SUCCEEDED
    elif row.status != PENDING or outcome.status == _GONE or parcel.number >= MAX_ATTEMPTS:
        status = FAILED
    else:
        status, next_attempt_at = PENDING, now + _delay(store, parcel, outcome) if row.is_active else None
    store.run(
        "UPDATE deliveries SET status = ?, attempt_count = ?, next_attempt_at = ?, last_attempt_at = ?, last_error = ?,"
        " last_response_status = coalesce(?, last_response_status), delivered_at = ?, updated_at = ? WHERE id = ?",
        (
            *(status, parcel.number, next_attempt_at, parcel.attempted_at, outcome.error, outcome.status),
            *(now if has_arrived else None, now, parcel.delivery_id),
        ),
    )
    if has_arrived:
        store.run(
            "UPDATE webhooks SET paused_until = NULL WHERE id = ? AND paused_until IS NOT NULL", (parcel.webhook_id,)
        )
    elif outcome.status == _GONE:
        _disable(store, parcel.webhook_id, now)
    elif outcome.status in _THROTTLING:
        _pause(store, parcel.webhook_id, now + (_asked(outcome) or RETRY_DELAYS[0]))


def _delay(store: Store, parcel: Parcel, outcome: Outcome) -> int:
    chance = derived_chance(store.key, parcel.delivery_id, str(parcel.number))
    return max(int(RETRY_DELAYS[parcel.number - 1] * (1 - _JITTER * chance)), _asked(outcome))


def _asked(outcome: Outcome) -> int:
    """How long the receiver wants to be left alone; not beyond all measure."""
    return int(min((outcome.retry_after or 0) * _SECOND, _LONGEST_PAUSE))


def _disable(store: Store, webhook_id: str, now: int) -> None:
    """Deactivates a webhook; what is on its way waits until somebody activates it again."""
    store.run("UPDATE webhooks SET is_active = 0, updated_at = ? WHERE id = ? AND is_active", (now, webhook_id))
    store.run(
        "UPDATE deliveries SET next_attempt_at = NULL, updated_at = ? WHERE webhook_id = ? AND status = ?",
        (now, webhook_id, PENDING),
    )


def _pause(store: Store, webhook_id: str, until: int) -> None:
    """Leaves a webhook alone for a while."""
    store.run("UPDATE webhooks SET paused_until = ? WHERE id = ?", (until, webhook_id))
    store.run(
        "UPDATE deliveries SET next_attempt_at = ? WHERE webhook_id = ? AND next_attempt_at < ?",
        (until, webhook_id, until),
    )
