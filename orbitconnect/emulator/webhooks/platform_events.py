"""The events that the API has emitted and those that the application has published."""

from __future__ import annotations

from typing import Final, NamedTuple

from attrs import evolve

from orbitconnect_api import operations
from orbitconnect_api.models.delivery import Delivery
from orbitconnect_api.models.platform_event import PlatformEvent
from orbitconnect_api.models.publish_event_body import PublishEventBody

from ..clock import from_microseconds, time_or_none
from ..context import RequestContext
from ..fan_out import count_receivers, deliver_to_subscribers, start_fan_out
from ..json_text import from_json
from ..model_fields import nulls
from ..outbox import PUBLISHED, add_undelivered_event
from ..refusals import not_found
from ..registry import handles
from .deliveries import LONGEST_LOG, deliveries_by_id

_SELECT: Final = (
    "SELECT e.id, e.type, e.source, e.data, (SELECT count(*) FROM deliveries d WHERE d.event_id = e.id)"
    " AS delivery_count, e.last_replayed_at, e.created_at FROM events e"
)


class _Event(NamedTuple):
    """A row that `_SELECT` returns."""

    id: str
    type: str
    source: str
    data: str
    delivery_count: int
    last_replayed_at: int | None
    created_at: int


@handles(operations.PUBLISH_EVENT)
def publish_event(context: RequestContext) -> PlatformEvent:
    """Publish an event of any type. Its payload is stored unchanged."""
    body = PublishEventBody.from_dict(context.body)
    event = _find(context, add_undelivered_event(context, body.type, body.payload, PUBLISHED))
    start_fan_out(context.store, event.id, body.type)
    return evolve(event, delivery_count=count_receivers(context.store, body.type), _raw=nulls(PlatformEvent))


@handles(operations.LIST_EVENTS)
def list_events(context: RequestContext) -> list[PlatformEvent]:
    """List the events, newest first."""
    return [_model(row) for row in context.store.all(_Event, f"{_SELECT} ORDER BY e.n DESC LIMIT ?", (LONGEST_LOG,))]


@handles(operations.REPLAY_EVENT)
def replay_event(context: RequestContext, event_id: str) -> list[Delivery]:
    """Redeliver an event to the webhooks that are currently subscribed to its type. Returns the new deliveries."""
    event = _find(context, event_id)
    context.store.run("UPDATE events SET last_replayed_at = ? WHERE id = ?", (context.now, event_id))
    delivery_ids = deliver_to_subscribers(context.store, event_id, event.type or "", context.now)
    return deliveries_by_id(context, delivery_ids)


def _find(context: RequestContext, event_id: str) -> PlatformEvent:
    row = context.store.one_or_none(_Event, f"{_SELECT} WHERE e.id = ?", (event_id,))
    if row is None:
        raise not_found("event")
    return _model(row)


def _model(row: _Event) -> PlatformEvent:
    return PlatformEvent(
        id=row.id,
        type=row.type,
        source=row.source,
        payload=from_json(row.data),
        delivery_count=row.delivery_count,
        last_replayed_at=time_or_none(row.last_replayed_at),
        created_at=from_microseconds(row.created_at),
        _raw=nulls(PlatformEvent),
    )
