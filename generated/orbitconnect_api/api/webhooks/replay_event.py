"""Replay an event: POST /events/{event_id}/replay.

Delivers an event again to every active webhook that is subscribed to its type. The event keeps its id, so receivers
can detect the duplicate (inferred). The server returns either the event or the new deliveries.

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.delivery import Delivery
from ...models.platform_event import PlatformEvent
from ...operations import REPLAY_EVENT
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    result_list,
    result_model,
)


def build(
    event_id: str,
) -> Request[PlatformEvent | list[Delivery]]:
    """Build the request without sending it.

    Args:
        event_id: The event's id, as delivered to webhooks and returned in the list of events.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        REPLAY_EVENT,
        f"/events/{path_segment(event_id, 'event_id')}/replay",
        parse,
    )


def parse(data: Any) -> PlatformEvent | list[Delivery]:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_list(Delivery, data) if isinstance(data, list) else result_model(PlatformEvent, data)


def sync_detailed(
    event_id: str,
    *,
    client: Client,
) -> Response[PlatformEvent | list[Delivery]]:
    """Replay an event. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            event_id,
        )
    )


def sync(
    event_id: str,
    *,
    client: Client,
) -> PlatformEvent | list[Delivery]:
    """Replay an event.

    Args:
        client: The `raw` of an `OrbitServer`.
        event_id: The event's id, as delivered to webhooks and returned in the list of events.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            404 (`resource_not_found`), 408 (`request_timeout`), 413 (`too_large`), 415 (`unsupported_media_type`), 429
            (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(
            event_id,
        )
    )


async def asyncio_detailed(
    event_id: str,
    *,
    client: AsyncClient,
) -> Response[PlatformEvent | list[Delivery]]:
    """Replay an event. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            event_id,
        )
    )


async def asyncio(
    event_id: str,
    *,
    client: AsyncClient,
) -> PlatformEvent | list[Delivery]:
    """Replay an event. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            event_id,
        )
    )
