"""List transactions: GET /transactions.

Returns all changes to the wallet's balance, newest first (inferred).

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.transaction import Transaction
from ...operations import GET_TRANSACTIONS
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    result_list,
)


def build() -> Request[list[Transaction]]:
    """Prepares the call; nothing is sent.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_TRANSACTIONS,
        "/transactions",
        parse,
    )


def parse(data: Any) -> list[Transaction]:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_list(Transaction, data)


def sync_detailed(
    *,
    client: Client,
) -> Response[list[Transaction]]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build())


def sync(
    *,
    client: Client,
) -> list[Transaction]:
    """List transactions. The arguments are those of `build`.

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
) -> Response[list[Transaction]]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build())


async def asyncio(
    *,
    client: AsyncClient,
) -> list[Transaction]:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build())
