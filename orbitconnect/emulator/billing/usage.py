"""Usage: recording it, charging for it, and summing it up."""

from __future__ import annotations

from typing import Final, NamedTuple

from orbitconnect_api import events, operations
from orbitconnect_api.models.record_usage_event_body import RecordUsageEventBody
from orbitconnect_api.models.usage_aggregate import UsageAggregate
from orbitconnect_api.models.usage_event import UsageEvent
from orbitconnect_api.models.usage_recorded_event_data import UsageRecordedEventData
from orbitconnect_api.models.usage_summary import UsageSummary
from orbitconnect_api.models.usage_total import UsageTotal

from ..clock import from_microseconds
from ..context import Context, RequestContext
from ..json_text import from_json, to_json
from ..model_fields import nulls
from ..outbox import emit
from ..registry import handles
from ..tables.billing import UsageDayRow, UsageEventRow
from . import ledger
from .alerts import trigger_alerts
from .invoices import words_of
from .money import CURRENCY, cost, number, total_quantity
from .periods import DAY, month_of
from .prices import price_of

GRANULARITY: Final = "day"


class _Sum(NamedTuple):
    """The usage of one event type."""

    event_type: str
    quantity: float
    events: int
    amount: int


@handles(operations.RECORD_USAGE_EVENT)
def record_usage(context: RequestContext) -> UsageEvent:
    """Record usage, and charge the wallet. Usage that costs nothing creates no transaction."""
    body = RecordUsageEventBody.from_dict(context.body)
    unit_price = price_of(body.event_type)
    amount = cost(body.quantity, unit_price)
    usage_id = context.new_id("use")
    before = ledger.balance(context)
    transaction = ledger.book(context, ledger.USAGE, -amount, words_of(body.event_type), usage_id) if amount else None
    context.store.run(
        "INSERT INTO usage_events"
        " (id, event_type, quantity, unit_price, amount, transaction_id, metadata, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            usage_id,
            body.event_type,
            body.quantity,
            unit_price,
            amount,
            None if transaction is None else transaction.id,
            to_json(body.metadata),
            context.now,
        ),
    )
    context.store.run(
        "INSERT INTO usage_days VALUES (?, ?, ?, 1, ?) ON CONFLICT DO UPDATE SET"
        " quantity = quantity + excluded.quantity, events = events + 1, amount = amount + excluded.amount",
        (context.now // DAY * DAY, body.event_type, body.quantity, amount),
    )
    usage = _model(context.store.one(UsageEventRow, "SELECT * FROM usage_events WHERE id = ?", (usage_id,)))
    emit(context, events.USAGE_RECORDED, UsageRecordedEventData(usage_event=usage))
    trigger_alerts(context, before)
    return usage


@handles(operations.GET_USAGE)
def get_usage(context: RequestContext) -> UsageSummary:
    """Sum up the current month's usage by event type."""
    start, end = month_of(context.now)
    rows = context.store.all(
        _Sum,
        "SELECT event_type, sum(quantity) AS quantity, sum(events) AS events, sum(amount) AS amount FROM usage_days"
        " WHERE began_at >= ? AND began_at < ? GROUP BY event_type ORDER BY event_type",
        (start, end),
    )
    return UsageSummary(
        period_start=from_microseconds(start),
        period_end=from_microseconds(end),
        totals=[
            UsageTotal(
                event_type=row.event_type,
                quantity=total_quantity(row.quantity),
                event_count=row.events,
                amount=number(row.amount),
                _raw=nulls(UsageTotal),
            )
            for row in rows
        ],
        total_amount=number(sum(row.amount for row in rows)),
        currency=CURRENCY,
        _raw=nulls(UsageSummary),
    )


@handles(operations.GET_USAGE_AGGREGATES)
def get_aggregates(context: RequestContext) -> list[UsageAggregate]:
    """Sum up each day's usage by event type, oldest day first. Days without usage are omitted."""
    rows = context.store.all(UsageDayRow, "SELECT * FROM usage_days ORDER BY began_at, event_type")
    return [
        UsageAggregate(
            event_type=row.event_type,
            granularity=GRANULARITY,
            period_start=from_microseconds(row.began_at),
            period_end=from_microseconds(row.began_at + DAY),
            quantity=total_quantity(row.quantity),
            event_count=row.events,
            amount=number(row.amount),
            currency=CURRENCY,
            _raw=nulls(UsageAggregate),
        )
        for row in rows
    ]


def all_usage(context: Context) -> list[UsageEvent]:
    """All usage events, oldest first. The API has no operation for this."""
    return [_model(row) for row in context.store.all(UsageEventRow, "SELECT * FROM usage_events ORDER BY n")]


def _model(row: UsageEventRow) -> UsageEvent:
    return UsageEvent(
        id=row.id,
        event_type=row.event_type,
        quantity=row.quantity,
        unit_price=number(row.unit_price),
        amount=number(row.amount),
        currency=CURRENCY,
        transaction_id=row.transaction_id,
        metadata=from_json(row.metadata),
        created_at=from_microseconds(row.created_at),
        _raw=nulls(UsageEvent),
    )
