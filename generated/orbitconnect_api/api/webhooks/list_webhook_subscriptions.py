"""List a webhook's subscriptions: GET /webhooks/{webhook_id}/subscriptions.

Returns all subscriptions of the webhook.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.webhook_subscription import WebhookSubscription
from ...operations import LIST_WEBHOOK_SUBSCRIPTIONS
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    result_list,
)


def build(
    webhook_id: str,
) -> Request[list[WebhookSubscription]]:
    """Build the request without sending it.

    Args:
        webhook_id: The webhook's id, as returned when the webhook was created.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        LIST_WEBHOOK_SUBSCRIPTIONS,
        f"/webhooks/{path_segment(webhook_id, 'webhook_id')}/subscriptions",
        parse,
    )


def parse(data: Any) -> list[WebhookSubscription]:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_list(WebhookSubscription, data)


def sync_detailed(
    webhook_id: str,
    *,
    client: Client,
) -> Response[list[WebhookSubscription]]:
    """List a webhook's subscriptions. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            webhook_id,
        )
    )


def sync(
    webhook_id: str,
    *,
    client: Client,
) -> list[WebhookSubscription]:
    """List a webhook's subscriptions.

    Args:
        client: The `raw` of an `OrbitServer`.
        webhook_id: The webhook's id, as returned when the webhook was created.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            404 (`resource_not_found`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503
            (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(
            webhook_id,
        )
    )


async def asyncio_detailed(
    webhook_id: str,
    *,
    client: AsyncClient,
) -> Response[list[WebhookSubscription]]:
    """List a webhook's subscriptions. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            webhook_id,
        )
    )


async def asyncio(
    webhook_id: str,
    *,
    client: AsyncClient,
) -> list[WebhookSubscription]:
    """List a webhook's subscriptions. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            webhook_id,
        )
    )
