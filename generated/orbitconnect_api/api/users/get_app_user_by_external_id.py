"""Get a user by external id: GET /app-users/external/{external_id}.

Returns the user with the given `external_id`.

Wire form: observed. Retry class: safe.
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
    """Prepares the call; nothing is sent.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(AppUser, data)


def sync_detailed(
    external_id: str,
    *,
    client: Client,
) -> Response[AppUser]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
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
    """Get a user by external id. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        external_id: Your own id for the user, as passed when the user was created.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            external_id,
        )
    )
