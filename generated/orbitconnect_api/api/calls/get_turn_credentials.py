"""Get TURN credentials: GET /webrtc/turn-credentials.

Returns short-lived credentials for the TURN servers. These relay media if a direct connection fails.

Provenance: inferred. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.turn_credentials import TurnCredentials
from ...operations import GET_TURN_CREDENTIALS
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    result_model,
)


def build(
    *,
    acting_user_id: str | None = None,
) -> Request[TurnCredentials]:
    """Build the request without sending it.

    Args:
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_TURN_CREDENTIALS,
        "/webrtc/turn-credentials",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> TurnCredentials:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(TurnCredentials, data)


def sync_detailed(
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[TurnCredentials]:
    """Get TURN credentials. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(acting_user_id=acting_user_id))


def sync(
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> TurnCredentials:
    """Get TURN credentials.

    Args:
        client: The `raw` of an `OrbitServer`.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`acting_user_required`), 401
            (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 429 (`rate_limited`), 431
            (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(acting_user_id=acting_user_id))


async def asyncio_detailed(
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[TurnCredentials]:
    """Get TURN credentials. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(acting_user_id=acting_user_id))


async def asyncio(
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> TurnCredentials:
    """Get TURN credentials. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(acting_user_id=acting_user_id))
