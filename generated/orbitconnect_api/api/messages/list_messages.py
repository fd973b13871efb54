"""List messages: GET /conversations/{conversation_id}/messages.

Returns the conversation's messages, newest first. With `after_sequence`, returns the messages after that one, oldest
first. Both orders are inferred. The server's default for `limit` is 50 (inferred). The vendor's PHP SDK also sends this
request without an acting user. What the API then returns is unknown.

Provenance: observed. Retry class: safe.
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
    """Build the request without sending it.

    Args:
        conversation_id: The conversation's id, as returned when the conversation was created.
        limit: The maximum number of items to return. If omitted, the server applies its own limit.
        offset: The number of items to skip. The server defaults to 0 (inferred).
        after_sequence: Returns only messages whose `sequence` is greater than this value.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

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
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
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
    """List messages. Like `sync`, but returns the status, headers and body as well."""
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
    """List messages.

    Args:
        client: The `raw` of an `OrbitServer`.
        conversation_id: The conversation's id, as returned when the conversation was created.
        limit: The maximum number of items to return. If omitted, the server applies its own limit.
        offset: The number of items to skip. The server defaults to 0 (inferred).
        after_sequence: Returns only messages whose `sequence` is greater than this value.
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
    """List messages. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
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
    """List messages. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(conversation_id, limit=limit, offset=offset, after_sequence=after_sequence, acting_user_id=acting_user_id)
    )
