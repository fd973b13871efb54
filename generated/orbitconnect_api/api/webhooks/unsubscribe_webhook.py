"""Unsubscribe a webhook from an event type: DELETE /webhooks/{webhook_id}/subscriptions/{subscription_id}.

Deletes one of the webhook's subscriptions. Repeating the request has no effect.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from ...operations import UNSUBSCRIBE_WEBHOOK
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    result_none,
)


def build(
    webhook_id: str,
    subscription_id: str,
) -> Request[None]:
    """Build the request without sending it.

    Args:
        webhook_id: The webhook's id, as returned when the webhook was created.
        subscription_id: The subscription's id, as returned when the webhook was subscribed.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        UNSUBSCRIBE_WEBHOOK,
        f"/webhooks/{path_segment(webhook_id, 'webhook_id')}/subscriptions/{path_segment(subscription_id, 'subscription_id')}",
        parse,
    )


parse = result_none


def sync_detailed(
    webhook_id: str,
    subscription_id: str,
    *,
    client: Client,
) -> Response[None]:
    """Unsubscribe a webhook from an event type. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            webhook_id,
            subscription_id,
        )
    )


def sync(
    webhook_id: str,
    subscription_id: str,
    *,
    client: Client,
) -> None:
    """Unsubscribe a webhook from an event type.

    Args:
        client: The `raw` of an `OrbitServer`.
        webhook_id: The webhook's id, as returned when the webhook was created.
        subscription_id: The subscription's id, as returned when the webhook was subscribed.

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
            subscription_id,
        )
    )


async def asyncio_detailed(
    webhook_id: str,
    subscription_id: str,
    *,
    client: AsyncClient,
) -> Response[None]:
    """Unsubscribe a webhook from an event type. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            webhook_id,
            subscription_id,
        )
    )


async def asyncio(
    webhook_id: str,
    subscription_id: str,
    *,
    client: AsyncClient,
) -> None:
    """Unsubscribe a webhook from an event type. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            webhook_id,
            subscription_id,
        )
    )
