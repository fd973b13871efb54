"""Send a message: POST /conversations/{conversation_id}/messages.

Sends a message to the conversation. The acting user is the sender.

Provenance: observed. Retry class: idempotency-key. The SDK sends its own idempotency key if the caller passes none.
"""

from __future__ import annotations

from typing import Any

from ...models.message import Message
from ...models.send_message_body import SendMessageBody
from ...operations import SEND_MESSAGE
from ...raw_calls import async_client, body_of, sync_client
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
    body: SendMessageBody,
    acting_user_id: str | None = None,
) -> Request[Message]:
    """Build the request without sending it.

    Args:
        conversation_id: The conversation's id, as returned when the conversation was created.
        body: The message to send.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        SEND_MESSAGE,
        f"/conversations/{path_segment(conversation_id, 'conversation_id')}/messages",
        parse,
        body=body_of(body, SendMessageBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Message:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Message, data)


def sync_detailed(
    conversation_id: str,
    *,
    client: Client,
    body: SendMessageBody,
    acting_user_id: str | None = None,
) -> Response[Message]:
    """Send a message. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(conversation_id, body=body, acting_user_id=acting_user_id)
    )


def sync(
    conversation_id: str,
    *,
    client: Client,
    body: SendMessageBody,
    acting_user_id: str | None = None,
) -> Message:
    """Send a message.

    Args:
        client: The `raw` of an `OrbitServer`.
        conversation_id: The conversation's id, as returned when the conversation was created.
        body: The message to send.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 404
            (`resource_not_found`), 408 (`request_timeout`), 409 (`idempotency_key_reused`), 413 (`too_large`), 415
            (`unsupported_media_type`), 422 (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500
            (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(conversation_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    conversation_id: str,
    *,
    client: AsyncClient,
    body: SendMessageBody,
    acting_user_id: str | None = None,
) -> Response[Message]:
    """Send a message. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(conversation_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    conversation_id: str,
    *,
    client: AsyncClient,
    body: SendMessageBody,
    acting_user_id: str | None = None,
) -> Message:
    """Send a message. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(conversation_id, body=body, acting_user_id=acting_user_id)
    )
