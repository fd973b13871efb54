"""Create or update a user: POST /app-users.

Registers one of your users. This is an upsert on `external_id`: if a user with that id already exists, the user's
fields are updated and the same user is returned.

Provenance: observed. Retry class: safe. The operation is an upsert on `external_id`.
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
    """Build the request without sending it.

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
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(AppUser, data)


def sync_detailed(
    *,
    client: Client,
    body: CreateAppUserBody,
) -> Response[AppUser]:
    """Create or update a user. Like `sync`, but returns the status, headers and body as well."""
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
    """Create or update a user.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The user to create, or to update if the `external_id` already exists.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            408 (`request_timeout`), 413 (`too_large`), 415 (`unsupported_media_type`), 422 (`validation_failed`), 429
            (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
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
    """Create or update a user. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
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
    """Create or update a user. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            body=body,
        )
    )
