"""The delivery queue: which delivery is next, and what the outcome of an attempt changes."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Final, NamedTuple

from attrs import field, frozen

from orbitconnect_api.models.event import Event
from orbitconnect_api.types import SafeRepr

from ..clock import from_microseconds
from ..fan_out import PENDING
from ..ids import derived_chance, derived_id
from ..json_text import encode_json, from_json
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
"""The delay after each failed attempt, in microseconds: the schedule of the Standard Webhooks specification."""

MAX_ATTEMPTS: Final = len(RETRY_DELAYS) + 1

_JITTER: Final = 0.1
"""The largest fraction by which a delay is shortened. Delays are never lengthened, so advancing the clock by the
scheduled delay makes the attempt due."""

_GONE: Final = 410
_THROTTLING: Final = frozenset({429, 502, 504})
_LONGEST_PAUSE: Final = 24 * _HOUR


@frozen(repr=False)
class Attempt(SafeRepr):
    """A delivery attempt that is about to be made."""

    delivery_id: str
    webhook_id: str
    number: int
    """The attempt number, starting at 1."""
    url: str
    secret: str = field(repr=False)
    body: bytes = field(repr=False)
    attempted_at: int


_LOOK_AHEAD: Final = 50
"""How many due deliveries to check first. If all are for busy webhooks, one of each other webhook is checked."""

_AMONG_THE_FIRST: Final = (
    "SELECT n FROM (SELECT n, webhook_id, next_attempt_at FROM deliveries WHERE next_attempt_at <= :now"
    " ORDER BY next_attempt_at, n LIMIT :look) WHERE webhook_id NOT IN (SELECT value FROM json_each(:busy))"
    " ORDER BY next_attempt_at, n LIMIT 1"
)
_OF_OTHER_WEBHOOKS: Final = (
    "WITH RECURSIVE waiting (webhook) AS ("
    "SELECT min(webhook_id) FROM deliveries WHERE next_attempt_at IS NOT NULL"
    " UNION ALL SELECT (SELECT min(webhook_id) FROM deliveries WHERE next_attempt_at IS NOT NULL"
    " AND webhook_id > webhook) FROM waiting WHERE webhook IS NOT NULL)"
    " SELECT d.n FROM waiting JOIN deliveries d ON d.n = (SELECT n FROM deliveries"
    " WHERE webhook_id = webhook AND next_attempt_at <= :now ORDER BY next_attempt_at, n LIMIT 1)"
    " WHERE webhook NOT IN (SELECT value FROM json_each(:busy)) ORDER BY d.next_attempt_at, d.n LIMIT 1"
)
"""Steps from webhook to webhook, and takes the first due delivery of each."""


class _DueDelivery(NamedTuple):
    """A due delivery, with its event and its webhook's secret."""

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
        """Omit the secret."""
        return f"_DueDelivery(id={self.id!r})"


class _State(NamedTuple):
    """The state of a delivery and its webhook before the outcome of an attempt is recorded."""

    status: str
    attempt_count: int
    is_active: int


@frozen(repr=False)
class Outcome(SafeRepr):
    """The outcome of an attempt: a response, or the reason why there was no response."""

    status: int | None = None
    excerpt: str | None = None
    retry_after: float | None = None
    """How many seconds the receiver has asked the sender to pause."""
    error: str | None = None


def is_due(store: Store, now: int) -> bool:
    """Whether a delivery is due."""
    return store.next_delivery is not None and store.next_delivery <= now


def next_due(store: Store, now: int, busy: Collection[str] = ()) -> Attempt | None:
    """The next attempt that is due, or None.

    Args:
        store: The store.
        now: The emulator's time, in microseconds.
        busy: The ids of webhooks with an attempt in progress. Each webhook gets one delivery at a time.
    """
    if not is_due(store, now):
        return None
    number = _next_number(store, now, busy)
    row = store.one_or_none(
        _DueDelivery,
        "SELECT d.id, d.webhook_id, d.event_id, d.url, d.attempt_count, w.secret, e.type, e.data,"
        " e.created_at AS happened_at FROM deliveries d"
        " JOIN webhooks w ON w.id = d.webhook_id JOIN events e ON e.id = d.event_id WHERE d.n = ?",
        (number,),
    )
    if row is None:
        if not busy:
            store.look_for_deliveries()
        return None
    event = Event(
        id=row.event_id, type=row.type, created_at=from_microseconds(row.happened_at), data=from_json(row.data)
    )
    return Attempt(
        delivery_id=row.id,
        webhook_id=row.webhook_id,
        number=row.attempt_count + 1,
        url=row.url,
        secret=row.secret,
        body=encode_json(event.to_dict()).encode(),
        attempted_at=now,
    )


