"""List events: GET /events.

Returns the application's events: those caused by OrbitConnect and those that you published.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.platform_event import PlatformEvent
from ...operations import LIST_EVENTS
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    result_list,
)


def build() -> Request[list[PlatformEvent]]:
    """Build the request without sending it.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        LIST_EVENTS,
        "/events",
        parse,
    )


def parse(data: Any) -> list[PlatformEvent]:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_list(PlatformEvent, data)


def sync_detailed(
    *,
    client: Client,
) -> Response[list[PlatformEvent]]:
    """List events. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build())


def sync(
    *,
    client: Client,
) -> list[PlatformEvent]:
    """List events.

    Args:
        client: The `raw` of an `OrbitServer`.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 401 (`unauthorized`), 429 (`rate_limited`),
            431 (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build())


async def asyncio_detailed(
    *,
    client: AsyncClient,
) -> Response[list[PlatformEvent]]:
    """List events. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build())


async def asyncio(
    *,
    client: AsyncClient,
) -> list[PlatformEvent]:
    """List events. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build())
