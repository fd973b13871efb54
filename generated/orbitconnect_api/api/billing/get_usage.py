"""Get a usage summary: GET /usage.

Returns the usage in the current billing period (inferred), with a total for each event type.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.usage_summary import UsageSummary
from ...operations import GET_USAGE
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    result_model,
)


def build() -> Request[UsageSummary]:
    """Build the request without sending it.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_USAGE,
        "/usage",
        parse,
    )


def parse(data: Any) -> UsageSummary:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(UsageSummary, data)


def sync_detailed(
    *,
    client: Client,
) -> Response[UsageSummary]:
    """Get a usage summary. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build())


def sync(
    *,
    client: Client,
) -> UsageSummary:
    """Get a usage summary.

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
) -> Response[UsageSummary]:
    """Get a usage summary. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build())


async def asyncio(
    *,
    client: AsyncClient,
) -> UsageSummary:
    """Get a usage summary. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build())
