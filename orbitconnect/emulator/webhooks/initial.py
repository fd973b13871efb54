"""Webhooks that exist when the emulator starts, with a secret that the application already knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import field, frozen

from orbitconnect_api.types import SafeRepr

from ...webhooks.signature import checked_secret
from ..context import Context
from ..fan_out import ANY
from ..ids import derived_id
from ..tables.webhooks import WebhookRow
from .endpoints import new_secret, url_flaw
from .subscriptions import is_subscribable

_FIND: Final = "SELECT * FROM webhooks WHERE url = ? AND deleted_at IS NULL ORDER BY n"


def _event_types(given: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


@frozen(repr=False)
class InitialWebhook(SafeRepr):
    """A webhook that exists when an emulator starts, and again after `Emulator.reset`.

    If the state already has a webhook with this URL, the existing webhook keeps its id, gets this secret and is
    activated.

    Raises:
        ValueError: If the URL, the secret or an event type cannot be used.
    """

    url: str
    """Where events are delivered, on this machine, such as `http://127.0.0.1:8000/webhooks`."""
    secret: str | None = field(default=None, repr=False)
    """The secret that signs deliveries. Default: a secret derived from the emulator's seed and the URL."""
    events: tuple[str, ...] = field(default=(ANY,), converter=_event_types)
    """The event types to subscribe to, such as `message.sent`, `message.*` or `*` for all (default)."""

    def __attrs_post_init__(self) -> None:
        flaw = url_flaw(self.url)
        if flaw is not None:
            raise ValueError(f"The webhook's url {flaw}.")
        if self.secret is not None:
            checked_secret(self.secret)
        for event_type in self.events:
            if not is_subscribable(event_type):
                raise ValueError(f"{event_type!r} is not an event type, such as message.sent, message.* or *.")


def register(context: Context, webhooks: Iterable[InitialWebhook]) -> None:
    """Register webhooks, or update existing ones.

    Their ids are derived from the URL, so these webhooks do not affect the ids of resources that requests create.
    """
    for webhook in webhooks:
        _register(context, webhook)


def _register(context: Context, webhook: InitialWebhook) -> None:
    store = context.store
    row = store.one_or_none(WebhookRow, _FIND, (webhook.url,))
    if row is None:
        earlier = store.count("SELECT count(*) FROM webhooks WHERE url = ?", (webhook.url,))
        webhook_id = derived_id(store.key, "whk", webhook.url, str(earlier))
        signed_with = webhook.secret or new_secret(store.key, webhook_id)
        store.run(
            "INSERT INTO webhooks (id, url, secret, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
            (webhook_id, webhook.url, signed_with, context.now, context.now),
        )
    else:
        webhook_id, signed_with = row.id, webhook.secret or row.secret
        store.run(
            "UPDATE webhooks SET secret = ?, is_active = 1, paused_until = NULL, updated_at = ? WHERE id = ?",
            (signed_with, context.now, webhook_id),
        )
    for event_type in webhook.events:
        _subscribe(context, webhook_id, event_type)


def secret_of(context: Context, webhook: InitialWebhook) -> str:
    """The secret that signs the webhook's deliveries."""
    return context.store.one(WebhookRow, _FIND, (webhook.url,)).secret


def _subscribe(context: Context, webhook_id: str, event_type: str) -> None:
    subscription_key = (webhook_id, event_type)
    where = "FROM subscriptions WHERE webhook_id = ? AND event_type = ?"
    if not context.store.exists(f"SELECT 1 {where} AND deleted_at IS NULL", subscription_key):
        earlier = context.store.count(f"SELECT count(*) {where}", subscription_key)
        subscription_id = derived_id(context.store.key, "sub", *subscription_key, str(earlier))
        context.store.run(
            "INSERT INTO subscriptions (id, webhook_id, event_type, created_at) VALUES (?, ?, ?, ?)",
            (subscription_id, *subscription_key, context.now),
        )
