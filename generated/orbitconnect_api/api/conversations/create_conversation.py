"""Create a conversation: POST /conversations.

Creates a conversation between the acting user and one other user (`direct`) or several other users (`group`). The
acting user is a participant without being named, and owns the group (inferred).

Wire form: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.conversation import Conversation
from ...models.create_conversation_body import CreateConversationBody
from ...operations import CREATE_CONVERSATION
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
    body: CreateConversationBody,
    acting_user_id: str | None = None,
) -> Request[Conversation]:
    """Prepares the call; nothing is sent.

    Args:
        body: The conversation to create.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        CREATE_CONVERSATION,
        "/conversations",
        parse,
        body=body_of(body, CreateConversationBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Conversation:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Conversation, data)


def sync_detailed(
    *,
    client: Client,
    body: CreateConversationBody,
    acting_user_id: str | None = None,
) -> Response[Conversation]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


def sync(
    *,
    client: Client,
    body: CreateConversationBody,
    acting_user_id: str | None = None,
) -> Conversation:
    """Create a conversation. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The conversation to create.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: CreateConversationBody,
    acting_user_id: str | None = None,
) -> Response[Conversation]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


async def asyncio(
    *,
    client: AsyncClient,
    body: CreateConversationBody,
    acting_user_id: str | None = None,
) -> Conversation:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))
