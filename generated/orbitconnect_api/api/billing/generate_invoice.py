"""Generate an invoice: POST /invoices/generate.

Generates an invoice for the usage in a period. Without `from` and `to`, the invoice covers the current billing
period so far (inferred). Usage that is already on an invoice is not billed again (inferred).

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.generate_invoice_body import GenerateInvoiceBody
from ...models.invoice import Invoice
from ...operations import GENERATE_INVOICE
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
    body: GenerateInvoiceBody,
) -> Request[Invoice]:
    """Build the request without sending it.

    Args:
        body: The period that the invoice covers.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GENERATE_INVOICE,
        "/invoices/generate",
        parse,
        body=body_of(body, GenerateInvoiceBody),
    )


def parse(data: Any) -> Invoice:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Invoice, data)


def sync_detailed(
    *,
    client: Client,
    body: GenerateInvoiceBody,
) -> Response[Invoice]:
    """Generate an invoice. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


def sync(
    *,
    client: Client,
    body: GenerateInvoiceBody,
) -> Invoice:
    """Generate an invoice.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The period that the invoice covers.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            408 (`request_timeout`), 413 (`too_large`), 415 (`unsupported_media_type`), 422 (`validation_failed`), 429
            (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
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
    body: GenerateInvoiceBody,
) -> Response[Invoice]:
    """Generate an invoice. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    body: GenerateInvoiceBody,
) -> Invoice:
    """Generate an invoice. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
