"""Top up the wallet: POST /wallet/top-up.

Adds an amount to the wallet, in the wallet's currency. The server returns either the updated wallet or the
transaction. If a request fails without a response, check the transactions before you try again.

Provenance: observed. Retry class: never. The operation moves money.
"""

from __future__ import annotations

from typing import Any

from ...models.top_up_wallet_body import TopUpWalletBody
from ...models.transaction import Transaction
from ...models.wallet import Wallet
from ...operations import TOP_UP_WALLET
from ...raw_calls import async_client, body_of, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    result_one_of,
)


def build(
    *,
    body: TopUpWalletBody,
) -> Request[Wallet | Transaction]:
    """Build the request without sending it.

    Args:
        body: The amount to add.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        TOP_UP_WALLET,
        "/wallet/top-up",
        parse,
        body=body_of(body, TopUpWalletBody),
    )


def parse(data: Any) -> Wallet | Transaction:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_one_of(Wallet, Transaction, data)


def sync_detailed(
    *,
    client: Client,
    body: TopUpWalletBody,
) -> Response[Wallet | Transaction]:
    """Top up the wallet. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


def sync(
    *,
    client: Client,
    body: TopUpWalletBody,
) -> Wallet | Transaction:
    """Top up the wallet.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The amount to add.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            408 (`request_timeout`), 409 (`conflict`), 413 (`too_large`), 415 (`unsupported_media_type`), 422
            (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`).
            Other codes can occur.
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
    body: TopUpWalletBody,
) -> Response[Wallet | Transaction]:
    """Top up the wallet. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    body: TopUpWalletBody,
) -> Wallet | Transaction:
    """Top up the wallet. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
