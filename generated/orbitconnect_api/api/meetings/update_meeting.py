"""Update a meeting: PATCH /meetings/{meeting_id}.

Updates the given fields. Omitted fields stay unchanged.

Wire form: observed. Retry class: safe. The operation sets fields to given values.
"""

from __future__ import annotations

from typing import Any

from ...models.meeting import Meeting
from ...models.update_meeting_body import UpdateMeetingBody
from ...operations import UPDATE_MEETING
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
    body: UpdateMeetingBody,
    acting_user_id: str | None = None,
) -> Request[Meeting]:
    """Prepares the call; nothing is sent.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: The fields to update. Omitted fields stay unchanged.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        UPDATE_MEETING,
        f"/meetings/{path_segment(meeting_id, 'meeting_id')}",
        parse,
        body=body_of(body, UpdateMeetingBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Meeting:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Meeting, data)


def sync_detailed(
    meeting_id: str,
    *,
    client: Client,
    body: UpdateMeetingBody,
    acting_user_id: str | None = None,
) -> Response[Meeting]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(meeting_id, body=body, acting_user_id=acting_user_id))


def sync(
    meeting_id: str,
    *,
    client: Client,
    body: UpdateMeetingBody,
    acting_user_id: str | None = None,
) -> Meeting:
    """Update a meeting. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: The fields to update. Omitted fields stay unchanged.
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
    body: UpdateMeetingBody,
    acting_user_id: str | None = None,
) -> Response[Meeting]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(meeting_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    meeting_id: str,
    *,
    client: AsyncClient,
    body: UpdateMeetingBody,
    acting_user_id: str | None = None,
) -> Meeting:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(meeting_id, body=body, acting_user_id=acting_user_id))
