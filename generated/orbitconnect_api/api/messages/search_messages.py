"""Search a conversation: GET /search/messages.

Returns the conversation's messages that contain the given text, newest first (inferred). The server's default for
`limit` is 20.

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.message import Message
from ...operations import SEARCH_MESSAGES
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    query_string,
    result_list,
    write_integer,
    write_text,
)


def build(
    *,
    conversation_id: str,
    q: str,
    limit: int | None = None,
    acting_user_id: str | None = None,
) -> Request[list[Message]]:
    """Prepares the call; nothing is sent.

    Args:
        conversation_id: The conversation's id.
        q: The text to search for.
        limit: The maximum number of items to return. If omitted, the server applies its own limit.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        SEARCH_MESSAGES,
        "/search/messages",
        parse,
        query=query_string(
            (
                ("conversation_id", conversation_id, write_text),
                ("q", q, write_text),
                ("limit", limit, write_integer),
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
    *,
    client: Client,
    conversation_id: str,
    q: str,
    limit: int | None = None,
    acting_user_id: str | None = None,
) -> Response[list[Message]]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(conversation_id=conversation_id, q=q, limit=limit, acting_user_id=acting_user_id)
    )


def sync(
    *,
    client: Client,
    conversation_id: str,
    q: str,
    limit: int | None = None,
    acting_user_id: str | None = None,
) -> list[Message]:
    """Search a conversation. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        conversation_id: The conversation's id.
        q: The text to search for.
        limit: The maximum number of items to return. If omitted, the server applies its own limit.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(
        build(conversation_id=conversation_id, q=q, limit=limit, acting_user_id=acting_user_id)
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
    conversation_id: str,
    q: str,
    limit: int | None = None,
    acting_user_id: str | None = None,
) -> Response[list[Message]]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(conversation_id=conversation_id, q=q, limit=limit, acting_user_id=acting_user_id)
    )


async def asyncio(
    *,
    client: AsyncClient,
    conversation_id: str,
    q: str,
    limit: int | None = None,
    acting_user_id: str | None = None,
) -> list[Message]:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(conversation_id=conversation_id, q=q, limit=limit, acting_user_id=acting_user_id)
    )
