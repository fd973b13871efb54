"""List a webhook's deliveries: GET /webhooks/{webhook_id}/deliveries.

Returns the deliveries to the webhook, whatever their status.

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.delivery import Delivery
from ...operations import LIST_WEBHOOK_DELIVERIES
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
) -> Request[list[Delivery]]:
    """Prepares the call; nothing is sent.

    Args:
        webhook_id: The webhook's id, as returned when the webhook was created.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        LIST_WEBHOOK_DELIVERIES,
        f"/webhooks/{path_segment(webhook_id, 'webhook_id')}/deliveries",
        parse,
    )


def parse(data: Any) -> list[Delivery]:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_list(Delivery, data)


def sync_detailed(
    webhook_id: str,
    *,
    client: Client,
) -> Response[list[Delivery]]:
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
) -> list[Delivery]:
    """List a webhook's deliveries. The arguments are those of `build`.

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
) -> Response[list[Delivery]]:
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
) -> list[Delivery]:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            webhook_id,
        )
    )
