"""Deactivate a user: DELETE /app-users/{user_id}.

Deactivates a user. The user's history is preserved. Repeating the request has no effect.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from ...operations import DEACTIVATE_APP_USER
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    result_none,
)


def build(
    user_id: str,
) -> Request[None]:
    """Build the request without sending it.

    Args:
        user_id: The user's id, as returned when the user was created.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        DEACTIVATE_APP_USER,
        f"/app-users/{path_segment(user_id, 'user_id')}",
        parse,
    )


parse = result_none


def sync_detailed(
    user_id: str,
    *,
    client: Client,
) -> Response[None]:
    """Deactivate a user. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            user_id,
        )
    )


def sync(
    user_id: str,
    *,
    client: Client,
) -> None:
    """Deactivate a user.

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
) -> Response[None]:
    """Deactivate a user. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            user_id,
        )
    )


async def asyncio(
    user_id: str,
    *,
    client: AsyncClient,
) -> None:
    """Deactivate a user. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            user_id,
        )
    )
