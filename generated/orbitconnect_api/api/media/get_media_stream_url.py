"""Get a streaming URL: GET /media/{media_id}/stream.

Returns a URL that audio or video can be streamed from. The URL is short-lived and needs no key (inferred).

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.media_url import MediaUrl
from ...operations import GET_MEDIA_STREAM_URL
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
    media_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[MediaUrl]:
    """Prepares the call; nothing is sent.

    Args:
        media_id: The media file's id.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_MEDIA_STREAM_URL,
        f"/media/{path_segment(media_id, 'media_id')}/stream",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> MediaUrl:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(MediaUrl, data)


def sync_detailed(
    media_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[MediaUrl]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(media_id, acting_user_id=acting_user_id))


def sync(
    media_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> MediaUrl:
    """Get a streaming URL. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        media_id: The media file's id.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(media_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    media_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[MediaUrl]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(media_id, acting_user_id=acting_user_id))


async def asyncio(
    media_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> MediaUrl:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(media_id, acting_user_id=acting_user_id))
