"""React to a message: POST /messages/{message_id}/reactions.

Adds the acting user's reaction to the message, or removes it if the user has already reacted with it. Returns the
message or the reaction; which of the two the server sends is unknown. Only a reaction has `reaction_type`, so that
field tells them apart.

Provenance: observed. Retry class: never. The operation is a toggle, so repeating it removes the reaction again.
"""

from __future__ import annotations

from typing import Any

from ...models.message import Message
from ...models.react_to_message_body import ReactToMessageBody
from ...models.reaction import Reaction
from ...operations import REACT_TO_MESSAGE
from ...raw_calls import async_client, body_of, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    result_one_of,
)


def build(
    message_id: str,
    *,
    body: ReactToMessageBody,
    acting_user_id: str | None = None,
) -> Request[Message | Reaction]:
    """Build the request without sending it.

    Args:
        message_id: The message's id, as returned when the message was sent.
        body: The reaction to add or remove.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        REACT_TO_MESSAGE,
        f"/messages/{path_segment(message_id, 'message_id')}/reactions",
        parse,
        body=body_of(body, ReactToMessageBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Message | Reaction:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_one_of(Message, Reaction, data)


def sync_detailed(
    message_id: str,
    *,
    client: Client,
    body: ReactToMessageBody,
    acting_user_id: str | None = None,
) -> Response[Message | Reaction]:
    """React to a message. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(message_id, body=body, acting_user_id=acting_user_id))


def sync(
    message_id: str,
    *,
    client: Client,
    body: ReactToMessageBody,
    acting_user_id: str | None = None,
) -> Message | Reaction:
    """React to a message.

    Args:
        client: The `raw` of an `OrbitServer`.
        message_id: The message's id, as returned when the message was sent.
        body: The reaction to add or remove.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 404
            (`resource_not_found`), 408 (`request_timeout`), 409 (`conflict`), 413 (`too_large`), 415
            (`unsupported_media_type`), 422 (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500
            (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(message_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    message_id: str,
    *,
    client: AsyncClient,
    body: ReactToMessageBody,
    acting_user_id: str | None = None,
) -> Response[Message | Reaction]:
    """React to a message. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(message_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    message_id: str,
    *,
    client: AsyncClient,
    body: ReactToMessageBody,
    acting_user_id: str | None = None,
) -> Message | Reaction:
    """React to a message. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(message_id, body=body, acting_user_id=acting_user_id))
