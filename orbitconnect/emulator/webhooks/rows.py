"""Webhooks in the store, and the API's model of them."""

from __future__ import annotations

from orbitconnect_api.models.webhook import Webhook

from ..clock import from_microseconds, time_or_none
from ..context import Context
from ..model_fields import nulls, wire_name
from ..refusals import not_found
from ..tables.webhooks import WebhookRow


def find_webhook(context: Context, webhook_id: str, *, even_deleted: bool = False) -> WebhookRow:
    """Return a webhook.

    Raises:
        Refusal: If there is no such webhook, or it has been deleted.
    """
    row = context.store.one_or_none(WebhookRow, "SELECT * FROM webhooks WHERE id = ?", (webhook_id,))
    if row is None or (row.deleted_at is not None and not even_deleted):
        raise not_found("webhook")
    return row


def webhook_from(row: WebhookRow, *, with_secret: bool = False) -> Webhook:
    """Build the model of a row. A webhook's secret appears only in responses that assign a new one."""
    secret = wire_name(Webhook, "secret")
    return Webhook(
        id=row.id,
        is_active=bool(row.is_active),
        url=row.url,
        secret=row.secret if with_secret else None,
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        secret_rotated_at=time_or_none(row.secret_rotated_at),
        _raw={name: None for name in nulls(Webhook) if name != secret},
    )
