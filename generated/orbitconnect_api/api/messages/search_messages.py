"""Search a conversation: GET /search/messages.

Returns the conversation's messages that contain the given text, newest first (inferred). The server's default for
`limit` is 20. The search finds nothing in end-to-end encrypted messages.

Provenance: observed. Retry class: safe.
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
    """Build the request without sending it.

    Args:
        conversation_id: The conversation's id.
        q: The text to search for.
        limit: The maximum number of items to return. If omitted, the server applies its own limit.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

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
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
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
    """Search a conversation. Like `sync`, but returns the status, headers and body as well."""
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
    """Search a conversation.

    Args:
        client: The `raw` of an `OrbitServer`.
        conversation_id: The conversation's id.
        q: The text to search for.
        limit: The maximum number of items to return. If omitted, the server applies its own limit.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 404
            (`resource_not_found`), 422 (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500
            (`server_error`), 503 (`server_error`). Other codes can occur.
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
    """Search a conversation. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
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
    """Search a conversation. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(conversation_id=conversation_id, q=q, limit=limit, acting_user_id=acting_user_id)
    )
