"""Kick a meeting participant: POST /meetings/{meeting_id}/remove.

Removes a user from a meeting and records that in the meeting's event log. The user does not need to have joined.

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from ...models.kick_meeting_participant_body import KickMeetingParticipantBody
from ...operations import KICK_MEETING_PARTICIPANT
from ...raw_calls import async_client, body_of, sync_client
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
    body: KickMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> Request[None]:
    """Build the request without sending it.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: The participant to kick.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        KICK_MEETING_PARTICIPANT,
        f"/meetings/{path_segment(meeting_id, 'meeting_id')}/remove",
        parse,
        body=body_of(body, KickMeetingParticipantBody),
        acting_user_id=acting_user_id,
    )


parse = result_none


def sync_detailed(
    meeting_id: str,
    *,
    client: Client,
    body: KickMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Kick a meeting participant. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(meeting_id, body=body, acting_user_id=acting_user_id))


def sync(
    meeting_id: str,
    *,
    client: Client,
    body: KickMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> None:
    """Kick a meeting participant.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: The participant to kick.
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
    body: KickMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Kick a meeting participant. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(meeting_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    meeting_id: str,
    *,
    client: AsyncClient,
    body: KickMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> None:
    """Kick a meeting participant. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(meeting_id, body=body, acting_user_id=acting_user_id))
