"""Join a meeting: POST /meetings/{meeting_id}/join.

Adds the acting user to a live meeting. Returns the meeting and the data that the user's device needs to connect to
the media server.

Wire form: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.join_meeting_body import JoinMeetingBody
from ...models.meeting_join import MeetingJoin
from ...operations import JOIN_MEETING
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
    meeting_id: str,
    *,
    body: JoinMeetingBody,
    acting_user_id: str | None = None,
) -> Request[MeetingJoin]:
    """Prepares the call; nothing is sent.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: How the acting user joins.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        JOIN_MEETING,
        f"/meetings/{path_segment(meeting_id, 'meeting_id')}/join",
        parse,
        body=body_of(body, JoinMeetingBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> MeetingJoin:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(MeetingJoin, data)


def sync_detailed(
    meeting_id: str,
    *,
    client: Client,
    body: JoinMeetingBody,
    acting_user_id: str | None = None,
) -> Response[MeetingJoin]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(meeting_id, body=body, acting_user_id=acting_user_id))


def sync(
    meeting_id: str,
    *,
    client: Client,
    body: JoinMeetingBody,
    acting_user_id: str | None = None,
) -> MeetingJoin:
    """Join a meeting. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: How the acting user joins.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(meeting_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    meeting_id: str,
    *,
    client: AsyncClient,
    body: JoinMeetingBody,
    acting_user_id: str | None = None,
) -> Response[MeetingJoin]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(meeting_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    meeting_id: str,
    *,
    client: AsyncClient,
    body: JoinMeetingBody,
    acting_user_id: str | None = None,
) -> MeetingJoin:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(meeting_id, body=body, acting_user_id=acting_user_id))
