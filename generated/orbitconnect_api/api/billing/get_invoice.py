"""Get an invoice: GET /invoices/{invoice_id}.

Returns an invoice.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.invoice import Invoice
from ...operations import GET_INVOICE
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
    invoice_id: str,
) -> Request[Invoice]:
    """Build the request without sending it.

    Args:
        invoice_id: The invoice's id, from the list of invoices.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_INVOICE,
        f"/invoices/{path_segment(invoice_id, 'invoice_id')}",
        parse,
    )


def parse(data: Any) -> Invoice:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Invoice, data)


def sync_detailed(
    invoice_id: str,
    *,
    client: Client,
) -> Response[Invoice]:
    """Get an invoice. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            invoice_id,
        )
    )


def sync(
    invoice_id: str,
    *,
    client: Client,
) -> Invoice:
    """Get an invoice.

    Args:
        client: The `raw` of an `OrbitServer`.
        invoice_id: The invoice's id, from the list of invoices.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            404 (`resource_not_found`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503
            (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(
            invoice_id,
        )
    )


async def asyncio_detailed(
    invoice_id: str,
    *,
    client: AsyncClient,
) -> Response[Invoice]:
    """Get an invoice. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            invoice_id,
        )
    )


async def asyncio(
    invoice_id: str,
    *,
    client: AsyncClient,
) -> Invoice:
    """Get an invoice. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            invoice_id,
        )
    )
