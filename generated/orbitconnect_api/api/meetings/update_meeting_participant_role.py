"""Update a meeting participant's role: PATCH /meetings/{meeting_id}/users/{user_id}/role.

Changes a participant's role. Only the host can change roles (inferred).

Provenance: observed. Retry class: safe. The operation sets fields to given values.
"""

from __future__ import annotations

from ...models.update_meeting_participant_role_body import UpdateMeetingParticipantRoleBody
from ...operations import UPDATE_MEETING_PARTICIPANT_ROLE
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
    user_id: str,
    *,
    body: UpdateMeetingParticipantRoleBody,
    acting_user_id: str | None = None,
) -> Request[None]:
    """Build the request without sending it.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        user_id: The user's id, as returned when the user was created.
        body: The participant's new role.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        UPDATE_MEETING_PARTICIPANT_ROLE,
        f"/meetings/{path_segment(meeting_id, 'meeting_id')}/users/{path_segment(user_id, 'user_id')}/role",
        parse,
        body=body_of(body, UpdateMeetingParticipantRoleBody),
        acting_user_id=acting_user_id,
    )


parse = result_none


def sync_detailed(
    meeting_id: str,
    user_id: str,
    *,
    client: Client,
    body: UpdateMeetingParticipantRoleBody,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Update a meeting participant's role. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(
        build(meeting_id, user_id, body=body, acting_user_id=acting_user_id)
    )


def sync(
    meeting_id: str,
    user_id: str,
    *,
    client: Client,
    body: UpdateMeetingParticipantRoleBody,
    acting_user_id: str | None = None,
) -> None:
    """Update a meeting participant's role.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
        user_id: The user's id, as returned when the user was created.
        body: The participant's new role.
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
    return sync_client(client, __name__).execute(build(meeting_id, user_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    meeting_id: str,
    user_id: str,
    *,
    client: AsyncClient,
    body: UpdateMeetingParticipantRoleBody,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Update a meeting participant's role. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(meeting_id, user_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    meeting_id: str,
    user_id: str,
    *,
    client: AsyncClient,
    body: UpdateMeetingParticipantRoleBody,
    acting_user_id: str | None = None,
) -> None:
    """Update a meeting participant's role. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(
        build(meeting_id, user_id, body=body, acting_user_id=acting_user_id)
    )
