"""Find conversations by reference: GET /conversations/by-reference.

Returns the acting user's conversations whose context has the given `referenceId`, for example all conversations
about one booking. The list is empty if there are none.

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.conversation import Conversation
from ...operations import FIND_CONVERSATIONS_BY_REFERENCE
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    query_string,
    result_list,
    write_text,
)


def build(
    *,
    reference_id: str,
    acting_user_id: str | None = None,
) -> Request[list[Conversation]]:
    """Prepares the call; nothing is sent.

    Args:
        reference_id: The context's `referenceId`: your own id for the subject of the conversation.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        FIND_CONVERSATIONS_BY_REFERENCE,
        "/conversations/by-reference",
        parse,
        query=query_string((("reference_id", reference_id, write_text),)),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> list[Conversation]:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_list(Conversation, data)


def sync_detailed(
    *,
    client: Client,
    reference_id: str,
    acting_user_id: str | None = None,
) -> Response[list[Conversation]]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(reference_id=reference_id, acting_user_id=acting_user_id)
    )


def sync(
    *,
    client: Client,
    reference_id: str,
    acting_user_id: str | None = None,
) -> list[Conversation]:
    """Find conversations by reference. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        reference_id: The context's `referenceId`: your own id for the subject of the conversation.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(reference_id=reference_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    *,
    client: AsyncClient,
    reference_id: str,
    acting_user_id: str | None = None,
) -> Response[list[Conversation]]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(reference_id=reference_id, acting_user_id=acting_user_id)
    )


async def asyncio(
    *,
    client: AsyncClient,
    reference_id: str,
    acting_user_id: str | None = None,
) -> list[Conversation]:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(reference_id=reference_id, acting_user_id=acting_user_id))
