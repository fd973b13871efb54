"""Record usage: POST /usage/events.

Records usage. Its price is deducted from the wallet (inferred). The wallet's balance can become negative (inferred).
Usage that is recorded twice is charged twice.

Provenance: inferred. Retry class: never. The operation moves money.
"""

from __future__ import annotations

from typing import Any

from ...models.record_usage_event_body import RecordUsageEventBody
from ...models.usage_event import UsageEvent
from ...operations import RECORD_USAGE_EVENT
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
    body: RecordUsageEventBody,
) -> Request[UsageEvent]:
    """Build the request without sending it.

    Args:
        body: The usage to record.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        RECORD_USAGE_EVENT,
        "/usage/events",
        parse,
        body=body_of(body, RecordUsageEventBody),
    )


def parse(data: Any) -> UsageEvent:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(UsageEvent, data)


def sync_detailed(
    *,
    client: Client,
    body: RecordUsageEventBody,
) -> Response[UsageEvent]:
    """Record usage. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


def sync(
    *,
    client: Client,
    body: RecordUsageEventBody,
) -> UsageEvent:
    """Record usage.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The usage to record.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            408 (`request_timeout`), 409 (`conflict`), 413 (`too_large`), 415 (`unsupported_media_type`), 422
            (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`).
            Other codes can occur.
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
    body: RecordUsageEventBody,
) -> Response[UsageEvent]:
    """Record usage. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    body: RecordUsageEventBody,
) -> UsageEvent:
    """Record usage. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
