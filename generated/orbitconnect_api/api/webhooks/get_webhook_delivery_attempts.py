"""List a delivery's attempts: GET /deliveries/{delivery_id}/attempts.

Returns every attempt to deliver the event, with the receiver's response. Use this to find out why an event did not
arrive.

Wire form: observed. Retry class: safe.
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
    """Prepares the call; nothing is sent.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_list(DeliveryAttempt, data)


def sync_detailed(
    delivery_id: str,
    *,
    client: Client,
) -> Response[list[DeliveryAttempt]]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
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
    """List a delivery's attempts. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        delivery_id: The delivery's id, from the list of deliveries.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            delivery_id,
        )
    )
