"""Mute a meeting participant: POST /meetings/{meeting_id}/mute.

Mutes a participant's microphone for everyone. Repeating the request has no effect.

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from ...models.mute_meeting_participant_body import MuteMeetingParticipantBody
from ...operations import MUTE_MEETING_PARTICIPANT
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
    body: MuteMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> Request[None]:
    """Prepares the call; nothing is sent.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: The participant to mute.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        MUTE_MEETING_PARTICIPANT,
        f"/meetings/{path_segment(meeting_id, 'meeting_id')}/mute",
        parse,
        body=body_of(body, MuteMeetingParticipantBody),
        acting_user_id=acting_user_id,
    )


parse = result_none


def sync_detailed(
    meeting_id: str,
    *,
    client: Client,
    body: MuteMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(meeting_id, body=body, acting_user_id=acting_user_id))


def sync(
    meeting_id: str,
    *,
    client: Client,
    body: MuteMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> None:
    """Mute a meeting participant. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: The participant to mute.
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
    body: MuteMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(meeting_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    meeting_id: str,
    *,
    client: AsyncClient,
    body: MuteMeetingParticipantBody,
    acting_user_id: str | None = None,
) -> None:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(meeting_id, body=body, acting_user_id=acting_user_id))
