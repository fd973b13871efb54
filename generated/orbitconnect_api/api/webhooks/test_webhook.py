"""Send a test event: POST /webhooks/{webhook_id}/test.

Delivers an event of type `webhook.test` to the webhook and returns the delivery. The webhook needs no subscription
to that type (inferred).

Provenance: observed. Retry class: never.
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
    """Build the request without sending it.

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
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Delivery, data)


def sync_detailed(
    webhook_id: str,
    *,
    client: Client,
) -> Response[Delivery]:
    """Send a test event. Like `sync`, but returns the status, headers and body as well."""
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
    """Send a test event.

    Args:
        client: The `raw` of an `OrbitServer`.
        webhook_id: The webhook's id, as returned when the webhook was created.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            404 (`resource_not_found`), 408 (`request_timeout`), 409 (`conflict`), 413 (`too_large`), 415
            (`unsupported_media_type`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503
            (`server_error`). Other codes can occur.
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
    """Send a test event. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
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
    """Send a test event. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            webhook_id,
        )
    )
