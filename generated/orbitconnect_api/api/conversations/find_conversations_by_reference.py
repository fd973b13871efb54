"""Find conversations by reference: GET /conversations/by-reference.

Returns the acting user's conversations whose context has the given `referenceId`, for example all conversations
about one booking. The list is empty if there are none.

Provenance: observed. Retry class: safe.
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
    """Build the request without sending it.

    Args:
        reference_id: The context's `referenceId`: your own id for the subject of the conversation.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

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
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_list(Conversation, data)


def sync_detailed(
    *,
    client: Client,
    reference_id: str,
    acting_user_id: str | None = None,
) -> Response[list[Conversation]]:
    """Find conversations by reference. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(reference_id=reference_id, acting_user_id=acting_user_id)
    )


def sync(
    *,
    client: Client,
    reference_id: str,
    acting_user_id: str | None = None,
) -> list[Conversation]:
    """Find conversations by reference.

    Args:
        client: The `raw` of an `OrbitServer`.
        reference_id: The context's `referenceId`: your own id for the subject of the conversation.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 422
            (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`).
            Other codes can occur.
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
    """Find conversations by reference. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(reference_id=reference_id, acting_user_id=acting_user_id)
    )


async def asyncio(
    *,
    client: AsyncClient,
    reference_id: str,
    acting_user_id: str | None = None,
) -> list[Conversation]:
    """Find conversations by reference. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(reference_id=reference_id, acting_user_id=acting_user_id))
