"""Send a test event: POST /webhooks/{webhook_id}/test.

Delivers an event of type `webhook.test` to the webhook and returns the delivery. The webhook needs no subscription
to that type (inferred).

Wire form: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.delivery import Delivery
from ...operations import TEST_WEBHOOK
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
) -> Request[Delivery]:
    """Prepares the call; nothing is sent.

    Args:
        webhook_id: The webhook's id, as returned when the webhook was created.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        TEST_WEBHOOK,
        f"/webhooks/{path_segment(webhook_id, 'webhook_id')}/test",
        parse,
    )


def parse(data: Any) -> Delivery:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Delivery, data)


def sync_detailed(
    webhook_id: str,
    *,
    client: Client,
) -> Response[Delivery]:
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
) -> Delivery:
    """Send a test event. The arguments are those of `build`.

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
) -> Response[Delivery]:
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
) -> Delivery:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            webhook_id,
        )
    )
