"""Webhook endpoints: registering, updating and deleting them, and their secrets."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from orbitconnect_api import operations
from orbitconnect_api.models.create_webhook_body import CreateWebhookBody
from orbitconnect_api.models.update_webhook_body import UpdateWebhookBody
from orbitconnect_api.models.webhook import Webhook
from orbitconnect_api.types import Unset

from ..context import RequestContext
from ..fan_out import PENDING
from ..ids import secret
from ..refusals import invalid_field
from ..registry import handles
from ..rules import WEBHOOK_URL
from ..tables.webhooks import WebhookRow
from .queue import FAILED
from .rows import find_webhook, webhook_from

_SCHEMES: Final = ("http", "https")


@handles(operations.CREATE_WEBHOOK)
def create_webhook(context: RequestContext) -> Webhook:
    """Register an endpoint, on this machine or elsewhere.

    An application can therefore register its real URL with the emulator. Deliveries to other machines fail, and their
    attempts contain the reason.
    """
    body = CreateWebhookBody.from_dict(context.body)
    _check_url(body, body.url)
    webhook_id = context.new_id("whk")
    context.store.run(
        "INSERT INTO webhooks (id, url, secret, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
        (webhook_id, body.url, _new_secret(context), context.now, context.now),
    )
    return webhook_from(find_webhook(context, webhook_id), with_secret=True)


@handles(operations.LIST_WEBHOOKS)
def list_webhooks(context: RequestContext) -> list[Webhook]:
    """List all webhooks in the order in which they were registered."""
    return [
        webhook_from(row)
        for row in context.store.all(WebhookRow, "SELECT * FROM webhooks WHERE deleted_at IS NULL ORDER BY n")
    ]


@handles(operations.GET_WEBHOOK)
def get_webhook(context: RequestContext, webhook_id: str) -> Webhook:
    """Return one webhook."""
    return webhook_from(find_webhook(context, webhook_id))


@handles(operations.UPDATE_WEBHOOK)
def update_webhook(context: RequestContext, webhook_id: str) -> Webhook:
    """Set the given fields. Pending deliveries go to the new URL, and wait while the webhook is inactive."""
    row = find_webhook(context, webhook_id)
    body = UpdateWebhookBody.from_dict(context.body)
    if not isinstance(body.url, Unset):
        _check_url(body, body.url)
    url = row.url if isinstance(body.url, Unset) else body.url
    is_active = bool(row.is_active) if isinstance(body.is_active, Unset) else body.is_active
    if (url, is_active) == (row.url, bool(row.is_active)):
        return webhook_from(row)
    # Clears the pause, because the old endpoint requested it.
    context.store.run(
        "UPDATE webhooks SET url = ?, is_active = ?, paused_until = NULL, updated_at = ? WHERE id = ?",
        (url, is_active, context.now, webhook_id),
    )
    context.store.run(
        "UPDATE deliveries SET url = ?, next_attempt_at = CASE WHEN ? THEN coalesce(next_attempt_at, ?) END,"
        " updated_at = ? WHERE webhook_id = ? AND status = ?",
        (url, is_active, context.now, context.now, webhook_id, PENDING),
    )
    context.store.look_for_deliveries()
    return webhook_from(find_webhook(context, webhook_id))


@handles(operations.DELETE_WEBHOOK)
def delete_webhook(context: RequestContext, webhook_id: str) -> None:
    """Delete a webhook and its subscriptions. Its pending deliveries fail."""
    if find_webhook(context, webhook_id, even_deleted=True).deleted_at is not None:
        return
    context.store.run(
        "UPDATE webhooks SET is_active = 0, updated_at = ?, deleted_at = ? WHERE id = ?",
        (context.now, context.now, webhook_id),
    )
    context.store.run(
        "UPDATE subscriptions SET deleted_at = ? WHERE webhook_id = ? AND deleted_at IS NULL", (context.now, webhook_id)
    )
    context.store.run(
        "UPDATE deliveries SET status = ?, next_attempt_at = NULL, updated_at = ? WHERE webhook_id = ? AND status = ?",
        (FAILED, context.now, webhook_id, PENDING),
    )


@handles(operations.ROTATE_WEBHOOK_SECRET)
def rotate_secret(context: RequestContext, webhook_id: str) -> Webhook:
    """Rotate a webhook's secret. All later attempts are signed with the new one."""
    find_webhook(context, webhook_id)
    context.store.run(
        "UPDATE webhooks SET secret = ?, secret_rotated_at = ?, updated_at = ? WHERE id = ?",
        (_new_secret(context), context.now, context.now, webhook_id),
    )
    return webhook_from(find_webhook(context, webhook_id), with_secret=True)


def new_secret(key: bytes, purpose: str) -> str:
    """Generate a webhook's secret."""
    return "whsec_" + secret(key, purpose.encode()).hex()


def url_flaw(url: str) -> str | None:
    """What is wrong with a webhook's URL, such as `must be an absolute URL`. None if the URL is valid."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # Reading it validates it.
    except ValueError:
        return "must be an absolute URL"
    if parts.scheme not in _SCHEMES:
        return "must begin with http:// or https://"
    if not parts.hostname:
        return "must have a host"
    if parts.username is not None or parts.password is not None:
        return "must not contain a user name or a password"
    return None


def _new_secret(context: RequestContext) -> str:
    return new_secret(context.store.key, context.new_id("sec"))


def _check_url(body: CreateWebhookBody | UpdateWebhookBody, url: str) -> None:
    flaw = url_flaw(url)
    if flaw is not None:
        raise invalid_field(body, "url", flaw, rule=WEBHOOK_URL)
