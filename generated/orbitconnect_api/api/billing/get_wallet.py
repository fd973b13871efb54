"""Get the wallet: GET /wallet.

Returns the application's wallet. Each application has one.

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.wallet import Wallet
from ...operations import GET_WALLET
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    result_model,
)


def build() -> Request[Wallet]:
    """Prepares the call; nothing is sent.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_WALLET,
        "/wallet",
        parse,
    )


def parse(data: Any) -> Wallet:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Wallet, data)


def sync_detailed(
    *,
    client: Client,
) -> Response[Wallet]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build())


def sync(
    *,
    client: Client,
) -> Wallet:
    """Get the wallet. The arguments are those of `build`.

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
) -> Response[Wallet]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build())


async def asyncio(
    *,
    client: AsyncClient,
) -> Wallet:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build())
