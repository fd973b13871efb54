"""List messages: GET /conversations/{conversation_id}/messages.

Returns the conversation's messages, newest first. With `after_sequence`, returns the messages after that one, oldest
first. Both orders are inferred. The server's default for `limit` is 50 (inferred).

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.message import Message
from ...operations import LIST_MESSAGES
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    query_string,
    result_list,
    write_integer,
)


def build(
    conversation_id: str,
    *,
    limit: int | None = None,
    offset: int | None = None,
    after_sequence: int | None = None,
    acting_user_id: str | None = None,
) -> Request[list[Message]]:
    """Prepares the call; nothing is sent.

    Args:
        conversation_id: The conversation's id, as returned when the conversation was created.
        limit: The maximum number of items to return. If omitted, the server applies its own limit.
        offset: The number of items to skip. The server defaults to 0 (inferred).
        after_sequence: Returns only messages whose `sequence` is greater than this value.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        LIST_MESSAGES,
        f"/conversations/{path_segment(conversation_id, 'conversation_id')}/messages",
        parse,
        query=query_string(
            (
                ("limit", limit, write_integer),
                ("offset", offset, write_integer),
                ("after_sequence", after_sequence, write_integer),
            )
        ),
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
    limit: int | None = None,
    offset: int | None = None,
    after_sequence: int | None = None,
    acting_user_id: str | None = None,
) -> Response[list[Message]]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(conversation_id, limit=limit, offset=offset, after_sequence=after_sequence, acting_user_id=acting_user_id)
    )


def sync(
    conversation_id: str,
    *,
    client: Client,
    limit: int | None = None,
    offset: int | None = None,
    after_sequence: int | None = None,
    acting_user_id: str | None = None,
) -> list[Message]:
    """List messages. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        conversation_id: The conversation's id, as returned when the conversation was created.
        limit: The maximum number of items to return. If omitted, the server applies its own limit.
        offset: The number of items to skip. The server defaults to 0 (inferred).
        after_sequence: Returns only messages whose `sequence` is greater than this value.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(conversation_id, limit=limit, offset=offset, after_sequence=after_sequence, acting_user_id=acting_user_id)
    )


async def asyncio_detailed(
    conversation_id: str,
    *,
    client: AsyncClient,
    limit: int | None = None,
    offset: int | None = None,
    after_sequence: int | None = None,
    acting_user_id: str | None = None,
) -> Response[list[Message]]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(conversation_id, limit=limit, offset=offset, after_sequence=after_sequence, acting_user_id=acting_user_id)
    )


async def asyncio(
    conversation_id: str,
    *,
    client: AsyncClient,
    limit: int | None = None,
    offset: int | None = None,
    after_sequence: int | None = None,
    acting_user_id: str | None = None,
) -> list[Message]:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(conversation_id, limit=limit, offset=offset, after_sequence=after_sequence, acting_user_id=acting_user_id)
    )
