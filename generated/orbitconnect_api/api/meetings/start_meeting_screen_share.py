"""Start screen sharing in a meeting: POST /meetings/{meeting_id}/screen-share/start.

Marks the acting user as sharing their screen. The video itself is sent through the media server.

Wire form: observed. Retry class: never.
"""

from __future__ import annotations

from ...operations import START_MEETING_SCREEN_SHARE
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
    meeting_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[None]:
    """Prepares the call; nothing is sent.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        START_MEETING_SCREEN_SHARE,
        f"/meetings/{path_segment(meeting_id, 'meeting_id')}/screen-share/start",
        parse,
        acting_user_id=acting_user_id,
    )


parse = result_none


def sync_detailed(
    meeting_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(meeting_id, acting_user_id=acting_user_id))


def sync(
    meeting_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> None:
    """Start screen sharing in a meeting. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(meeting_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    meeting_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(meeting_id, acting_user_id=acting_user_id))


async def asyncio(
    meeting_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> None:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(meeting_id, acting_user_id=acting_user_id))
