"""Meetings and those who take part in them, in the store."""

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
    """A meeting, whoever asks.

    Raises:
        Refusal: If there is none.
    """
    row = context.store.one_or_none(MeetingRow, "SELECT * FROM meetings WHERE id = ?", (meeting_id,))
    if row is None:
        raise not_found("meeting")
    return row


def entry_of(context: Context, meeting_id: str, user_id: str) -> MeetingParticipantRow | None:
    """A user's row on the list of a meeting, also where it was removed; None where it never was on it."""
    return context.store.one_or_none(
        MeetingParticipantRow,
        "SELECT * FROM meeting_participants WHERE meeting_id = ? AND user_id = ?",
        (meeting_id, user_id),
    )


def own_meeting(context: RequestContext, meeting_id: str) -> tuple[MeetingRow, MeetingParticipantRow]:
    """A meeting on whose list the acting user is, and the user's row there.

    Raises:
        Refusal: If there is none. Of other users' meetings the answer's body says the same.
    """
    meeting = find_meeting(context, meeting_id)
    entry = entry_of(context, meeting_id, context.actor_id)
    if entry is None or entry.status == REMOVED:
        raise not_found("meeting", PARTICIPANTS_ONLY)
    return meeting, entry


def listed(context: RequestContext, meeting_id: str, user_id: str) -> MeetingParticipantRow:
    """The row of a user who is on the list of a meeting.

    Raises:
        Refusal: If it is not.
    """
    entry = entry_of(context, meeting_id, user_id)
    if entry is None or entry.status == REMOVED:
        raise not_found("participant")
    return entry


def check_host(entry: MeetingParticipantRow, action: str) -> None:
    """Sees to it that the acting user is the host.

    Raises:
        Refusal: If not.
    """
    if entry.role != HOST:
        raise forbidden(f"Only the host can {action}.", MEETING_ROLES)


def check_runs(entry: MeetingParticipantRow, action: str) -> None:
    """Sees to it that the acting user is the host or a co-host.

    Raises:
        Refusal: If not.
    """
    if entry.role not in (HOST, CO_HOST):
        raise forbidden(f"Only the host and co-hosts can {action}.", MEETING_ROLES)


def check_records(entry: MeetingParticipantRow) -> None:
    """Check that the acting user can record a meeting.

    Raises:
        Refusal: If the user is neither the host nor a co-host.
    """
    check_runs(entry, "record a meeting")


def recordable_meeting(context: RequestContext, meeting_id: str) -> None:
    """Check that the acting user can record a meeting now.

    Raises:
        Refusal: If the user is not on the list of such a meeting or is no host there, or the meeting is not live.
    """
    meeting, entry = own_meeting(context, meeting_id)
    check_records(entry)
    check_live(meeting)


def check_live(meeting: MeetingRow) -> None:
    """Sees to it that a meeting was started and is not over.

    Raises:
        Refusal: If not.
    """
    if meeting.status != LIVE:
        raise conflict(f"The meeting is not live: it is {meeting.status}.", MEETING_STATE)


def check_not_over(meeting: MeetingRow) -> None:
    """Sees to it that a meeting is not over.

    Raises:
        Refusal: If it is.
    """
    if meeting.status == ENDED:
        raise conflict("The meeting is over.", MEETING_STATE)


def check_present(entry: MeetingParticipantRow, whose: str = "The acting user") -> None:
    """Sees to it that a user is in the meeting now.

    Raises:
        Refusal: If not.
    """
    if entry.status != JOINED:
        raise conflict(f"{whose} is not in the meeting.", MEETING_PRESENCE)


def touch(context: Context, meeting_id: str) -> None:
    """Notes that a meeting or somebody on its list has changed."""
    context.store.run("UPDATE meetings SET updated_at = ? WHERE id = ?", (context.now, meeting_id))


def add_entry(context: RequestContext, meeting_id: str, user_id: str, role: str) -> None:
    """Puts a user on the list of a meeting."""
    context.store.run(
        "INSERT INTO meeting_participants"
        " (id, meeting_id, user_id, role, status, created_by, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (context.new_id("mpt"), meeting_id, user_id, role, INVITED, context.actor_id, context.now, context.now),
    )


def take_out(context: Context, entry: MeetingParticipantRow, status: str) -> None:
    """Ends a user's presence in a meeting, and with it the screen that it shares."""
    context.store.run(
        "UPDATE meeting_participants SET status = ?, left_at = ?, token_epoch = token_epoch + ?, updated_at = ?"
        " WHERE id = ?",
        (status, context.now, int(status == REMOVED), context.now, entry.id),
    )
    context.store.run(
        "UPDATE meetings SET screen_sharer_id = NULL WHERE id = ? AND screen_sharer_id = ?",
        (entry.meeting_id, entry.user_id),
    )
    touch(context, entry.meeting_id)
