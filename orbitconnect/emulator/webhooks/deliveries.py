"""The log of deliveries and their attempts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from orbitconnect_api import events, operations
from orbitconnect_api.models.delivery import Delivery
from orbitconnect_api.models.delivery_attempt import DeliveryAttempt
from orbitconnect_api.models.webhook_test_event_data import WebhookTestEventData

from ..clock import from_microseconds, time_or_none
from ..context import Context, RequestContext
from ..fan_out import deliver
from ..model_fields import nulls
from ..outbox import PLATFORM, add_undelivered_event
from ..refusals import conflict, not_found
from ..registry import handles
from ..rules import WEBHOOK_ACTIVE
from ..tables.webhooks import DeliveryAttemptRow
from .rows import find_webhook

LONGEST_LOG: Final = 1000
"""The maximum number of entries that a log returns: the newest ones. The contract has no pagination for logs."""

_SELECT: Final = (
    "SELECT d.id, d.webhook_id, d.event_id, e.type AS event_type, d.url, d.status, d.is_replay, d.attempt_count,"
    " d.last_attempt_at, d.next_attempt_at, d.last_response_status, d.last_error, d.delivered_at, d.created_at,"
    " d.updated_at FROM deliveries d JOIN events e ON e.id = d.event_id"
)


class _Delivery(NamedTuple):
    """A row that `_SELECT` returns."""

    id: str
    webhook_id: str
    event_id: str
    event_type: str
    url: str
    status: str
    is_replay: int
    attempt_count: int
    last_attempt_at: int | None
    next_attempt_at: int | None
    last_response_status: int | None
    last_error: str | None
    delivered_at: int | None
    created_at: int
    updated_at: int


@handles(operations.LIST_WEBHOOK_DELIVERIES)
def list_deliveries(context: RequestContext, webhook_id: str) -> list[Delivery]:
    """List the deliveries to a webhook, newest first."""
    find_webhook(context, webhook_id)
    rows = context.store.all(
        _Delivery, f"{_SELECT} WHERE d.webhook_id = ? ORDER BY d.n DESC LIMIT ?", (webhook_id, LONGEST_LOG)
    )
    return [_model(row) for row in rows]


@handles(operations.GET_WEBHOOK_DELIVERY)
def get_delivery(context: RequestContext, delivery_id: str) -> Delivery:
    """Return one delivery, even if its webhook has been deleted since."""
    return _find(context, delivery_id)


@handles(operations.GET_WEBHOOK_DELIVERY_ATTEMPTS)
def list_attempts(context: RequestContext, delivery_id: str) -> list[DeliveryAttempt]:
    """List the attempts of a delivery, oldest first."""
    _find(context, delivery_id)
    return attempts_of(context, delivery_id)


@handles(operations.TEST_WEBHOOK)
def test_webhook(context: RequestContext, webhook_id: str) -> Delivery:
    """Deliver a test event to this webhook only, regardless of its subscriptions."""
    if not find_webhook(context, webhook_id).is_active:
        raise conflict("The webhook is not active.", WEBHOOK_ACTIVE)
    data = WebhookTestEventData(webhook_id=webhook_id, message="This is a test.")
    event_id = add_undelivered_event(context, events.WEBHOOK_TEST.name, data.to_dict(), PLATFORM)
    return _find(context, deliver(context.store, event_id, webhook_id, context.now))


def attempts_of(context: Context, delivery_id: str) -> list[DeliveryAttempt]:
    """The attempts of a delivery, oldest first."""
    query = "SELECT * FROM delivery_attempts WHERE delivery_id = ? ORDER BY number"
    return [_attempt(row) for row in context.store.all(DeliveryAttemptRow, query, (delivery_id,))]


def deliveries_by_id(context: Context, delivery_ids: Sequence[str]) -> list[Delivery]:
    """The deliveries with these ids, oldest first."""
    query = f"{_SELECT} WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.n"
    return [_model(row) for row in context.store.all(_Delivery, query, (json.dumps(delivery_ids),))]


def _find(context: Context, delivery_id: str) -> Delivery:
    row = context.store.one_or_none(_Delivery, f"{_SELECT} WHERE d.id = ?", (delivery_id,))
    if row is None:
        raise not_found("delivery")
    return _model(row)


def _model(row: _Delivery) -> Delivery:
    return Delivery(
        id=row.id,
        webhook_id=row.webhook_id,
        event_id=row.event_id,
        event_type=row.event_type,
        url=row.url,
        status=row.status,
        is_replay=bool(row.is_replay),
        attempt_count=row.attempt_count,
        last_attempt_at=time_or_none(row.last_attempt_at),
        next_attempt_at=time_or_none(row.next_attempt_at),
        last_response_status=row.last_response_status,
        last_error=row.last_error,
        delivered_at=time_or_none(row.delivered_at),
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(Delivery),
    )


def _attempt(row: DeliveryAttemptRow) -> DeliveryAttempt:
    return DeliveryAttempt(
        id=row.id,
        delivery_id=row.delivery_id,
        number=row.number,
        url=row.url,
        response_status=row.response_status,
        response_excerpt=row.response_excerpt,
        error=row.error,
        duration_ms=row.duration // 1000,
        attempted_at=from_microseconds(row.attempted_at),
        _raw=nulls(DeliveryAttempt),
    )
