"""Update a webhook: PATCH /webhooks/{webhook_id}.

Updates the given fields. Omitted fields stay unchanged. A webhook whose `is_active` is false receives no deliveries
until it is true again.

Provenance: observed. Retry class: safe. The operation sets fields to given values.
"""

from __future__ import annotations

from typing import Any

from ...models.update_webhook_body import UpdateWebhookBody
from ...models.webhook import Webhook
from ...operations import UPDATE_WEBHOOK
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
    body: UpdateWebhookBody,
) -> Request[Webhook]:
    """Build the request without sending it.

    Args:
        webhook_id: The webhook's id, as returned when the webhook was created.
        body: The fields to update. Omitted fields stay unchanged.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        UPDATE_WEBHOOK,
        f"/webhooks/{path_segment(webhook_id, 'webhook_id')}",
        parse,
        body=body_of(body, UpdateWebhookBody),
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
    body: UpdateWebhookBody,
) -> Response[Webhook]:
    """Update a webhook. Like `sync`, but returns the status, headers and body as well."""
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
    body: UpdateWebhookBody,
) -> Webhook:
    """Update a webhook.

    Args:
        client: The `raw` of an `OrbitServer`.
        webhook_id: The webhook's id, as returned when the webhook was created.
        body: The fields to update. Omitted fields stay unchanged.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            404 (`resource_not_found`), 408 (`request_timeout`), 413 (`too_large`), 415 (`unsupported_media_type`), 422
            (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`).
            Other codes can occur.
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
    body: UpdateWebhookBody,
) -> Response[Webhook]:
    """Update a webhook. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
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
    body: UpdateWebhookBody,
) -> Webhook:
    """Update a webhook. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            webhook_id,
            body=body,
        )
    )
