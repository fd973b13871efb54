"""List invoices: GET /invoices.

Returns all invoices of the application, newest first (inferred).

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.invoice import Invoice
from ...operations import GET_INVOICES
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    result_list,
)


def build() -> Request[list[Invoice]]:
    """Build the request without sending it.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_INVOICES,
        "/invoices",
        parse,
    )


def parse(data: Any) -> list[Invoice]:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_list(Invoice, data)


def sync_detailed(
    *,
    client: Client,
) -> Response[list[Invoice]]:
    """List invoices. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build())


def sync(
    *,
    client: Client,
) -> list[Invoice]:
    """List invoices.

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
) -> Response[list[Invoice]]:
    """List invoices. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build())


async def asyncio(
    *,
    client: AsyncClient,
) -> list[Invoice]:
    """List invoices. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build())
