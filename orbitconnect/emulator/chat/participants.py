"""Participants of conversations: listing, adding and removing them."""

from __future__ import annotations

from orbitconnect_api import events, operations
from orbitconnect_api.models.add_conversation_participant_body import AddConversationParticipantBody
from orbitconnect_api.models.conversation_participant_event_data import ConversationParticipantEventData
from orbitconnect_api.models.participant import Participant

from ..context import RequestContext
from ..outbox import emit
from ..refusals import conflict, forbidden, not_found
from ..registry import handles
from ..rules import DIRECT_HAS_TWO, ROLES
from ..tables.chat import ParticipantRow
from .membership import (
    DIRECT,
    GROUP_CHANGERS,
    MEMBER,
    OWNER,
    Membership,
    check_role,
    insert_participant,
    no_such_conversation,
    own_membership,
    participant_model,
    participants_of,
)
from .users import check_active_users


@handles(operations.LIST_CONVERSATION_PARTICIPANTS)
def list_participants(context: RequestContext, conversation_id: str) -> list[Participant]:
    """List the current participants, in the order in which they joined."""
    own_membership(context, conversation_id)
    return participants_of(context.store, [conversation_id])[conversation_id]


@handles(operations.ADD_CONVERSATION_PARTICIPANT)
def add_participant(context: RequestContext, conversation_id: str) -> Participant:
    """Add a user to a group. A user who is already a participant stays unchanged."""
    membership = own_membership(context, conversation_id)
    _check_group(membership)
    check_role(membership, GROUP_CHANGERS, "add participants")
    body = AddConversationParticipantBody.from_dict(context.body)
    check_active_users(context, body, "app_user_id", [body.app_user_id], is_list=False)
    present = _present_participant(context, conversation_id, body.app_user_id)
    if present is not None:
        return participant_model(context.store, present.id)
    participant_id = insert_participant(context, conversation_id, body.app_user_id, MEMBER, added_by=context.actor_id)
    _touch(context, conversation_id)
    added = participant_model(context.store, participant_id)
    emit(
        context,
        events.CONVERSATION_PARTICIPANT_ADDED,
        ConversationParticipantEventData(conversation_id=conversation_id, participant=added),
    )
    return added


@handles(operations.REMOVE_CONVERSATION_PARTICIPANT)
def remove_participant(context: RequestContext, conversation_id: str, user_id: str) -> None:
    """Remove a user from a group, or leave it. Removing a user who has already left succeeds."""
    if user_id == context.actor_id and _has_left(context, conversation_id):
        return
    membership = own_membership(context, conversation_id)
    _check_group(membership)
    if user_id != context.actor_id:
        check_role(membership, GROUP_CHANGERS, "remove participants")
    present = _present_participant(context, conversation_id, user_id)
    if present is None:
        if not context.store.exists("SELECT 1 FROM users WHERE id = ?", (user_id,)):
            raise not_found("user")
        return
    if present.role == OWNER and membership.role != OWNER:
        raise forbidden("Only an owner can remove an owner.", ROLES)
    context.store.run(
        "UPDATE participants SET left_at = ?, left_sequence = ?, unread = 0, updated_at = ? WHERE id = ?",
        (context.now, membership.last_sequence, context.now, present.id),
    )
    if present.role == OWNER:
        _appoint_owner(context, conversation_id)
    _touch(context, conversation_id)
    removed = participant_model(context.store, present.id)
    emit(
        context,
        events.CONVERSATION_PARTICIPANT_REMOVED,
        ConversationParticipantEventData(conversation_id=conversation_id, participant=removed),
    )


def _check_group(membership: Membership) -> None:
    if membership.conversation_type == DIRECT:
        raise conflict("The participants of a direct conversation cannot be changed.", DIRECT_HAS_TWO)


def _present_participant(context: RequestContext, conversation_id: str, user_id: str) -> ParticipantRow | None:
    return context.store.one_or_none(
        ParticipantRow,
        "SELECT * FROM participants WHERE conversation_id = ? AND user_id = ? AND left_at IS NULL",
        (conversation_id, user_id),
    )


def _has_left(context: RequestContext, conversation_id: str) -> bool:
    """Whether the acting user is a former participant, so that leaving again changes nothing."""
    query = "SELECT 1 FROM participants WHERE conversation_id = ? AND user_id = ?"
    values = (conversation_id, context.actor_id)
    if not context.store.exists(query, values):
        raise no_such_conversation(context, conversation_id)
    return not context.store.exists(f"{query} AND left_at IS NULL", values)


def _appoint_owner(context: RequestContext, conversation_id: str) -> None:
    """If a group has no owner left, make the longest-standing participant its owner."""
    context.store.run(
        "UPDATE participants SET role = ?, updated_at = ? WHERE n ="
        " (SELECT n FROM participants WHERE conversation_id = ? AND left_at IS NULL ORDER BY n LIMIT 1)"
        " AND NOT EXISTS (SELECT 1 FROM participants WHERE conversation_id = ? AND left_at IS NULL AND role = ?)",
        (OWNER, context.now, conversation_id, conversation_id, OWNER),
    )


def _touch(context: RequestContext, conversation_id: str) -> None:
    context.store.run("UPDATE conversations SET updated_at = ? WHERE id = ?", (context.now, conversation_id))
