"""List pinned messages: GET /conversations/{conversation_id}/messages/pinned.

Returns the conversation's pinned messages, most recently pinned first (inferred).

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.message import Message
from ...operations import GET_PINNED_MESSAGES
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    result_list,
)


def build(
    conversation_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[list[Message]]:
    """Prepares the call; nothing is sent.

    Args:
        conversation_id: The conversation's id, as returned when the conversation was created.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_PINNED_MESSAGES,
        f"/conversations/{path_segment(conversation_id, 'conversation_id')}/messages/pinned",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> list[Message]:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_list(Message, data)


def sync_detailed(
    conversation_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[list[Message]]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(conversation_id, acting_user_id=acting_user_id))


def sync(
    conversation_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> list[Message]:
    """List pinned messages. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        conversation_id: The conversation's id, as returned when the conversation was created.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(conversation_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    conversation_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[list[Message]]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(conversation_id, acting_user_id=acting_user_id))


async def asyncio(
    conversation_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> list[Message]:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(conversation_id, acting_user_id=acting_user_id))
