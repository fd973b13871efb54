"""List users: GET /app-users.

Returns all users of the application, or only the active ones.

Wire form: observed. Retry class: safe.
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
    """Prepares the call; nothing is sent.

    Args:
        active: `true` returns only active users. The parameter is omitted otherwise.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_list(AppUser, data)


def sync_detailed(
    *,
    client: Client,
    active: bool | None = None,
) -> Response[list[AppUser]]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
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
    """List users. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        active: `true` returns only active users. The parameter is omitted otherwise.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            active=active,
        )
    )
