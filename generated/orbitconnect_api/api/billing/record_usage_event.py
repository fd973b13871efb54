"""Record usage: POST /usage/events.

Records usage. Its price is deducted from the wallet (inferred). The wallet's balance can become negative (inferred).
Usage that is recorded twice is charged twice.

Wire form: inferred. Retry class: never. The operation moves money.
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
    """Prepares the call; nothing is sent.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(UsageEvent, data)


def sync_detailed(
    *,
    client: Client,
    body: RecordUsageEventBody,
) -> Response[UsageEvent]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
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
    """Record usage. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The usage to record.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