def _next_number(store: Store, now: int, busy: Collection[str]) -> int | None:
    """The `n` of the due delivery that has waited longest, among those to webhooks that are not busy."""
    busy_ids = json.dumps([*busy])
    number = store.scalar(int, _AMONG_THE_FIRST, {"now": now, "busy": busy_ids, "look": _LOOK_AHEAD})
    if number is None and len(busy) > 0:
        number = store.scalar(int, _OF_OTHER_WEBHOOKS, {"now": now, "busy": busy_ids})
    return number


def record(store: Store, attempt: Attempt, outcome: Outcome, now: int) -> None:
    """Record an attempt and its consequences."""
    with store.transaction():
        row = store.one_or_none(
            _State,
            "SELECT d.status, d.attempt_count, w.is_active FROM deliveries d"
            " JOIN webhooks w ON w.id = d.webhook_id WHERE d.id = ?",
            (attempt.delivery_id,),
        )
        # A different state may have been restored in the meantime.
        if row is not None and row.attempt_count == attempt.number - 1:
            _add_attempt(store, attempt, outcome, now)
            _apply_outcome(store, attempt, outcome, now, row)
    store.look_for_deliveries()


def _add_attempt(store: Store, attempt: Attempt, outcome: Outcome, now: int) -> None:
    store.run(
        "INSERT INTO delivery_attempts (id, delivery_id, number, url, response_status, response_excerpt, error,"
        " duration, attempted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            # A derived id, not the next in the sequence: attempts happen at random times, which must not change later
            # ids.
            derived_id(store.key, "att", attempt.delivery_id, str(attempt.number)),
            *(attempt.delivery_id, attempt.number, attempt.url, outcome.status, outcome.excerpt, outcome.error),
            *(max(0, now - attempt.attempted_at), attempt.attempted_at),
        ),
    )


def _apply_outcome(store: Store, attempt: Attempt, outcome: Outcome, now: int, row: _State) -> None:
    """Update the delivery and its webhook according to the outcome."""
    has_arrived = outcome.status is not None and 200 <= outcome.status < 300
    next_attempt_at = None
    if has_arrived:
        status = SUCCEEDED
    elif row.status != PENDING or outcome.status == _GONE or attempt.number >= MAX_ATTEMPTS:
        status = FAILED
    else:
        status, next_attempt_at = PENDING, now + _delay(store, attempt, outcome) if row.is_active else None
    store.run(
        "UPDATE deliveries SET status = ?, attempt_count = ?, next_attempt_at = ?, last_attempt_at = ?, last_error = ?,"
        " last_response_status = coalesce(?, last_response_status), delivered_at = ?, updated_at = ? WHERE id = ?",
        (
            *(status, attempt.number, next_attempt_at, attempt.attempted_at, outcome.error, outcome.status),
            *(now if has_arrived else None, now, attempt.delivery_id),
        ),
    )
    if has_arrived:
        store.run(
            "UPDATE webhooks SET paused_until = NULL WHERE id = ? AND paused_until IS NOT NULL", (attempt.webhook_id,)
        )
    elif outcome.status == _GONE:
        _disable(store, attempt.webhook_id, now)
    elif outcome.status in _THROTTLING:
        _pause(store, attempt.webhook_id, now + (_requested_pause(outcome) or RETRY_DELAYS[0]))


def _delay(store: Store, attempt: Attempt, outcome: Outcome) -> int:
    chance = derived_chance(store.key, attempt.delivery_id, str(attempt.number))
    return max(int(RETRY_DELAYS[attempt.number - 1] * (1 - _JITTER * chance)), _requested_pause(outcome))


def _requested_pause(outcome: Outcome) -> int:
    """How long the receiver has asked the sender to pause, in microseconds; at most `_LONGEST_PAUSE`."""
    return int(min((outcome.retry_after or 0) * _SECOND, _LONGEST_PAUSE))


def _disable(store: Store, webhook_id: str, now: int) -> None:
    """Deactivate a webhook. The webhook's pending deliveries wait until it is reactivated."""
    store.run("UPDATE webhooks SET is_active = 0, updated_at = ? WHERE id = ? AND is_active", (now, webhook_id))
    store.run(
        "UPDATE deliveries SET next_attempt_at = NULL, updated_at = ? WHERE webhook_id = ? AND status = ?",
        (now, webhook_id, PENDING),
    )


def _pause(store: Store, webhook_id: str, until: int) -> None:
    """Postpone a webhook's deliveries."""
    store.run("UPDATE webhooks SET paused_until = ? WHERE id = ?", (until, webhook_id))
    store.run(
        "UPDATE deliveries SET next_attempt_at = ? WHERE webhook_id = ? AND next_attempt_at < ?",
        (until, webhook_id, until),
    )
