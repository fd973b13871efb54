"""Get a user: GET /app-users/{user_id}.

Returns a user.

Provenance: observed. Retry class: safe.
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
    """Build the request without sending it.

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
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(AppUser, data)


def sync_detailed(
    user_id: str,
    *,
    client: Client,
) -> Response[AppUser]:
    """Get a user. Like `sync`, but returns the status, headers and body as well."""
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
    """Get a user.

    Args:
        client: The `raw` of an `OrbitServer`.
        user_id: The user's id, as returned when the user was created.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            404 (`resource_not_found`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503
            (`server_error`). Other codes can occur.
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
    """Get a user. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
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
    """Get a user. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            user_id,
        )
    )
