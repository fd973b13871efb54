"""Subscribe a webhook to an event type: POST /webhooks/{webhook_id}/subscriptions.

Subscribes the webhook to events of the given type. From then on, every such event is delivered to the webhook. Call
this once for each type.

Provenance: observed. Retry class: never.
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
    """Build the request without sending it.

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
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(WebhookSubscription, data)


def sync_detailed(
    webhook_id: str,
    *,
    client: Client,
    body: SubscribeWebhookBody,
) -> Response[WebhookSubscription]:
    """Subscribe a webhook to an event type. Like `sync`, but returns the status, headers and body as well."""
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
    """Subscribe a webhook to an event type.

    Args:
        client: The `raw` of an `OrbitServer`.
        webhook_id: The webhook's id, as returned when the webhook was created.
        body: The event type to subscribe to.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            404 (`resource_not_found`), 408 (`request_timeout`), 409 (`conflict`), 413 (`too_large`), 415
            (`unsupported_media_type`), 422 (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500
            (`server_error`), 503 (`server_error`). Other codes can occur.
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
    """Subscribe a webhook to an event type. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
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
    """Subscribe a webhook to an event type. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            webhook_id,
            body=body,
        )
    )
