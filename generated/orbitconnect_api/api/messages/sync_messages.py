"""Sync a conversation: GET /sync/messages.

Returns the conversation's messages that were sent or changed since the given time. The oldest change comes first,
and deleted messages are included (inferred). The server's default for `limit` is 100.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ...models.message import Message
from ...operations import SYNC_MESSAGES
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    query_string,
    result_list,
    write_integer,
    write_since,
    write_text,
)


def build(
    *,
    conversation_id: str,
    since: datetime | date | str,
    limit: int | None = None,
    acting_user_id: str | None = None,
) -> Request[list[Message]]:
    """Build the request without sending it.

    Args:
        conversation_id: The conversation's id.
        since: The time to start from, as RFC 3339 with an offset.
        limit: The maximum number of items to return. If omitted, the server applies its own limit.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        SYNC_MESSAGES,
        "/sync/messages",
        parse,
        query=query_string(
            (
                ("conversation_id", conversation_id, write_text),
                ("since", since, write_since),
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
    since: datetime | date | str,
    limit: int | None = None,
    acting_user_id: str | None = None,
) -> Response[list[Message]]:
    """Sync a conversation. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(conversation_id=conversation_id, since=since, limit=limit, acting_user_id=acting_user_id)
    )


def sync(
    *,
    client: Client,
    conversation_id: str,
    since: datetime | date | str,
    limit: int | None = None,
    acting_user_id: str | None = None,
) -> list[Message]:
    """Sync a conversation.

    Args:
        client: The `raw` of an `OrbitServer`.
        conversation_id: The conversation's id.
        since: The time to start from, as RFC 3339 with an offset.
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
        build(conversation_id=conversation_id, since=since, limit=limit, acting_user_id=acting_user_id)
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
    conversation_id: str,
    since: datetime | date | str,
    limit: int | None = None,
    acting_user_id: str | None = None,
) -> Response[list[Message]]:
    """Sync a conversation. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(conversation_id=conversation_id, since=since, limit=limit, acting_user_id=acting_user_id)
    )


async def asyncio(
    *,
    client: AsyncClient,
    conversation_id: str,
    since: datetime | date | str,
    limit: int | None = None,
    acting_user_id: str | None = None,
) -> list[Message]:
    """Sync a conversation. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(conversation_id=conversation_id, since=since, limit=limit, acting_user_id=acting_user_id)
    )
