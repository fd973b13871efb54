"""Add a meeting participant: POST /meetings/{meeting_id}/users.

Adds a user to the meeting's list of participants. The user still has to join.

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.add_meeting_participant_body import AddMeetingParticipantBody
from ...models.meeting_participant import MeetingParticipant
from ...operations import ADD_MEETING_PARTICIPANT
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
    body: AddMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> Request[MeetingParticipant]:
    """Build the request without sending it.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: The user to add.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        ADD_MEETING_PARTICIPANT,
        f"/meetings/{path_segment(meeting_id, 'meeting_id')}/users",
        parse,
        body=body_of(body, AddMeetingParticipantBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> MeetingParticipant:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(MeetingParticipant, data)


def sync_detailed(
    meeting_id: str,
    *,
    client: Client,
    body: AddMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> Response[MeetingParticipant]:
    """Add a meeting participant. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(meeting_id, body=body, acting_user_id=acting_user_id))


def sync(
    meeting_id: str,
    *,
    client: Client,
    body: AddMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> MeetingParticipant:
    """Add a meeting participant.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: The user to add.
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
    body: AddMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> Response[MeetingParticipant]:
    """Add a meeting participant. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(meeting_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    meeting_id: str,
    *,
    client: AsyncClient,
    body: AddMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> MeetingParticipant:
    """Add a meeting participant. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(meeting_id, body=body, acting_user_id=acting_user_id))
