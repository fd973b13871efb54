"""List users: GET /app-users.

Returns all users of the application, or only the active ones.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.app_user import AppUser
from ...operations import LIST_APP_USERS
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    query_string,
    result_list,
    write_boolean,
)


def build(
    *,
    active: bool | None = None,
) -> Request[list[AppUser]]:
    """Build the request without sending it.

    Args:
        active: `true` returns only active users. Omit it to return all users.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        LIST_APP_USERS,
        "/app-users",
        parse,
        query=query_string((("active", active, write_boolean),)),
    )


def parse(data: Any) -> list[AppUser]:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_list(AppUser, data)


def sync_detailed(
    *,
    client: Client,
    active: bool | None = None,
) -> Response[list[AppUser]]:
    """List users. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            active=active,
        )
    )


def sync(
    *,
    client: Client,
    active: bool | None = None,
) -> list[AppUser]:
    """List users.

    Args:
        client: The `raw` of an `OrbitServer`.
        active: `true` returns only active users. Omit it to return all users.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            422 (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503
            (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(
            active=active,
        )
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
    active: bool | None = None,
) -> Response[list[AppUser]]:
    """List users. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            active=active,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    active: bool | None = None,
) -> list[AppUser]:
    """List users. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            active=active,
        )
    )
