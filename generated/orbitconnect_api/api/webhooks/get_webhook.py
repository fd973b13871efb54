"""Get a webhook: GET /webhooks/{webhook_id}.

Returns a webhook, without its secret (inferred).

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.webhook import Webhook
from ...operations import GET_WEBHOOK
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
    """Prepares the call; nothing is sent.

    Args:
        webhook_id: The webhook's id, as returned when the webhook was created.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_WEBHOOK,
        f"/webhooks/{path_segment(webhook_id, 'webhook_id')}",
        parse,
    )


def parse(data: Any) -> Webhook:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Webhook, data)


def sync_detailed(
    webhook_id: str,
    *,
    client: Client,
) -> Response[Webhook]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
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
    """Get a webhook. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        webhook_id: The webhook's id, as returned when the webhook was created.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            webhook_id,
        )
    )
