"""Join a meeting: POST /meetings/{meeting_id}/join.

Adds the acting user to a live meeting. Returns the meeting and the data that the user's device needs to connect to
the media server.

Provenance: observed. Retry class: never.
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
    """Build the request without sending it.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: How the acting user joins.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

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
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(MeetingJoin, data)


def sync_detailed(
    meeting_id: str,
    *,
    client: Client,
    body: JoinMeetingBody,
    acting_user_id: str | None = None,
) -> Response[MeetingJoin]:
    """Join a meeting. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(meeting_id, body=body, acting_user_id=acting_user_id))


def sync(
    meeting_id: str,
    *,
    client: Client,
    body: JoinMeetingBody,
    acting_user_id: str | None = None,
) -> MeetingJoin:
    """Join a meeting.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: How the acting user joins.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`forbidden`, `acting_user_unknown`,
            `acting_user_inactive`), 404 (`resource_not_found`), 408 (`request_timeout`), 409 (`conflict`), 413
            (`too_large`), 415 (`unsupported_media_type`), 422 (`validation_failed`), 429 (`rate_limited`), 431
            (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
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
    """Join a meeting. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
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
    """Join a meeting. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(meeting_id, body=body, acting_user_id=acting_user_id))
