"""Remove a participant: DELETE /conversations/{conversation_id}/users/{user_id}.

Removes a user from a group. The user's messages stay. Users can remove themselves to leave the group (inferred).

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from ...operations import REMOVE_CONVERSATION_PARTICIPANT
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
    conversation_id: str,
    user_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[None]:
    """Build the request without sending it.

    Args:
        conversation_id: The conversation's id, as returned when the conversation was created.
        user_id: The user's id, as returned when the user was created.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        REMOVE_CONVERSATION_PARTICIPANT,
        f"/conversations/{path_segment(conversation_id, 'conversation_id')}/users/{path_segment(user_id, 'user_id')}",
        parse,
        acting_user_id=acting_user_id,
    )


parse = result_none


def sync_detailed(
    conversation_id: str,
    user_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Remove a participant. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(conversation_id, user_id, acting_user_id=acting_user_id)
    )


def sync(
    conversation_id: str,
    user_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> None:
    """Remove a participant.

    Args:
        client: The `raw` of an `OrbitServer`.
        conversation_id: The conversation's id, as returned when the conversation was created.
        user_id: The user's id, as returned when the user was created.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`forbidden`, `acting_user_unknown`,
            `acting_user_inactive`), 404 (`resource_not_found`), 409 (`conflict`), 429 (`rate_limited`), 431
            (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(conversation_id, user_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    conversation_id: str,
    user_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Remove a participant. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(conversation_id, user_id, acting_user_id=acting_user_id)
    )


async def asyncio(
    conversation_id: str,
    user_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> None:
    """Remove a participant. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(conversation_id, user_id, acting_user_id=acting_user_id))
