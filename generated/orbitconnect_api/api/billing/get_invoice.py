"""Get an invoice: GET /invoices/{invoice_id}.

Returns an invoice.

Wire form: observed. Retry class: safe.
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
    """Prepares the call; nothing is sent.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Invoice, data)


def sync_detailed(
    invoice_id: str,
    *,
    client: Client,
) -> Response[Invoice]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
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
    """Get an invoice. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        invoice_id: The invoice's id, from the list of invoices.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            invoice_id,
        )
    )
