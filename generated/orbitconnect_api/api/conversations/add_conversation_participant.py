"""Add a participant: POST /conversations/{conversation_id}/users.

Adds a user to a group. A direct conversation cannot have a third participant (inferred).

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.add_conversation_participant_body import AddConversationParticipantBody
from ...models.participant import Participant
from ...operations import ADD_CONVERSATION_PARTICIPANT
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
    conversation_id: str,
    *,
    body: AddConversationParticipantBody,
    acting_user_id: str | None = None,
) -> Request[Participant]:
    """Build the request without sending it.

    Args:
        conversation_id: The conversation's id, as returned when the conversation was created.
        body: The user to add.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        ADD_CONVERSATION_PARTICIPANT,
        f"/conversations/{path_segment(conversation_id, 'conversation_id')}/users",
        parse,
        body=body_of(body, AddConversationParticipantBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Participant:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Participant, data)


def sync_detailed(
    conversation_id: str,
    *,
    client: Client,
    body: AddConversationParticipantBody,
    acting_user_id: str | None = None,
) -> Response[Participant]:
    """Add a participant. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(conversation_id, body=body, acting_user_id=acting_user_id)
    )


def sync(
    conversation_id: str,
    *,
    client: Client,
    body: AddConversationParticipantBody,
    acting_user_id: str | None = None,
) -> Participant:
    """Add a participant.

    Args:
        client: The `raw` of an `OrbitServer`.
        conversation_id: The conversation's id, as returned when the conversation was created.
        body: The user to add.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`forbidden`, `acting_user_unknown`,
            `acting_user_inactive`), 404 (`resource_not_found`), 408 (`request_timeout`), 409 (`conflict`), 413
            (`too_large`), 415 (`unsupported_media_type`), 422 (`validation_failed`), 429 (`rate_limited`), 431
            (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(conversation_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    conversation_id: str,
    *,
    client: AsyncClient,
    body: AddConversationParticipantBody,
    acting_user_id: str | None = None,
) -> Response[Participant]:
    """Add a participant. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(conversation_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    conversation_id: str,
    *,
    client: AsyncClient,
    body: AddConversationParticipantBody,
    acting_user_id: str | None = None,
) -> Participant:
    """Add a participant. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(conversation_id, body=body, acting_user_id=acting_user_id)
    )
