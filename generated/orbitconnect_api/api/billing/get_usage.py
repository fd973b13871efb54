"""Get a usage summary: GET /usage.

Returns the usage in the current billing period (inferred), with a total for each event type.

Wire form: observed. Retry class: safe.
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
    """Prepares the call; nothing is sent.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(UsageSummary, data)


def sync_detailed(
    *,
    client: Client,
) -> Response[UsageSummary]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build())


def sync(
    *,
    client: Client,
) -> UsageSummary:
    """Get a usage summary. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build())


async def asyncio_detailed(
    *,
    client: AsyncClient,
) -> Response[UsageSummary]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build())


async def asyncio(
    *,
    client: AsyncClient,
) -> UsageSummary:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build())
