"""Participants of meetings: adding, removing and muting them, and their roles."""

from __future__ import annotations

from orbitconnect_api import events, operations
from orbitconnect_api.models.add_meeting_participant_body import AddMeetingParticipantBody
from orbitconnect_api.models.kick_meeting_participant_body import KickMeetingParticipantBody
from orbitconnect_api.models.meeting_participant import MeetingParticipant
from orbitconnect_api.models.mute_meeting_participant_body import MuteMeetingParticipantBody
from orbitconnect_api.models.unmute_meeting_participant_body import UnmuteMeetingParticipantBody
from orbitconnect_api.models.update_meeting_participant_role_body import UpdateMeetingParticipantRoleBody

from ..chat.users import check_active_users
from ..context import RequestContext
from ..refusals import conflict, forbidden, invalid_field, not_found
from ..registry import handles
from ..rules import MEETING_HOST, MEETING_LIST, MEETING_ROLES
from ..tables.meetings import MeetingParticipantRow
from .model import emit_participant_event, participant_model
from .rows import (
    CO_HOST,
    HOST,
    INVITED,
    PARTICIPANT,
    REMOVED,
    ROLES,
    check_host,
    check_host_or_co_host,
    check_live,
    check_not_over,
    end_presence,
    find_participant,
    insert_participant,
    listed_participant,
    own_meeting,
    touch,
)


@handles(operations.ADD_MEETING_PARTICIPANT)
def add_participant(context: RequestContext, meeting_id: str) -> MeetingParticipant:
    """Add a user to the list. A user who was removed earlier is added back as an unmuted participant."""
    meeting, participant = own_meeting(context, meeting_id)
    check_host_or_co_host(participant, "add participants")
    check_not_over(meeting)
    body = AddMeetingParticipantBody.from_dict(context.body)
    check_active_users(context, body, "app_user_id", [body.app_user_id], is_list=False)
    known = find_participant(context, meeting_id, body.app_user_id)
    if known is None:
        insert_participant(context, meeting_id, body.app_user_id, PARTICIPANT)
    elif known.status != REMOVED:
        raise conflict("The user is already a participant.", MEETING_LIST)
    else:
        context.store.run(
            "UPDATE meeting_participants SET status = ?, role = ?, is_muted = 0, created_by = ?, updated_at = ?"
            " WHERE id = ?",
            (INVITED, PARTICIPANT, context.actor_id, context.now, known.id),
        )
    touch(context, meeting_id)
    return participant_model(context, listed_participant(context, meeting_id, body.app_user_id).id)


@handles(operations.REMOVE_MEETING_PARTICIPANT)
def remove_participant(context: RequestContext, meeting_id: str, user_id: str) -> None:
    """Remove a user from the list and from the meeting. Removing a user who was already removed succeeds."""
    target = find_participant(context, meeting_id, user_id)
    if user_id == context.actor_id and target is not None and target.status == REMOVED:
        return
    meeting, participant = own_meeting(context, meeting_id)
    if user_id != context.actor_id:
        check_host_or_co_host(participant, "remove participants")
    if target is None or target.status == REMOVED:
        if not context.store.exists("SELECT 1 FROM users WHERE id = ?", (user_id,)):
            raise not_found("user")
        return
    check_not_over(meeting)
    _remove(context, participant, target)


@handles(operations.KICK_MEETING_PARTICIPANT)
def kick_participant(context: RequestContext, meeting_id: str) -> None:
    """Remove a user from the meeting. Adding the user again, or a new token, lets the user back in."""
    meeting, participant = own_meeting(context, meeting_id)
    check_host_or_co_host(participant, "kick participants")
    check_not_over(meeting)
    target = listed_participant(context, meeting_id, KickMeetingParticipantBody.from_dict(context.body).app_user_id)
    _remove(context, participant, target)


@handles(operations.UPDATE_MEETING_PARTICIPANT_ROLE)
def update_role(context: RequestContext, meeting_id: str, user_id: str) -> None:
    """Change a participant's role. A host who makes another user the host becomes a co-host."""
    meeting, participant = own_meeting(context, meeting_id)
    check_host(participant, "change roles")
    check_not_over(meeting)
    body = UpdateMeetingParticipantRoleBody.from_dict(context.body)
    if body.role not in ROLES:
        raise invalid_field(body, "role", f"must be one of {', '.join(ROLES)}")
    target = listed_participant(context, meeting_id, user_id)
    if target.role == body.role:
        return
    if target.role == HOST:
        raise conflict("A meeting must have a host. Make another user the host instead.", MEETING_HOST)
    if body.role == HOST:
        _set_role(context, participant, CO_HOST)
        context.store.run("UPDATE meetings SET host_id = ? WHERE id = ?", (user_id, meeting_id))
    _set_role(context, target, body.role)
    touch(context, meeting_id)


@handles(operations.MUTE_MEETING_PARTICIPANT)
def mute_participant(context: RequestContext, meeting_id: str) -> None:
    """Mute a participant. The user stays muted after leaving and joining again."""
    _set_muted(context, meeting_id, MuteMeetingParticipantBody.from_dict(context.body).app_user_id, muted=True)


@handles(operations.UNMUTE_MEETING_PARTICIPANT)
def unmute_participant(context: RequestContext, meeting_id: str) -> None:
    """Unmute a participant."""
    _set_muted(context, meeting_id, UnmuteMeetingParticipantBody.from_dict(context.body).app_user_id, muted=False)


def _remove(context: RequestContext, participant: MeetingParticipantRow, target: MeetingParticipantRow) -> None:
    if target.role == HOST:
        if participant.role != HOST:
            raise forbidden("The host cannot be removed.", MEETING_ROLES)
        raise conflict(
            "The host cannot be removed. End the meeting, or make another user the host first.", MEETING_HOST
        )
    end_presence(context, target, REMOVED)
    emit_participant_event(context, events.MEETING_PARTICIPANT_REMOVED, target)


def _set_role(context: RequestContext, target: MeetingParticipantRow, role: str) -> None:
    context.store.run(
        "UPDATE meeting_participants SET role = ?, token_epoch = token_epoch + 1, updated_at = ? WHERE id = ?",
        (role, context.now, target.id),
    )


def _set_muted(context: RequestContext, meeting_id: str, user_id: str, *, muted: bool) -> None:
    meeting, participant = own_meeting(context, meeting_id)
    check_host_or_co_host(participant, "mute and unmute participants")
    check_live(meeting)
    target = listed_participant(context, meeting_id, user_id)
    if bool(target.is_muted) != muted:
        context.store.run(
            "UPDATE meeting_participants SET is_muted = ?, updated_at = ? WHERE id = ?",
            (int(muted), context.now, target.id),
        )
        touch(context, meeting_id)
