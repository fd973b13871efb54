"""Create a billing alert: POST /alerts.

Creates an alert that is triggered when the balance falls below a threshold. OrbitConnect then sends
`wallet.low_balance` (inferred).

Wire form: inferred. Retry class: never.
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
    """Prepares the call; nothing is sent.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(BillingAlert, data)


def sync_detailed(
    *,
    client: Client,
    body: CreateBillingAlertBody,
) -> Response[BillingAlert]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
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
    """Create a billing alert. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The alert to create.

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
    body: CreateBillingAlertBody,
) -> Response[BillingAlert]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
