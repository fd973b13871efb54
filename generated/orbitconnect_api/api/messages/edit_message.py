"""Edit a message: PATCH /messages/{message_id}.

Replaces the content of a message and sets `edited_at`. Only the sender can edit a message, and only until it is
recalled or deleted (inferred). The content of an end-to-end encrypted message cannot be edited by a backend, which has
no key to encrypt it.

Provenance: observed. Retry class: safe. The operation sets fields to given values.
"""

from __future__ import annotations

from typing import Any

from ...models.edit_message_body import EditMessageBody
from ...models.message import Message
from ...operations import EDIT_MESSAGE
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
    message_id: str,
    *,
    body: EditMessageBody,
    acting_user_id: str | None = None,
) -> Request[Message]:
    """Build the request without sending it.

    Args:
        message_id: The message's id, as returned when the message was sent.
        body: The new content of the message.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        EDIT_MESSAGE,
        f"/messages/{path_segment(message_id, 'message_id')}",
        parse,
        body=body_of(body, EditMessageBody),
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
    body: EditMessageBody,
    acting_user_id: str | None = None,
) -> Response[Message]:
    """Edit a message. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(message_id, body=body, acting_user_id=acting_user_id))


def sync(
    message_id: str,
    *,
    client: Client,
    body: EditMessageBody,
    acting_user_id: str | None = None,
) -> Message:
    """Edit a message.

    Args:
        client: The `raw` of an `OrbitServer`.
        message_id: The message's id, as returned when the message was sent.
        body: The new content of the message.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`forbidden`, `acting_user_unknown`,
            `acting_user_inactive`), 404 (`resource_not_found`), 408 (`request_timeout`), 409 (`conflict`), 413
            (`too_large`), 415 (`unsupported_media_type`), 422 (`validation_failed`), 429 (`rate_limited`), 431
            (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(message_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    message_id: str,
    *,
    client: AsyncClient,
    body: EditMessageBody,
    acting_user_id: str | None = None,
) -> Response[Message]:
    """Edit a message. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(message_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    message_id: str,
    *,
    client: AsyncClient,
    body: EditMessageBody,
    acting_user_id: str | None = None,
) -> Message:
    """Edit a message. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(message_id, body=body, acting_user_id=acting_user_id))
