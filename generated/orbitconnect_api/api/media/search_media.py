"""Search media: GET /media/search.

Returns the media files that match a text. Which fields are searched is unknown.

Wire form: observed. Retry class: safe.
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
    """Prepares the call; nothing is sent.

    Args:
        q: The text to search for.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_list(Media, data)


def sync_detailed(
    *,
    client: Client,
    q: str,
    acting_user_id: str | None = None,
) -> Response[list[Media]]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(q=q, acting_user_id=acting_user_id))


def sync(
    *,
    client: Client,
    q: str,
    acting_user_id: str | None = None,
) -> list[Media]:
    """Search media. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        q: The text to search for.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(q=q, acting_user_id=acting_user_id))


async def asyncio(
    *,
    client: AsyncClient,
    q: str,
    acting_user_id: str | None = None,
) -> list[Media]:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(q=q, acting_user_id=acting_user_id))
