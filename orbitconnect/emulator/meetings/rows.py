"""Meetings and their participants in the store: finding them, and checking and changing their state."""

from __future__ import annotations

from typing import Final

from ..context import Context, RequestContext
from ..refusals import conflict, forbidden, not_found
from ..rules import MEETING_PRESENCE, MEETING_ROLES, MEETING_STATE, PARTICIPANTS_ONLY
from ..tables.meetings import MeetingParticipantRow, MeetingRow

SCHEDULED: Final = "scheduled"
LIVE: Final = "live"
ENDED: Final = "ended"

HOST: Final = "host"
CO_HOST: Final = "co_host"
PARTICIPANT: Final = "participant"
ROLES: Final = (HOST, CO_HOST, PARTICIPANT)

INVITED: Final = "invited"
JOINED: Final = "joined"
LEFT: Final = "left"
REMOVED: Final = "removed"


def find_meeting(context: Context, meeting_id: str) -> MeetingRow:
    """Return any meeting.

    Raises:
        Refusal: If there is no such meeting.
    """
    row = context.store.one_or_none(MeetingRow, "SELECT * FROM meetings WHERE id = ?", (meeting_id,))
    if row is None:
        raise not_found("meeting")
    return row


def find_participant(context: Context, meeting_id: str, user_id: str) -> MeetingParticipantRow | None:
    """Return a participant, even one who has been removed since. None if the user was never on the meeting's list."""
    return context.store.one_or_none(
        MeetingParticipantRow,
        "SELECT * FROM meeting_participants WHERE meeting_id = ? AND user_id = ?",
        (meeting_id, user_id),
    )


def own_meeting(context: RequestContext, meeting_id: str) -> tuple[MeetingRow, MeetingParticipantRow]:
    """Return a meeting that the acting user is a participant of, and the user's row in the table of participants.

    Raises:
        Refusal: If there is no such meeting, or the user is not a participant. The response's body is the same for
            both.
    """
    meeting = find_meeting(context, meeting_id)
    participant = find_participant(context, meeting_id, context.actor_id)
    if participant is None or participant.status == REMOVED:
        raise not_found("meeting", PARTICIPANTS_ONLY)
    return meeting, participant


def listed_participant(context: RequestContext, meeting_id: str, user_id: str) -> MeetingParticipantRow:
    """Return a participant of a meeting who has not been removed.

    Raises:
        Refusal: If the user is not a participant, or has been removed.
    """
    participant = find_participant(context, meeting_id, user_id)
    if participant is None or participant.status == REMOVED:
        raise not_found("participant")
    return participant


def check_host(participant: MeetingParticipantRow, action: str) -> None:
    """Check that the acting user is the host.

    Raises:
        Refusal: If the user is not.
    """
    if participant.role != HOST:
        raise forbidden(f"Only the host can {action}.", MEETING_ROLES)


def check_host_or_co_host(participant: MeetingParticipantRow, action: str) -> None:
    """Check that the acting user is the host or a co-host.

    Raises:
        Refusal: If the user is neither the host nor a co-host.
    """
    if participant.role not in (HOST, CO_HOST):
        raise forbidden(f"Only the host and co-hosts can {action}.", MEETING_ROLES)


def check_can_record(participant: MeetingParticipantRow) -> None:
    """Check that the acting user can record a meeting.

    Raises:
        Refusal: If the user is neither the host nor a co-host.
    """
    check_host_or_co_host(participant, "record a meeting")


def check_recordable_meeting(context: RequestContext, meeting_id: str) -> None:
    """Check that the acting user can record a meeting now.

    Raises:
        Refusal: If there is no such meeting, the user is neither its host nor a co-host, or it is not live.
    """
    meeting, participant = own_meeting(context, meeting_id)
    check_can_record(participant)
    check_live(meeting)


def check_live(meeting: MeetingRow) -> None:
    """Check that a meeting has started and is not over.

    Raises:
        Refusal: If the meeting is not live.
    """
    if meeting.status != LIVE:
        raise conflict(f"The meeting is not live: it is {meeting.status}.", MEETING_STATE)


def check_not_over(meeting: MeetingRow) -> None:
    """Check that a meeting is not over.

    Raises:
        Refusal: If it is.
    """
    if meeting.status == ENDED:
        raise conflict("The meeting is over.", MEETING_STATE)


def check_present(participant: MeetingParticipantRow) -> None:
    """Check that a user is currently in the meeting.

    Raises:
        Refusal: If the user is not.
    """
    if participant.status != JOINED:
        raise conflict("The acting user is not in the meeting.", MEETING_PRESENCE)


def touch(context: Context, meeting_id: str) -> None:
    """Set a meeting's `updated_at`, after a change to it or to a participant."""
    context.store.run("UPDATE meetings SET updated_at = ? WHERE id = ?", (context.now, meeting_id))


def insert_participant(context: RequestContext, meeting_id: str, user_id: str, role: str) -> None:
    """Add a user to a meeting's list."""
    context.store.run(
        "INSERT INTO meeting_participants"
        " (id, meeting_id, user_id, role, status, created_by, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (context.new_id("mpt"), meeting_id, user_id, role, INVITED, context.actor_id, context.now, context.now),
    )


def end_presence(context: Context, participant: MeetingParticipantRow, status: str) -> None:
    """Remove a participant from a meeting, and end the user's screen share."""
    context.store.run(
        "UPDATE meeting_participants SET status = ?, left_at = ?, token_epoch = token_epoch + ?, updated_at = ?"
        " WHERE id = ?",
        (status, context.now, int(status == REMOVED), context.now, participant.id),
    )
    context.store.run(
        "UPDATE meetings SET screen_sharer_id = NULL WHERE id = ? AND screen_sharer_id = ?",
        (participant.meeting_id, participant.user_id),
    )
    touch(context, participant.meeting_id)
