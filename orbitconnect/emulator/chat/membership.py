"""Membership of conversations, and what it allows."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from orbitconnect_api.models.participant import Participant

from ..clock import from_microseconds, time_or_none
from ..context import RequestContext
from ..model_fields import nulls
from ..refusals import Refusal, forbidden, not_found
from ..rules import PARTICIPANTS_ONLY, ROLES
from ..store import Store

DIRECT: Final = "direct"
GROUP: Final = "group"

OWNER: Final = "owner"
ADMIN: Final = "admin"
MEMBER: Final = "member"
GROUP_CHANGERS: Final = frozenset({OWNER, ADMIN})

_SELECT: Final = (
    "SELECT p.id, p.conversation_id, p.user_id, u.display_name, p.role, p.added_by, p.last_read_sequence,"
    " p.last_read_at, p.joined_at, p.left_at, p.updated_at FROM participants p JOIN users u ON u.id = p.user_id"
)


class _Participant(NamedTuple):
    """A row that `_SELECT` returns."""

    id: str
    conversation_id: str
    user_id: str
    display_name: str
    role: str
    added_by: str | None
    last_read_sequence: int | None
    last_read_at: int | None
    joined_at: int
    left_at: int | None
    updated_at: int


class Membership(NamedTuple):
    """A user's current membership of a conversation, with the conversation's type and last sequence number."""

    id: str
    """The participant id."""
    role: str
    joined_sequence: int
    last_read_sequence: int | None
    conversation_type: str
    last_sequence: int


def find_membership(context: RequestContext, conversation_id: str) -> Membership | None:
    """Return the acting user's current membership of a conversation, or None."""
    return context.store.one_or_none(
        Membership,
        "SELECT p.id, p.role, p.joined_sequence, p.last_read_sequence, c.type AS conversation_type, c.last_sequence"
        " FROM participants p JOIN conversations c ON c.id = p.conversation_id"
        " WHERE p.conversation_id = ? AND p.user_id = ? AND p.left_at IS NULL",
        (conversation_id, context.actor_id),
    )


def own_membership(context: RequestContext, conversation_id: str) -> Membership:
    """Return the acting user's current membership of a conversation.

    Raises:
        Refusal: If the user is not a participant. Only the header that names the rule distinguishes this response from
            the one for a conversation that does not exist.
    """
    membership = find_membership(context, conversation_id)
    if membership is None:
        raise no_such_conversation(context, conversation_id)
    return membership


def no_such_conversation(context: RequestContext, conversation_id: str) -> Refusal:
    """The refusal if there is no such conversation, or the acting user is not a participant."""
    if not context.store.exists("SELECT 1 FROM conversations WHERE id = ?", (conversation_id,)):
        return not_found("conversation")
    return not_found("conversation", PARTICIPANTS_ONLY)


def check_role(membership: Membership, roles: Collection[str], action: str) -> None:
    """Check that the acting user has one of the roles. In a direct conversation, both users can do everything.

    Raises:
        Refusal: If the user has none of the roles.
    """
    if membership.conversation_type == GROUP and membership.role not in roles:
        names = " or ".join(sorted(roles, reverse=True))
        raise forbidden(f"Only the {names} can {action}.", ROLES)


def insert_participant(
    context: RequestContext, conversation_id: str, user_id: str, role: str, added_by: str | None
) -> str:
    """Add a user to a conversation. Returns the participant id."""
    participant_id = context.new_id("ptc")
    context.store.run(
        "INSERT INTO participants"
        " (id, conversation_id, user_id, role, added_by, joined_sequence, joined_at, updated_at)"
        " SELECT ?, id, ?, ?, ?, last_sequence, ?, ? FROM conversations WHERE id = ?",
        (participant_id, user_id, role, added_by, context.now, context.now, conversation_id),
    )
    return participant_id


def participants_of(store: Store, conversation_ids: Sequence[str]) -> dict[str, list[Participant]]:
    """The current participants of each conversation, in the order in which they joined."""
    rows = store.all(
        _Participant,
        f"{_SELECT} WHERE p.left_at IS NULL AND p.conversation_id IN (SELECT value FROM json_each(?)) ORDER BY p.n",
        (json.dumps(conversation_ids),),
    )
    found: dict[str, list[Participant]] = {conversation_id: [] for conversation_id in conversation_ids}
    for row in rows:
        found[row.conversation_id].append(_model(row))
    return found


def participant_model(store: Store, participant_id: str) -> Participant:
    """The API's model of a participant."""
    return _model(store.one(_Participant, f"{_SELECT} WHERE p.id = ?", (participant_id,)))


def _model(row: _Participant) -> Participant:
    return Participant(
        id=row.id,
        conversation_id=row.conversation_id,
        app_user_id=row.user_id,
        display_name=row.display_name,
        role=row.role,
        added_by_user_id=row.added_by,
        last_read_sequence=row.last_read_sequence,
        last_read_at=time_or_none(row.last_read_at),
        joined_at=from_microseconds(row.joined_at),
        left_at=time_or_none(row.left_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(Participant),
    )
