"""Get a user by external id: GET /app-users/external/{external_id}.

Returns the user with the given `external_id`.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.app_user import AppUser
from ...operations import GET_APP_USER_BY_EXTERNAL_ID
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
    external_id: str,
) -> Request[AppUser]:
    """Build the request without sending it.

    Args:
        external_id: Your own id for the user, as passed when the user was created.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_APP_USER_BY_EXTERNAL_ID,
        f"/app-users/external/{path_segment(external_id, 'external_id')}",
        parse,
    )


def parse(data: Any) -> AppUser:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(AppUser, data)


def sync_detailed(
    external_id: str,
    *,
    client: Client,
) -> Response[AppUser]:
    """Get a user by external id. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            external_id,
        )
    )


def sync(
    external_id: str,
    *,
    client: Client,
) -> AppUser:
    """Get a user by external id.

    Args:
        client: The `raw` of an `OrbitServer`.
        external_id: Your own id for the user, as passed when the user was created.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            404 (`resource_not_found`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503
            (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(
            external_id,
        )
    )


async def asyncio_detailed(
    external_id: str,
    *,
    client: AsyncClient,
) -> Response[AppUser]:
    """Get a user by external id. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            external_id,
        )
    )


async def asyncio(
    external_id: str,
    *,
    client: AsyncClient,
) -> AppUser:
    """Get a user by external id. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            external_id,
        )
    )
