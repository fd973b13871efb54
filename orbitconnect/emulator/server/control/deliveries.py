"""Lists webhook deliveries with their attempts, and redelivers events."""

from __future__ import annotations

from typing import NamedTuple

from orbitconnect_api.models.delivery import Delivery

from ...context import Context
from ...fan_out import deliver
from ...json_text import JsonObject
from ...refusals import conflict, not_found
from ...rules import WEBHOOK_ACTIVE
from ...webhooks.deliveries import attempts_of, deliveries_by_id


class _Target(NamedTuple):
    """The event of a delivery, and the webhook that it went to."""

    event_id: str
    webhook_id: str
    is_active: int


def deliveries_with_attempts(
    context: Context, webhook_id: str | None, status: str | None, limit: int
) -> list[JsonObject]:
    """The latest deliveries with their attempts, oldest first.

    Args:
        context: The context.
        webhook_id: Only deliveries to this webhook.
        status: Only deliveries with this status.
        limit: The largest number of deliveries.
    """
    given = {name: value for name, value in (("webhook_id", webhook_id), ("status", status)) if value is not None}
    where = "".join(f" AND {name} = ?" for name in given)
    query = f"SELECT id FROM deliveries WHERE true{where} ORDER BY n DESC LIMIT ?"
    ids = context.store.scalars(str, query, (*given.values(), limit))
    return [
        {**delivery.to_dict(), "attempts": [attempt.to_dict() for attempt in attempts_of(context, delivery.id)]}
        for delivery in deliveries_by_id(context, ids)
    ]


def resend(context: Context, delivery_id: str) -> Delivery:
    """Redeliver a delivery's event to the same webhook.

    Returns:
        The new delivery.

    Raises:
        Refusal: If the delivery does not exist, or its webhook was deleted or is not active.
    """
    row = context.store.one_or_none(
        _Target,
        "SELECT d.event_id, d.webhook_id, w.is_active FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id"
        " WHERE d.id = ? AND w.deleted_at IS NULL",
        (delivery_id,),
    )
    if row is None:
        raise not_found("delivery")
    if not row.is_active:
        raise conflict("The webhook is not active.", WEBHOOK_ACTIVE)
    new_id = deliver(context.store, row.event_id, row.webhook_id, context.now, is_replay=True)
    return deliveries_by_id(context, [new_id])[0]
