"""Delete a message: DELETE /messages/{message_id}.

Deletes a message for the acting user only. All other participants still see it: to remove its content for everyone,
recall it. Every participant can delete a message (inferred). Repeating the request has no effect. The user's lists and
searches omit the message, and the user's sync returns it once more, without content and with `deleted_at` set
(inferred).

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from ...operations import DELETE_MESSAGE
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
    message_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[None]:
    """Build the request without sending it.

    Args:
        message_id: The message's id, as returned when the message was sent.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        DELETE_MESSAGE,
        f"/messages/{path_segment(message_id, 'message_id')}",
        parse,
        acting_user_id=acting_user_id,
    )


parse = result_none


def sync_detailed(
    message_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Delete a message. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(message_id, acting_user_id=acting_user_id))


def sync(
    message_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> None:
    """Delete a message.

    Args:
        client: The `raw` of an `OrbitServer`.
        message_id: The message's id, as returned when the message was sent.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 404
            (`resource_not_found`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`).
            Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(message_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    message_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Delete a message. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(message_id, acting_user_id=acting_user_id))


async def asyncio(
    message_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> None:
    """Delete a message. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(message_id, acting_user_id=acting_user_id))
