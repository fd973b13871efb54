"""Sync a conversation: GET /sync/messages.

Returns the conversation's messages that were sent or changed since the given time, oldest change first. Deleted
messages are included (inferred). The server's default for `limit` is 100.

Wire form: observed. Retry class: safe.
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
    """Prepares the call; nothing is sent.

    Args:
        conversation_id: The conversation's id.
        since: Return messages sent or changed since this time (RFC 3339 with an offset).
        limit: The maximum number of items to return. If omitted, the server applies its own limit.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
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
    """Does what `sync` does; returns the status, the headers and the body as well."""
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
    """Sync a conversation. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        conversation_id: The conversation's id.
        since: Return messages sent or changed since this time (RFC 3339 with an offset).
        limit: The maximum number of items to return. If omitted, the server applies its own limit.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(conversation_id=conversation_id, since=since, limit=limit, acting_user_id=acting_user_id)
    )
