"""Who is added to a group, and who leaves it."""

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
    add_stay,
    check_role,
    membership,
    no_such_conversation,
    participant,
    participants_of,
)
from .users import check_members


@handles(operations.LIST_CONVERSATION_PARTICIPANTS)
def list_participants(context: RequestContext, conversation_id: str) -> list[Participant]:
    """Those who take part now, in the order in which they came."""
    membership(context, conversation_id)
    return participants_of(context.store, [conversation_id])[conversation_id]


@handles(operations.ADD_CONVERSATION_PARTICIPANT)
def add_participant(context: RequestContext, conversation_id: str) -> Participant:
    """Adds a user to a group. One that takes part already is left as it is."""
    stay = membership(context, conversation_id)
    _check_group(stay)
    check_role(stay, GROUP_CHANGERS, "add participants")
    body = AddConversationParticipantBody.from_dict(context.body)
    check_members(context, body, "app_user_id", [body.app_user_id], is_list=False)
    present = _present(context, conversation_id, body.app_user_id)
    if present is not None:
        return participant(context.store, present.id)
    added = add_stay(context, conversation_id, body.app_user_id, MEMBER, added_by=context.actor_id)
    _touch(context, conversation_id)
    newcomer = participant(context.store, added)
    emit(
        context,
        events.CONVERSATION_PARTICIPANT_ADDED,
        ConversationParticipantEventData(conversation_id, participant=newcomer),
    )
    return newcomer


@handles(operations.REMOVE_CONVERSATION_PARTICIPANT)
def remove_participant(context: RequestContext, conversation_id: str, user_id: str) -> None:
    """Removes a user from a group, or lets it leave. One that takes no part any more is no failure."""
    if user_id == context.actor_id and _has_left(context, conversation_id):
        return
    stay = membership(context, conversation_id)
    _check_group(stay)
    if user_id != context.actor_id:
        check_role(stay, GROUP_CHANGERS, "remove participants")
    present = _present(context, conversation_id, user_id)
    if present is None:
        if not context.store.exists("SELECT 1 FROM users WHERE id = ?", (user_id,)):
            raise not_found("user")
        return
    if present.role == OWNER and stay.role != OWNER:
        raise forbidden("Only an owner can remove an owner.", ROLES)
    context.store.run(
        "UPDATE participants SET left_at = ?, left_sequence = ?, unread = 0, updated_at = ? WHERE id = ?",
        (context.now, stay.last_sequence, context.now, present.id),
    )
    if present.role == OWNER:
        _find_new_owner(context, conversation_id)
    _touch(context, conversation_id)
    gone = participant(context.store, present.id)
    emit(
        context,
        events.CONVERSATION_PARTICIPANT_REMOVED,
        ConversationParticipantEventData(conversation_id, participant=gone),
    )


def _check_group(stay: Membership) -> None:
    if stay.conversation_type == DIRECT:
        raise conflict("A direct conversation keeps its two participants.", DIRECT_HAS_TWO)


def _present(context: RequestContext, conversation_id: str, user_id: str) -> ParticipantRow | None:
    return context.store.one_or_none(
        ParticipantRow,
        "SELECT * FROM participants WHERE conversation_id = ? AND user_id = ? AND left_at IS NULL",
        (conversation_id, user_id),
    )


def _has_left(context: RequestContext, conversation_id: str) -> bool:
    """Whether the acting user took part once and does no more, so that leaving again changes nothing."""
    query, values = (
        "SELECT 1 FROM participants WHERE conversation_id = ? AND user_id = ?",
        (conversation_id, context.actor_id),
    )
    if not context.store.exists(query, values):
        raise no_such_conversation(context, conversation_id)
    return not context.store.exists(f"{query} AND left_at IS NULL", values)


def _find_new_owner(context: RequestContext, conversation_id: str) -> None:
    """A group whose last owner has left goes to the one that has been there longest."""
    context.store.run(
        "UPDATE participants SET role = ?, updated_at = ? WHERE n ="
        " (SELECT n FROM participants WHERE conversation_id = ? AND left_at IS NULL ORDER BY n LIMIT 1)"
        " AND NOT EXISTS (SELECT 1 FROM participants WHERE conversation_id = ? AND left_at IS NULL AND role = ?)",
        (OWNER, context.now, conversation_id, conversation_id, OWNER),
    )


def _touch(context: RequestContext, conversation_id: str) -> None:
    context.store.run("UPDATE conversations SET updated_at = ? WHERE id = ?", (context.now, conversation_id))
