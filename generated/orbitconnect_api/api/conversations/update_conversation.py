"""Update a conversation: PATCH /conversations/{conversation_id}.

Updates the given fields. Omitted fields stay unchanged. The context has its own operation.

Wire form: observed. Retry class: safe. The operation sets fields to given values.
"""

from __future__ import annotations

from typing import Any

from ...models.conversation import Conversation
from ...models.update_conversation_body import UpdateConversationBody
from ...operations import UPDATE_CONVERSATION
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
    body: UpdateConversationBody,
    acting_user_id: str | None = None,
) -> Request[Conversation]:
    """Prepares the call; nothing is sent.

    Args:
        conversation_id: The conversation's id, as returned when the conversation was created.
        body: The fields to update. Omitted fields stay unchanged. A group also accepts other fields.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        UPDATE_CONVERSATION,
        f"/conversations/{path_segment(conversation_id, 'conversation_id')}",
        parse,
        body=body_of(body, UpdateConversationBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Conversation:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Conversation, data)


def sync_detailed(
    conversation_id: str,
    *,
    client: Client,
    body: UpdateConversationBody,
    acting_user_id: str | None = None,
) -> Response[Conversation]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(conversation_id, body=body, acting_user_id=acting_user_id)
    )


def sync(
    conversation_id: str,
    *,
    client: Client,
    body: UpdateConversationBody,
    acting_user_id: str | None = None,
) -> Conversation:
    """Update a conversation. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        conversation_id: The conversation's id, as returned when the conversation was created.
        body: The fields to update. Omitted fields stay unchanged. A group also accepts other fields.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(conversation_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    conversation_id: str,
    *,
    client: AsyncClient,
    body: UpdateConversationBody,
    acting_user_id: str | None = None,
) -> Response[Conversation]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(conversation_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    conversation_id: str,
    *,
    client: AsyncClient,
    body: UpdateConversationBody,
    acting_user_id: str | None = None,
) -> Conversation:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(conversation_id, body=body, acting_user_id=acting_user_id)
    )
