"""Create or update a user: POST /app-users.

Registers one of your users. This is an upsert on `external_id`: if a user with that id already exists, the user's
fields are updated and the same user is returned.

Wire form: observed. Retry class: safe. The operation is an upsert on `external_id`.
"""

from __future__ import annotations

from typing import Any

from ...models.app_user import AppUser
from ...models.create_app_user_body import CreateAppUserBody
from ...operations import CREATE_APP_USER
from ...raw_calls import async_client, body_of, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    result_model,
)


def build(
    *,
    body: CreateAppUserBody,
) -> Request[AppUser]:
    """Prepares the call; nothing is sent.

    Args:
        body: The user to create, or to update if the `external_id` already exists.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        CREATE_APP_USER,
        "/app-users",
        parse,
        body=body_of(body, CreateAppUserBody),
    )


def parse(data: Any) -> AppUser:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(AppUser, data)


def sync_detailed(
    *,
    client: Client,
    body: CreateAppUserBody,
) -> Response[AppUser]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


def sync(
    *,
    client: Client,
    body: CreateAppUserBody,
) -> AppUser:
    """Create or update a user. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The user to create, or to update if the `external_id` already exists.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(
            body=body,
        )
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: CreateAppUserBody,
) -> Response[AppUser]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            body=body,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    body: CreateAppUserBody,
) -> AppUser:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
