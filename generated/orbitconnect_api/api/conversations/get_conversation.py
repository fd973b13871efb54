"""Get a conversation: GET /conversations/{conversation_id}.

Returns a conversation that the acting user participates in.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.conversation import Conversation
from ...operations import GET_CONVERSATION
from ...raw_calls import async_client, sync_client
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
    acting_user_id: str | None = None,
) -> Request[Conversation]:
    """Build the request without sending it.

    Args:
        conversation_id: The conversation's id, as returned when the conversation was created.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_CONVERSATION,
        f"/conversations/{path_segment(conversation_id, 'conversation_id')}",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Conversation:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Conversation, data)


def sync_detailed(
    conversation_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[Conversation]:
    """Get a conversation. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(conversation_id, acting_user_id=acting_user_id))


def sync(
    conversation_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Conversation:
    """Get a conversation.

    Args:
        client: The `raw` of an `OrbitServer`.
        conversation_id: The conversation's id, as returned when the conversation was created.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 404
            (`resource_not_found`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`).
            Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(conversation_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    conversation_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[Conversation]:
    """Get a conversation. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(conversation_id, acting_user_id=acting_user_id))


async def asyncio(
    conversation_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Conversation:
    """Get a conversation. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(conversation_id, acting_user_id=acting_user_id))
