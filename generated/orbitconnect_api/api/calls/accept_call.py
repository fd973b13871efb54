"""Accept a call: POST /calls/{call_id}/accept.

Accepts the call. The acting user must be the callee.

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.call import Call
from ...operations import ACCEPT_CALL
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
    call_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[Call]:
    """Build the request without sending it.

    Args:
        call_id: The call's id, as returned when the call was initiated.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        ACCEPT_CALL,
        f"/calls/{path_segment(call_id, 'call_id')}/accept",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Call:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Call, data)


def sync_detailed(
    call_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[Call]:
    """Accept a call. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(call_id, acting_user_id=acting_user_id))


def sync(
    call_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Call:
    """Accept a call.

    Args:
        client: The `raw` of an `OrbitServer`.
        call_id: The call's id, as returned when the call was initiated.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`forbidden`, `acting_user_unknown`,
            `acting_user_inactive`), 404 (`resource_not_found`), 408 (`request_timeout`), 409 (`conflict`), 413
            (`too_large`), 415 (`unsupported_media_type`), 429 (`rate_limited`), 431 (`too_large`), 500
            (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(call_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    call_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[Call]:
    """Accept a call. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(call_id, acting_user_id=acting_user_id))


async def asyncio(
    call_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Call:
    """Accept a call. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(call_id, acting_user_id=acting_user_id))
