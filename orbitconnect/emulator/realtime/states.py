"""The states of a session: chat, call and meeting, each with the conversation, call or meeting that it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from attrs import frozen

from orbitconnect_api.types import RequestModel, SafeRepr

from ..calls.rows import own_call
from ..chat.membership import own_membership
from ..context import RequestContext
from ..meetings.rows import own_meeting
from ..refusals import Refusal, conflict, invalid_field
from ..rules import SESSION_TARGET
from ..tables.realtime import SessionRow


@frozen(kw_only=True, repr=False)
class SessionState(SafeRepr):
    """A state of a session. Its target is the conversation, call or meeting that a session in this state is about."""

    name: str
    session_type: str
    """The type of a session that starts in this state."""
    noun: str
    """What the target is called in messages."""
    attribute: str
    """The attribute of the session's context that holds the target's id."""
    target_id: Callable[[SessionRow], str | None]
    """Reads the target's id from a session's row."""
    check_own: Callable[[RequestContext, str], object]
    """Raises a refusal unless the acting user takes part in the target with this id."""
    ids_of_user: str
    """The query for the ids of the targets that the user `:user_id` takes part in."""
    is_over_query: str
    """The query that has a row if the target `:id` is over."""


CHAT: Final = SessionState(
    name="chat",
    session_type="chat_session",
    noun="conversation",
    attribute="conversation_id",
    target_id=lambda session: session.conversation_id,
    check_own=own_membership,
    ids_of_user="SELECT conversation_id FROM participants WHERE user_id = :user_id AND left_at IS NULL",
    is_over_query="SELECT 1 WHERE :id IS NULL",
)
CALL: Final = SessionState(
    name="call",
    session_type="call_session",
    noun="call",
    attribute="call_id",
    target_id=lambda session: session.call_id,
    check_own=own_call,
    ids_of_user="SELECT id FROM calls WHERE caller_id = :user_id"
    " UNION ALL SELECT id FROM calls WHERE callee_id = :user_id",
    is_over_query="SELECT 1 FROM calls WHERE id = :id AND ended_at IS NOT NULL",
)
MEETING: Final = SessionState(
    name="meeting",
    session_type="meeting_session",
    noun="meeting",
    attribute="meeting_id",
    target_id=lambda session: session.meeting_id,
    check_own=own_meeting,
    ids_of_user="SELECT meeting_id FROM meeting_participants WHERE user_id = :user_id AND status != 'removed'",
    is_over_query="SELECT 1 FROM meetings WHERE id = :id AND ended_at IS NOT NULL",
)
STATES: Final = (CHAT, CALL, MEETING)


def check_reference(
    context: RequestContext, body: RequestModel, attribute: str, state: SessionState, target_id: str
) -> None:
    """Check that the acting user takes part in the target that a body names.

    Raises:
        Refusal: If the user does not take part in the target. The refusal names the field.
    """
    try:
        state.check_own(context, target_id)
    except Refusal as refusal:
        flaw = f"is not the id of a {state.noun} of the acting user"
        raise invalid_field(body, attribute, flaw, rule=refusal.rule) from None


def is_over(context: RequestContext, state: SessionState, target_id: str) -> bool:
    """Whether a call or a meeting is over. A conversation is never over."""
    return context.store.exists(state.is_over_query, {"id": target_id})


def check_not_over(context: RequestContext, state: SessionState, target_id: str) -> None:
    """Check that a session can be about a target.

    Raises:
        Refusal: If the target is a call or a meeting that is over.
    """
    if is_over(context, state, target_id):
        raise conflict(f"The {state.noun} is over.", SESSION_TARGET)
