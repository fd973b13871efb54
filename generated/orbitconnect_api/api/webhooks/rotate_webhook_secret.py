"""Rotate a webhook's secret: POST /webhooks/{webhook_id}/rotate-secret.

Replaces the webhook's secret and returns the webhook with the new one. From then on, deliveries are signed with the
new secret, including retries of earlier deliveries (inferred).

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.webhook import Webhook
from ...operations import ROTATE_WEBHOOK_SECRET
from ...raw_calls import async_client, sync_client
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
) -> Request[Webhook]:
    """Build the request without sending it.

    Args:
        webhook_id: The webhook's id, as returned when the webhook was created.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        ROTATE_WEBHOOK_SECRET,
        f"/webhooks/{path_segment(webhook_id, 'webhook_id')}/rotate-secret",
        parse,
    )


def parse(data: Any) -> Webhook:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Webhook, data)


def sync_detailed(
    webhook_id: str,
    *,
    client: Client,
) -> Response[Webhook]:
    """Rotate a webhook's secret. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            webhook_id,
        )
    )


def sync(
    webhook_id: str,
    *,
    client: Client,
) -> Webhook:
    """Rotate a webhook's secret.

    Args:
        client: The `raw` of an `OrbitServer`.
        webhook_id: The webhook's id, as returned when the webhook was created.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            404 (`resource_not_found`), 408 (`request_timeout`), 413 (`too_large`), 415 (`unsupported_media_type`), 429
            (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
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
) -> Response[Webhook]:
    """Rotate a webhook's secret. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            webhook_id,
        )
    )


async def asyncio(
    webhook_id: str,
    *,
    client: AsyncClient,
) -> Webhook:
    """Rotate a webhook's secret. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            webhook_id,
        )
    )
