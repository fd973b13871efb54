"""Get a user: GET /app-users/{user_id}.

Returns a user.

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.app_user import AppUser
from ...operations import GET_APP_USER
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    result_model,
)


def build(
    user_id: str,
) -> Request[AppUser]:
    """Prepares the call; nothing is sent.

    Args:
        user_id: The user's id, as returned when the user was created.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_APP_USER,
        f"/app-users/{path_segment(user_id, 'user_id')}",
        parse,
    )


def parse(data: Any) -> AppUser:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(AppUser, data)


def sync_detailed(
    user_id: str,
    *,
    client: Client,
) -> Response[AppUser]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            user_id,
        )
    )


def sync(
    user_id: str,
    *,
    client: Client,
) -> AppUser:
    """Get a user. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        user_id: The user's id, as returned when the user was created.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(
            user_id,
        )
    )


async def asyncio_detailed(
    user_id: str,
    *,
    client: AsyncClient,
) -> Response[AppUser]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            user_id,
        )
    )


async def asyncio(
    user_id: str,
    *,
    client: AsyncClient,
) -> AppUser:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            user_id,
        )
    )
