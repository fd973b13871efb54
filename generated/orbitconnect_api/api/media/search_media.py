"""Search media: GET /media/search.

Returns the media files that match the given text. Which fields are searched is unknown.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.media import Media
from ...operations import SEARCH_MEDIA
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
    q: str,
    acting_user_id: str | None = None,
) -> Request[list[Media]]:
    """Build the request without sending it.

    Args:
        q: The text to search for.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        SEARCH_MEDIA,
        "/media/search",
        parse,
        query=query_string((("q", q, write_text),)),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> list[Media]:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_list(Media, data)


def sync_detailed(
    *,
    client: Client,
    q: str,
    acting_user_id: str | None = None,
) -> Response[list[Media]]:
    """Search media. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(q=q, acting_user_id=acting_user_id))


def sync(
    *,
    client: Client,
    q: str,
    acting_user_id: str | None = None,
) -> list[Media]:
    """Search media.

    Args:
        client: The `raw` of an `OrbitServer`.
        q: The text to search for.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 422
            (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`).
            Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(q=q, acting_user_id=acting_user_id))


async def asyncio_detailed(
    *,
    client: AsyncClient,
    q: str,
    acting_user_id: str | None = None,
) -> Response[list[Media]]:
    """Search media. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(q=q, acting_user_id=acting_user_id))


async def asyncio(
    *,
    client: AsyncClient,
    q: str,
    acting_user_id: str | None = None,
) -> list[Media]:
    """Search media. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(q=q, acting_user_id=acting_user_id))
