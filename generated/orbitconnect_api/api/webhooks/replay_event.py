"""Replay an event: POST /events/{event_id}/replay.

Delivers an event again to every active webhook that is subscribed to its type. The event keeps its id, so receivers
can detect the duplicate (inferred). The server returns either the event or the new deliveries.

Wire form: observed. Retry class: never.
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
    """Prepares the call; nothing is sent.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_list(Delivery, data) if isinstance(data, list) else result_model(PlatformEvent, data)


def sync_detailed(
    event_id: str,
    *,
    client: Client,
) -> Response[PlatformEvent | list[Delivery]]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
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
    """Replay an event. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        event_id: The event's id, as delivered to webhooks and returned in the list of events.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            event_id,
        )
    )
