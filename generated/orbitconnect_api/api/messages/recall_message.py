"""Recall a message: PATCH /messages/{message_id}/recall.

Recalls a message: removes its content for all participants. The message keeps its place in the conversation, without
content and with `recalled_at` set (inferred). Only the sender can recall it (inferred). Repeating the request has no
effect.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.message import Message
from ...operations import RECALL_MESSAGE
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
    message_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[Message]:
    """Build the request without sending it.

    Args:
        message_id: The message's id, as returned when the message was sent.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        RECALL_MESSAGE,
        f"/messages/{path_segment(message_id, 'message_id')}/recall",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Message:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Message, data)


def sync_detailed(
    message_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[Message]:
    """Recall a message. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(message_id, acting_user_id=acting_user_id))


def sync(
    message_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Message:
    """Recall a message.

    Args:
        client: The `raw` of an `OrbitServer`.
        message_id: The message's id, as returned when the message was sent.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`forbidden`, `acting_user_unknown`,
            `acting_user_inactive`), 404 (`resource_not_found`), 408 (`request_timeout`), 413 (`too_large`), 415
            (`unsupported_media_type`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503
            (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(message_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    message_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[Message]:
    """Recall a message. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(message_id, acting_user_id=acting_user_id))


async def asyncio(
    message_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Message:
    """Recall a message. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(message_id, acting_user_id=acting_user_id))
