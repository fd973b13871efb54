"""The list of a meeting's participants: adding, removing, roles, microphones."""

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
from .model import participant_model, tell_of_participant
from .rows import (
    CO_HOST,
    HOST,
    INVITED,
    PARTICIPANT,
    REMOVED,
    ROLES,
    add_entry,
    check_host,
    check_live,
    check_not_over,
    check_present,
    check_runs,
    entry_of,
    listed,
    own_meeting,
    take_out,
    touch,
)


@handles(operations.ADD_MEETING_PARTICIPANT)
def add_participant(context: RequestContext, meeting_id: str) -> MeetingParticipant:
    """Puts a user on the list. One that was removed starts anew, as a participant who can be heard."""
    meeting, entry = own_meeting(context, meeting_id)
    check_runs(entry, "add participants")
    check_not_over(meeting)
    body = AddMeetingParticipantBody.from_dict(context.body)
    check_active_users(context, body, "app_user_id", [body.app_user_id], is_list=False)
    known = entry_of(context, meeting_id, body.app_user_id)
    if known is None:
        add_entry(context, meeting_id, body.app_user_id, PARTICIPANT)
    elif known.status != REMOVED:
        raise conflict("The user is a participant already.", MEETING_LIST)
    else:
        context.store.run(
            "UPDATE meeting_participants SET status = ?, role = ?, is_muted = 0, created_by = ?, updated_at = ?"
            " WHERE id = ?",
            (INVITED, PARTICIPANT, context.actor_id, context.now, known.id),
        )
    touch(context, meeting_id)
    return participant_model(context, listed(context, meeting_id, body.app_user_id).id)


@handles(operations.REMOVE_MEETING_PARTICIPANT)
def remove_participant(context: RequestContext, meeting_id: str, user_id: str) -> None:
    """Takes a user off the list, and out of the meeting. One that is not on it any more is no failure."""
    target = entry_of(context, meeting_id, user_id)
    if user_id == context.actor_id and target is not None and target.status == REMOVED:
        return
    meeting, entry = own_meeting(context, meeting_id)
    if user_id != context.actor_id:
        check_runs(entry, "remove participants")
    if target is None or target.status == REMOVED:
        if not context.store.exists("SELECT 1 FROM users WHERE id = ?", (user_id,)):
            raise not_found("user")
        return
    check_not_over(meeting)
    _remove(context, entry, target)


@handles(operations.KICK_MEETING_PARTICIPANT)
def kick_participant(context: RequestContext, meeting_id: str) -> None:
    """Throws out a user who is in the meeting. It gets back in when it is added again, or by a new token."""
    meeting, entry = own_meeting(context, meeting_id)
    check_runs(entry, "throw out participants")
    check_live(meeting)
    target = listed(context, meeting_id, KickMeetingParticipantBody.from_dict(context.body).app_user_id)
    check_present(target, "The user")
    _remove(context, entry, target)


@handles(operations.UPDATE_MEETING_PARTICIPANT_ROLE)
def update_role(context: RequestContext, meeting_id: str, user_id: str) -> None:
    """Gives a participant another role. Who makes another the host becomes a co-host."""
    meeting, entry = own_meeting(context, meeting_id)
    check_host(entry, "give roles")
    check_not_over(meeting)
    body = UpdateMeetingParticipantRoleBody.from_dict(context.body)
    if body.role not in ROLES:
        raise invalid_field(body, "role", f"must be one of {', '.join(ROLES)}")
    target = listed(context, meeting_id, user_id)
    if target.role == body.role:
        return
    if target.role == HOST:
        raise conflict("A meeting has a host: make another user the host instead.", MEETING_HOST)
    if body.role == HOST:
        _set_role(context, entry, CO_HOST)
        context.store.run("UPDATE meetings SET host_id = ? WHERE id = ?", (user_id, meeting_id))
    _set_role(context, target, body.role)
    touch(context, meeting_id)


@handles(operations.MUTE_MEETING_PARTICIPANT)
def mute_participant(context: RequestContext, meeting_id: str) -> None:
    """Switches a participant's microphone off; it stays so when the user leaves and comes back."""
    _set_muted(context, meeting_id, MuteMeetingParticipantBody.from_dict(context.body).app_user_id, muted=True)


@handles(operations.UNMUTE_MEETING_PARTICIPANT)
def unmute_participant(context: RequestContext, meeting_id: str) -> None:
    """Lets a participant be heard again."""
    _set_muted(context, meeting_id, UnmuteMeetingParticipantBody.from_dict(context.body).app_user_id, muted=False)


def _remove(context: RequestContext, entry: MeetingParticipantRow, target: MeetingParticipantRow) -> None:
    if target.role == HOST:
        if entry.role != HOST:
            raise forbidden("Nobody can remove the host.", MEETING_ROLES)
        raise conflict("The host stays: end the meeting, or make another user the host first.", MEETING_HOST)
    take_out(context, target, REMOVED)
    tell_of_participant(context, events.MEETING_PARTICIPANT_REMOVED, target)


def _set_role(context: RequestContext, target: MeetingParticipantRow, role: str) -> None:
    context.store.run(
        "UPDATE meeting_participants SET role = ?, token_epoch = token_epoch + 1, updated_at = ? WHERE id = ?",
        (role, context.now, target.id),
    )


def _set_muted(context: RequestContext, meeting_id: str, user_id: str, *, muted: bool) -> None:
    meeting, entry = own_meeting(context, meeting_id)
    check_runs(entry, "mute and unmute participants")
    check_live(meeting)
    target = listed(context, meeting_id, user_id)
    if bool(target.is_muted) != muted:
        context.store.run(
            "UPDATE meeting_participants SET is_muted = ?, updated_at = ? WHERE id = ?",
            (int(muted), context.now, target.id),
        )
        touch(context, meeting_id)
