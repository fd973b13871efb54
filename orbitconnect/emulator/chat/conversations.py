"""Conversations: creating, listing and updating them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from attrs import evolve

from orbitconnect_api import events, operations
from orbitconnect_api.models.conversation import Conversation
from orbitconnect_api.models.conversation_context import ConversationContext
from orbitconnect_api.models.conversation_event_data import ConversationEventData
from orbitconnect_api.models.create_conversation_body import CreateConversationBody
from orbitconnect_api.models.update_conversation_body import UpdateConversationBody
from orbitconnect_api.models.update_conversation_context_body import UpdateConversationContextBody
from orbitconnect_api.types import EventType, Unset

from ..clock import from_microseconds
from ..context import RequestContext
from ..json_text import JsonObject, from_json, same_json, to_json
from ..model_fields import nulls, wire_name
from ..outbox import emit
from ..refusals import invalid_field
from ..registry import handles
from ..tables.chat import ConversationRow
from .membership import (
    DIRECT,
    GROUP,
    GROUP_CHANGERS,
    MEMBER,
    OWNER,
    check_role,
    insert_participant,
    own_membership,
    participants_of,
)
from .message_rows import NOT_DELETED, messages_from
from .users import check_active_users

_SELECT: Final = (
    "SELECT c.id, c.type, c.metadata, c.context, c.extra, c.last_sequence, p.unread, c.created_by, c.created_at,"
    " c.updated_at FROM conversations c"
    " JOIN participants p ON p.conversation_id = c.id AND p.user_id = ? AND p.left_at IS NULL"
)


class _OwnConversation(NamedTuple):
    """A row that `_SELECT` returns."""

    id: str
    type: str
    metadata: str
    context: str | None
    extra: str
    last_sequence: int
    unread: int
    created_by: str
    created_at: int
    updated_at: int


@handles(operations.CREATE_CONVERSATION)
def create_conversation(context: RequestContext) -> Conversation:
    """Create a conversation, or return the two users' existing direct conversation about the same reference."""
    body = CreateConversationBody.from_dict(context.body)
    conversation_context = None if isinstance(body.context, Unset) else _fields(body.context)
    reference_id = None if conversation_context is None else _reference_of(conversation_context)
    pair, others = None, list[str]()
    if body.type == DIRECT:
        others = [_partner(context, body)]
        pair = json.dumps(sorted((context.actor_id, *others)))
        known = _existing_direct(context, pair, reference_id)
        if known is not None:
            return _model_of(context, known)
    elif body.type == GROUP:
        others = _group_members(context, body)
    else:
        raise invalid_field(body, "type", f"must be {DIRECT} or {GROUP}")
    conversation_id = context.new_id("cnv")
    context.store.run(
        "INSERT INTO conversations"
        " (id, type, pair, metadata, context, reference_id, activity, created_by, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(activity), 0) + 1 FROM conversations), ?, ?, ?)",
        (
            conversation_id,
            body.type,
            pair,
            to_json(body.metadata),
            None if conversation_context is None else to_json(conversation_context),
            reference_id,
            context.actor_id,
            context.now,
            context.now,
        ),
    )
    insert_participant(
        context, conversation_id, context.actor_id, OWNER if body.type == GROUP else MEMBER, added_by=None
    )
    for user_id in others:
        insert_participant(context, conversation_id, user_id, MEMBER, added_by=context.actor_id)
    return _emit(context, events.CONVERSATION_CREATED, conversation_id)


@handles(operations.LIST_CONVERSATIONS)
def list_conversations(context: RequestContext) -> list[Conversation]:
    """List the acting user's conversations. The conversation with the newest message comes first."""
    return _models(
        context, context.store.all(_OwnConversation, f"{_SELECT} ORDER BY c.activity DESC", (context.actor_id,))
    )


@handles(operations.FIND_CONVERSATIONS_BY_REFERENCE)
def find_by_reference(context: RequestContext, reference_id: str) -> list[Conversation]:
    """List the acting user's conversations whose context has a reference, in the same order."""
    query = f"{_SELECT} WHERE c.reference_id = ? ORDER BY c.activity DESC"
    return _models(context, context.store.all(_OwnConversation, query, (context.actor_id, reference_id)))


@handles(operations.GET_CONVERSATION)
def get_conversation(context: RequestContext, conversation_id: str) -> Conversation:
    """Return one conversation."""
    own_membership(context, conversation_id)
    return _model_of(context, conversation_id)


@handles(operations.UPDATE_CONVERSATION)
def update_conversation(context: RequestContext, conversation_id: str) -> Conversation:
    """Set the metadata, and fields that are not in the contract. The API's own fields keep their values."""
    membership = own_membership(context, conversation_id)
    check_role(membership, GROUP_CHANGERS, "change a group")
    body = UpdateConversationBody.from_dict(context.body)
    row = context.store.one(ConversationRow, "SELECT * FROM conversations WHERE id = ?", (conversation_id,))
    given = {name: value for name, value in body.additional_properties.items() if name not in nulls(Conversation)}
    metadata = row.metadata if isinstance(body.metadata, Unset) else to_json(body.metadata)
    extra = to_json(_merged(from_json(row.extra), given))
    if same_json(metadata, row.metadata) and same_json(extra, row.extra):
        return _model_of(context, conversation_id)
    context.store.run(
        "UPDATE conversations SET metadata = ?, extra = ?, updated_at = ? WHERE id = ?",
        (metadata, extra, context.now, conversation_id),
    )
    return _emit(context, events.CONVERSATION_UPDATED, conversation_id)


