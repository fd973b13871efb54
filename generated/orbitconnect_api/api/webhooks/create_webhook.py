"""Register a webhook: POST /webhooks.

Registers an endpoint that receives events. A new webhook receives no events until you subscribe it to event types.
The response contains the secret that deliveries are signed with. Store it: later responses omit it (inferred).

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.create_webhook_body import CreateWebhookBody
from ...models.webhook import Webhook
from ...operations import CREATE_WEBHOOK
from ...raw_calls import async_client, body_of, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    result_model,
)


def build(
    *,
    body: CreateWebhookBody,
) -> Request[Webhook]:
    """Build the request without sending it.

    Args:
        body: The webhook to register.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        CREATE_WEBHOOK,
        "/webhooks",
        parse,
        body=body_of(body, CreateWebhookBody),
    )


def parse(data: Any) -> Webhook:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Webhook, data)


def sync_detailed(
    *,
    client: Client,
    body: CreateWebhookBody,
) -> Response[Webhook]:
    """Register a webhook. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


def sync(
    *,
    client: Client,
    body: CreateWebhookBody,
) -> Webhook:
    """Register a webhook.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The webhook to register.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            408 (`request_timeout`), 413 (`too_large`), 415 (`unsupported_media_type`), 422 (`validation_failed`), 429
            (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(
            body=body,
        )
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: CreateWebhookBody,
) -> Response[Webhook]:
    """Register a webhook. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    body: CreateWebhookBody,
) -> Webhook:
    """Register a webhook. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
