"""Get a delivery: GET /deliveries/{delivery_id}.

Returns a delivery.

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.delivery import Delivery
from ...operations import GET_WEBHOOK_DELIVERY
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
    delivery_id: str,
) -> Request[Delivery]:
    """Prepares the call; nothing is sent.

    Args:
        delivery_id: The delivery's id, from the list of deliveries.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_WEBHOOK_DELIVERY,
        f"/deliveries/{path_segment(delivery_id, 'delivery_id')}",
        parse,
    )


def parse(data: Any) -> Delivery:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Delivery, data)


def sync_detailed(
    delivery_id: str,
    *,
    client: Client,
) -> Response[Delivery]:
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
) -> Delivery:
    """Get a delivery. The arguments are those of `build`.

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
) -> Response[Delivery]:
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
) -> Delivery:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            delivery_id,
        )
    )
