"""Delete a media file: DELETE /media/{media_id}.

Deletes the file. Repeating the request has no effect.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from ...operations import DELETE_MEDIA
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    result_none,
)


def build(
    media_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[None]:
    """Build the request without sending it.

    Args:
        media_id: The media file's id.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        DELETE_MEDIA,
        f"/media/{path_segment(media_id, 'media_id')}",
        parse,
        acting_user_id=acting_user_id,
    )


parse = result_none


def sync_detailed(
    media_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Delete a media file. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(media_id, acting_user_id=acting_user_id))


def sync(
    media_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> None:
    """Delete a media file.

    Args:
        client: The `raw` of an `OrbitServer`.
        media_id: The media file's id.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`forbidden`, `acting_user_unknown`,
            `acting_user_inactive`), 404 (`resource_not_found`), 429 (`rate_limited`), 431 (`too_large`), 500
            (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(media_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    media_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Delete a media file. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(media_id, acting_user_id=acting_user_id))


async def asyncio(
    media_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> None:
    """Delete a media file. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(media_id, acting_user_id=acting_user_id))
