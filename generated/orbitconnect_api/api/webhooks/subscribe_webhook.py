"""Subscribe a webhook to an event type: POST /webhooks/{webhook_id}/subscriptions.

Subscribes the webhook to events of the given type. From then on, every such event is delivered to the webhook. Call
this once for each type.

Wire form: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.subscribe_webhook_body import SubscribeWebhookBody
from ...models.webhook_subscription import WebhookSubscription
from ...operations import SUBSCRIBE_WEBHOOK
from ...raw_calls import async_client, body_of, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    result_model,
)


def build(
    webhook_id: str,
    *,
    body: SubscribeWebhookBody,
) -> Request[WebhookSubscription]:
    """Prepares the call; nothing is sent.

    Args:
        webhook_id: The webhook's id, as returned when the webhook was created.
        body: The event type to subscribe to.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        SUBSCRIBE_WEBHOOK,
        f"/webhooks/{path_segment(webhook_id, 'webhook_id')}/subscriptions",
        parse,
        body=body_of(body, SubscribeWebhookBody),
    )


def parse(data: Any) -> WebhookSubscription:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(WebhookSubscription, data)


def sync_detailed(
    webhook_id: str,
    *,
    client: Client,
    body: SubscribeWebhookBody,
) -> Response[WebhookSubscription]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            webhook_id,
            body=body,
        )
    )


def sync(
    webhook_id: str,
    *,
    client: Client,
    body: SubscribeWebhookBody,
) -> WebhookSubscription:
    """Subscribe a webhook to an event type. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        webhook_id: The webhook's id, as returned when the webhook was created.
        body: The event type to subscribe to.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(
            webhook_id,
            body=body,
        )
    )


async def asyncio_detailed(
    webhook_id: str,
    *,
    client: AsyncClient,
    body: SubscribeWebhookBody,
) -> Response[WebhookSubscription]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            webhook_id,
            body=body,
        )
    )


async def asyncio(
    webhook_id: str,
    *,
    client: AsyncClient,
    body: SubscribeWebhookBody,
) -> WebhookSubscription:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            webhook_id,
            body=body,
        )
    )