@handles(operations.UPDATE_CONVERSATION_CONTEXT)
def update_context(context: RequestContext, conversation_id: str) -> Conversation:
    """Set the given fields of the context. A field that is null is removed."""
    membership = own_membership(context, conversation_id)
    check_role(membership, GROUP_CHANGERS, "change a group")
    given = _fields(UpdateConversationContextBody.from_dict(context.body).context)
    row = context.store.one(ConversationRow, "SELECT * FROM conversations WHERE id = ?", (conversation_id,))
    conversation_context = _merged(from_json(row.context or "{}"), given)
    if row.context is not None and same_json(to_json(conversation_context), row.context):
        return _model_of(context, conversation_id)
    context.store.run(
        "UPDATE conversations SET context = ?, reference_id = ?, updated_at = ? WHERE id = ?",
        (to_json(conversation_context), _reference_of(conversation_context), context.now, conversation_id),
    )
    return _emit(context, events.CONVERSATION_UPDATED, conversation_id)


def _partner(context: RequestContext, body: CreateConversationBody) -> str:
    if not isinstance(body.participant_ids, Unset):
        raise invalid_field(body, "participant_ids", "is only for groups; a direct conversation takes participant_id")
    if isinstance(body.participant_id, Unset):
        raise invalid_field(body, "participant_id", "is required for a direct conversation")
    if body.participant_id == context.actor_id:
        raise invalid_field(body, "participant_id", "must not be the acting user")
    check_active_users(context, body, "participant_id", [body.participant_id], is_list=False)
    return body.participant_id


def _group_members(context: RequestContext, body: CreateConversationBody) -> list[str]:
    if not isinstance(body.participant_id, Unset):
        raise invalid_field(body, "participant_id", "is only for direct conversations; a group takes participant_ids")
    if isinstance(body.participant_ids, Unset):
        raise invalid_field(body, "participant_ids", "is required for a group")
    check_active_users(context, body, "participant_ids", list(body.participant_ids), is_list=True)
    return [user_id for user_id in dict.fromkeys(body.participant_ids) if user_id != context.actor_id]


def _existing_direct(context: RequestContext, pair: str, reference_id: str | None) -> str | None:
    """The id of two users' existing direct conversation about the same reference, or None."""
    return context.store.scalar(
        str,
        "SELECT id FROM conversations WHERE pair = ? AND reference_id IS ? ORDER BY n LIMIT 1",
        (pair, reference_id),
    )


def _fields(conversation_context: ConversationContext | Mapping[str, Any]) -> JsonObject:
    """A conversation's context as it was sent, including fields that are not in the contract."""
    return (
        conversation_context.to_dict()
        if isinstance(conversation_context, ConversationContext)
        else dict(conversation_context)
    )


def _reference_of(conversation_context: JsonObject) -> str | None:
    return ConversationContext.from_dict(conversation_context).reference_id


def _merged(old: JsonObject, given: JsonObject) -> JsonObject:
    return {name: value for name, value in {**old, **given}.items() if value is not None}


def _emit(context: RequestContext, event: EventType, conversation_id: str) -> Conversation:
    """Emit an event about a conversation, and return the conversation.

    The event omits the unread count, which differs between participants.
    """
    conversation = _model_of(context, conversation_id)
    unread = wire_name(Conversation, "unread_count")
    raw = {**nulls(Conversation), **conversation.additional_properties}
    del raw[unread]
    emit(context, event, ConversationEventData(conversation=evolve(conversation, unread_count=None, _raw=raw)))
    return conversation


def _model_of(context: RequestContext, conversation_id: str) -> Conversation:
    row = context.store.one(_OwnConversation, f"{_SELECT} WHERE c.id = ?", (context.actor_id, conversation_id))
    return _models(context, [row])[0]


def _models(context: RequestContext, rows: list[_OwnConversation]) -> list[Conversation]:
    ids = [row.id for row in rows]
    participants = participants_of(context.store, ids)
    newest = messages_from(
        context.store,
        f" WHERE m.n IN (SELECT (SELECT n FROM messages m WHERE conversation_id = j.value{NOT_DELETED}"
        " ORDER BY sequence DESC LIMIT 1) FROM json_each(?) j)",
        (context.actor_id, json.dumps(ids)),
    )
    last_messages = {message.conversation_id: message for message in newest}
    return [
        Conversation(
            id=row.id,
            type=row.type,
            participants=participants[row.id],
            participant_count=len(participants[row.id]),
            metadata=from_json(row.metadata),
            context=None if row.context is None else ConversationContext.from_dict(from_json(row.context)),
            last_message=last_messages.get(row.id),
            last_sequence=row.last_sequence,
            unread_count=row.unread,
            created_by=row.created_by,
            created_at=from_microseconds(row.created_at),
            updated_at=from_microseconds(row.updated_at),
            _raw={**nulls(Conversation), **from_json(row.extra)},
        )
        for row in rows
    ]
