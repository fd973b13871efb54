"""Get a message's delivery details: GET /messages/{message_id}/info.

Returns which recipients the message has been delivered to and who has read it.

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.message_info import MessageInfo
from ...operations import GET_MESSAGE_INFO
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
) -> Request[MessageInfo]:
    """Prepares the call; nothing is sent.

    Args:
        message_id: The message's id, as returned when the message was sent.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_MESSAGE_INFO,
        f"/messages/{path_segment(message_id, 'message_id')}/info",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> MessageInfo:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(MessageInfo, data)


def sync_detailed(
    message_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[MessageInfo]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(message_id, acting_user_id=acting_user_id))


def sync(
    message_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> MessageInfo:
    """Get a message's delivery details. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        message_id: The message's id, as returned when the message was sent.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(message_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    message_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[MessageInfo]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(message_id, acting_user_id=acting_user_id))


async def asyncio(
    message_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> MessageInfo:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(message_id, acting_user_id=acting_user_id))
