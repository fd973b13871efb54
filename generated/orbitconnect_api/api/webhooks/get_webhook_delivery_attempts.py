"""List a delivery's attempts: GET /deliveries/{delivery_id}/attempts.

Returns every attempt to deliver the event, with the receiver's response. Use this to find out why an event did not
arrive.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.delivery_attempt import DeliveryAttempt
from ...operations import GET_WEBHOOK_DELIVERY_ATTEMPTS
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
    delivery_id: str,
) -> Request[list[DeliveryAttempt]]:
    """Build the request without sending it.

    Args:
        delivery_id: The delivery's id, from the list of deliveries.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_WEBHOOK_DELIVERY_ATTEMPTS,
        f"/deliveries/{path_segment(delivery_id, 'delivery_id')}/attempts",
        parse,
    )


def parse(data: Any) -> list[DeliveryAttempt]:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_list(DeliveryAttempt, data)


def sync_detailed(
    delivery_id: str,
    *,
    client: Client,
) -> Response[list[DeliveryAttempt]]:
    """List a delivery's attempts. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            delivery_id,
        )
    )


def sync(
    delivery_id: str,
    *,
    client: Client,
) -> list[DeliveryAttempt]:
    """List a delivery's attempts.

    Args:
        client: The `raw` of an `OrbitServer`.
        delivery_id: The delivery's id, from the list of deliveries.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            404 (`resource_not_found`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503
            (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(
            delivery_id,
        )
    )


async def asyncio_detailed(
    delivery_id: str,
    *,
    client: AsyncClient,
) -> Response[list[DeliveryAttempt]]:
    """List a delivery's attempts. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            delivery_id,
        )
    )


async def asyncio(
    delivery_id: str,
    *,
    client: AsyncClient,
) -> list[DeliveryAttempt]:
    """List a delivery's attempts. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            delivery_id,
        )
    )
