"""Generate an invoice: POST /invoices/generate.

Generates an invoice for the usage in a period. Without `from` and `to`, the invoice covers the current billing
period so far (inferred). Usage that is already on an invoice is not billed again (inferred).

Wire form: observed. Retry class: never.
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
    """Prepares the call; nothing is sent.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Invoice, data)


def sync_detailed(
    *,
    client: Client,
    body: GenerateInvoiceBody,
) -> Response[Invoice]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
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
    """Generate an invoice. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The period that the invoice covers.

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
    body: GenerateInvoiceBody,
) -> Response[Invoice]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
