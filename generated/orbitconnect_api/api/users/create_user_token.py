"""Issue a short-lived user token: POST /app-users/{user_id}/token.

Issues a token that lets the user's browser or phone call OrbitConnect directly. Pass the token to your frontend.
Never expose the secret key.

Provenance: observed. Retry class: safe. If the response is lost, the token goes unused.
"""

from __future__ import annotations

from typing import Any

from ...models.create_user_token_body import CreateUserTokenBody
from ...models.user_token import UserToken
from ...operations import CREATE_USER_TOKEN
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
    body: CreateUserTokenBody,
) -> Request[UserToken]:
    """Build the request without sending it.

    Args:
        user_id: The user's id, as returned when the user was created.
        body: The lifetime of the token to issue.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        CREATE_USER_TOKEN,
        f"/app-users/{path_segment(user_id, 'user_id')}/token",
        parse,
        body=body_of(body, CreateUserTokenBody),
    )


def parse(data: Any) -> UserToken:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(UserToken, data)


def sync_detailed(
    user_id: str,
    *,
    client: Client,
    body: CreateUserTokenBody,
) -> Response[UserToken]:
    """Issue a short-lived user token. Like `sync`, but returns the status, headers and body as well."""
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
    body: CreateUserTokenBody,
) -> UserToken:
    """Issue a short-lived user token.

    Args:
        client: The `raw` of an `OrbitServer`.
        user_id: The user's id, as returned when the user was created.
        body: The lifetime of the token to issue.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`), 401 (`unauthorized`),
            404 (`resource_not_found`), 408 (`request_timeout`), 409 (`conflict`), 413 (`too_large`), 415
            (`unsupported_media_type`), 422 (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500
            (`server_error`), 503 (`server_error`). Other codes can occur.
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
    body: CreateUserTokenBody,
) -> Response[UserToken]:
    """Issue a short-lived user token. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
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
    body: CreateUserTokenBody,
) -> UserToken:
    """Issue a short-lived user token. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(
            user_id,
            body=body,
        )
    )
