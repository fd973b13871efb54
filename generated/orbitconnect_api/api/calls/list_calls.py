"""List calls: GET /calls.

Returns the calls that the acting user made or received. The vendor's React Native changelog says that call history
is paged and has data about the caller and the callee. The names of these parameters and fields are unknown.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.call import Call
from ...operations import LIST_CALLS
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    result_list,
)


def build(
    *,
    acting_user_id: str | None = None,
) -> Request[list[Call]]:
    """Build the request without sending it.

    Args:
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        LIST_CALLS,
        "/calls",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> list[Call]:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_list(Call, data)


def sync_detailed(
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[list[Call]]:
    """List calls. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(acting_user_id=acting_user_id))


def sync(
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> list[Call]:
    """List calls.

    Args:
        client: The `raw` of an `OrbitServer`.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`acting_user_required`), 401
            (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 429 (`rate_limited`), 431
            (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(acting_user_id=acting_user_id))


async def asyncio_detailed(
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[list[Call]]:
    """List calls. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(acting_user_id=acting_user_id))


async def asyncio(
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> list[Call]:
    """List calls. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(acting_user_id=acting_user_id))
