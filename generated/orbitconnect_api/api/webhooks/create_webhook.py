"""Register a webhook: POST /webhooks.

Registers an endpoint that receives events. A new webhook receives no events until you subscribe it to event types.
The response contains the secret that deliveries are signed with. Store it: later responses omit it (inferred).

Wire form: observed. Retry class: never.
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
    """Prepares the call; nothing is sent.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Webhook, data)


def sync_detailed(
    *,
    client: Client,
    body: CreateWebhookBody,
) -> Response[Webhook]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
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
    """Register a webhook. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The webhook to register.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
