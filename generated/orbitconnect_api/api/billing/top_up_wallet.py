"""Top up the wallet: POST /wallet/top-up.

Adds an amount to the wallet, in the wallet's currency. The server returns either the updated wallet or the
transaction. If a request fails without a response, check the transactions before you try again.

Wire form: observed. Retry class: never. The operation moves money.
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
    """Prepares the call; nothing is sent.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_one_of(Wallet, Transaction, data)


def sync_detailed(
    *,
    client: Client,
    body: TopUpWalletBody,
) -> Response[Wallet | Transaction]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
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
    """Top up the wallet. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The amount to add.

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
    body: TopUpWalletBody,
) -> Response[Wallet | Transaction]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
