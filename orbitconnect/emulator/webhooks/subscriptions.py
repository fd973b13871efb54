"""Webhook subscriptions: to an event type, to all types with a prefix (`message.*`), or to all events (`*`)."""

from __future__ import annotations

from orbitconnect_api import operations
from orbitconnect_api.models.subscribe_webhook_body import SubscribeWebhookBody
from orbitconnect_api.models.webhook_subscription import WebhookSubscription

from ..clock import from_microseconds
from ..context import RequestContext
from ..fan_out import ANY
from ..model_fields import nulls
from ..refusals import conflict, not_found
from ..registry import handles
from ..rules import SUBSCRIBED_ONCE
from ..tables.webhooks import SubscriptionRow
from .rows import find_webhook


@handles(operations.SUBSCRIBE_WEBHOOK)
def subscribe(context: RequestContext, webhook_id: str) -> WebhookSubscription:
    """Subscribe a webhook to an event type, even one that the API does not have."""
    find_webhook(context, webhook_id)
    body = SubscribeWebhookBody.from_dict(context.body)
    is_subscribed = context.store.exists(
        "SELECT 1 FROM subscriptions WHERE webhook_id = ? AND event_type = ? AND deleted_at IS NULL",
        (webhook_id, body.event_type),
    )
    if is_subscribed:
        raise conflict(f"The webhook is already subscribed to {body.event_type}.", SUBSCRIBED_ONCE)
    subscription_id = context.new_id("sub")
    context.store.run(
        "INSERT INTO subscriptions (id, webhook_id, event_type, created_at) VALUES (?, ?, ?, ?)",
        (subscription_id, webhook_id, body.event_type, context.now),
    )
    return _model(context.store.one(SubscriptionRow, "SELECT * FROM subscriptions WHERE id = ?", (subscription_id,)))


@handles(operations.LIST_WEBHOOK_SUBSCRIPTIONS)
def list_subscriptions(context: RequestContext, webhook_id: str) -> list[WebhookSubscription]:
    """List a webhook's subscriptions, oldest first."""
    find_webhook(context, webhook_id)
    query = "SELECT * FROM subscriptions WHERE webhook_id = ? AND deleted_at IS NULL ORDER BY n"
    return [_model(row) for row in context.store.all(SubscriptionRow, query, (webhook_id,))]


@handles(operations.UNSUBSCRIBE_WEBHOOK)
def unsubscribe(context: RequestContext, webhook_id: str, subscription_id: str) -> None:
    """End a subscription. Pending deliveries are still sent."""
    find_webhook(context, webhook_id)
    of_this = context.store.run(
        "UPDATE subscriptions SET deleted_at = coalesce(deleted_at, ?) WHERE id = ? AND webhook_id = ?",
        (context.now, subscription_id, webhook_id),
    )
    if not of_this:
        raise not_found("subscription")


def is_subscribable(text: str) -> bool:
    """Whether a string is an event type, a prefix with `.*`, or `*`."""
    return text == ANY or is_event_type(text.removesuffix(f".{ANY}"))


def is_event_type(text: str) -> bool:
    """Whether a string can be an event type: printable words separated by dots, without spaces or wildcards."""
    return text.isprintable() and ANY not in text and " " not in text and all(text.split("."))


def _model(row: SubscriptionRow) -> WebhookSubscription:
    return WebhookSubscription(
        id=row.id,
        webhook_id=row.webhook_id,
        event_type=row.event_type,
        created_at=from_microseconds(row.created_at),
        _raw=nulls(WebhookSubscription),
    )
