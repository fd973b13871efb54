"""Create a billing alert: POST /alerts.

Creates an alert that is triggered when the balance falls below a threshold. OrbitConnect then sends
`wallet.low_balance` (inferred).

Provenance: inferred. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.billing_alert import BillingAlert
from ...models.create_billing_alert_body import CreateBillingAlertBody
from ...operations import CREATE_BILLING_ALERT
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
    body: CreateBillingAlertBody,
) -> Request[BillingAlert]:
    """Build the request without sending it.

    Args:
        body: The alert to create.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        CREATE_BILLING_ALERT,
        "/alerts",
        parse,
        body=body_of(body, CreateBillingAlertBody),
    )


def parse(data: Any) -> BillingAlert:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(BillingAlert, data)


def sync_detailed(
    *,
    client: Client,
    body: CreateBillingAlertBody,
) -> Response[BillingAlert]:
    """Create a billing alert. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


def sync(
    *,
    client: Client,
    body: CreateBillingAlertBody,
) -> BillingAlert:
    """Create a billing alert.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The alert to create.

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
    body: CreateBillingAlertBody,
) -> Response[BillingAlert]:
    """Create a billing alert. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    body: CreateBillingAlertBody,
) -> BillingAlert:
    """Create a billing alert. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
