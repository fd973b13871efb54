"""Publish an event: POST /events/publish.

Publishes an event. The event is delivered to every active webhook that is subscribed to its type.

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.platform_event import PlatformEvent
from ...models.publish_event_body import PublishEventBody
from ...operations import PUBLISH_EVENT
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
    body: PublishEventBody,
) -> Request[PlatformEvent]:
    """Build the request without sending it.

    Args:
        body: The event to publish.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        PUBLISH_EVENT,
        "/events/publish",
        parse,
        body=body_of(body, PublishEventBody),
    )


def parse(data: Any) -> PlatformEvent:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(PlatformEvent, data)


def sync_detailed(
    *,
    client: Client,
    body: PublishEventBody,
) -> Response[PlatformEvent]:
    """Publish an event. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


def sync(
    *,
    client: Client,
    body: PublishEventBody,
) -> PlatformEvent:
    """Publish an event.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The event to publish.

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
    body: PublishEventBody,
) -> Response[PlatformEvent]:
    """Publish an event. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    body: PublishEventBody,
) -> PlatformEvent:
    """Publish an event. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
