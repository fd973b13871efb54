"""Update a user: PATCH /app-users/{user_id}.

Updates the given fields. Omitted fields stay unchanged.

Provenance: observed. Retry class: safe. The operation sets fields to given values.
"""

from __future__ import annotations

from typing import Any

from ...models.app_user import AppUser
from ...models.update_app_user_body import UpdateAppUserBody
from ...operations import UPDATE_APP_USER
from ...raw_calls import async_client, body_of, sync_client
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
    *,
    body: UpdateAppUserBody,
) -> Request[AppUser]:
    """Build the request without sending it.

    Args:
        user_id: The user's id, as returned when the user was created.
        body: The fields to update. Omitted fields stay unchanged.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        UPDATE_APP_USER,
        f"/app-users/{path_segment(user_id, 'user_id')}",
        parse,
        body=body_of(body, UpdateAppUserBody),
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
    body: UpdateAppUserBody,
) -> Response[AppUser]:
    """Update a user. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(
            user_id,
            body=body,
        )
    )


def sync(
    user_id: str,
    *,
    client: Client,
    body: UpdateAppUserBody,
) -> AppUser:
    """Update a user.

    Args:
        client: The `raw` of an `OrbitServer`.
        user_id: The user's id, as returned when the user was created.
        body: The fields to update. Omitted fields stay unchanged.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            404 (`resource_not_found`), 408 (`request_timeout`), 413 (`too_large`), 415 (`unsupported_media_type`), 422
            (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`).
            Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(
            user_id,
            body=body,
        )
    )


async def asyncio_detailed(
    user_id: str,
    *,
    client: AsyncClient,
    body: UpdateAppUserBody,
) -> Response[AppUser]:
    """Update a user. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(
            user_id,
            body=body,
        )
    )


async def asyncio(
    user_id: str,
    *,
    client: AsyncClient,
    body: UpdateAppUserBody,
) -> AppUser:
    """Update a user. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            user_id,
            body=body,
        )
    )
