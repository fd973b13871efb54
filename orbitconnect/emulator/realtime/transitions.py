"""Transitions: a session moves from chat to call, from call to meeting, and from meeting to chat."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import events, operations
from orbitconnect_api.models.session_transitioned_event_data import SessionTransitionedEventData
from orbitconnect_api.models.transition import Transition
from orbitconnect_api.models.transition_session_body import TransitionSessionBody

from ..clock import from_microseconds
from ..context import RequestContext
from ..model_fields import nulls
from ..outbox import emit
from ..refusals import conflict, invalid_field
from ..registry import handles
from ..rules import SESSION_MOVES
from ..tables.realtime import SessionRow, SessionTransitionRow
from .session_rows import active_session, session_model, visible_session
from .states import CALL, CHAT, MEETING, SessionState, check_not_over, check_reference, is_over

_MOVES: Final = {
    "chat_to_call": (CHAT, CALL),
    "call_to_meeting": (CALL, MEETING),
    "meeting_to_chat": (MEETING, CHAT),
}


@handles(operations.TRANSITION_SESSION)
def transition_session(context: RequestContext, session_id: str) -> Transition:
    """Move a session to its next state. Users who can see a session can move it to a target that they take part in."""
    row = active_session(context, session_id)
    body = TransitionSessionBody.from_dict(context.body)
    move = _MOVES.get(body.transition_type)
    if move is None:
        raise invalid_field(body, "transition_type", f"must be one of {', '.join(_MOVES)}")
    origin, target = move
    if row.state != origin.name:
        raise conflict(
            f"{body.transition_type} is impossible: the state of the session is {row.state}, not {origin.name}.",
            SESSION_MOVES,
        )
    if isinstance(body.context_id, str):
        check_reference(context, body, "context_id", target, body.context_id)
        check_not_over(context, target, body.context_id)
        context_id: str | None = body.context_id
    else:
        context_id = _known_target(context, row, target)
    context.store.run(
        f"UPDATE sessions SET state = ?, {target.attribute} = ?, context_updated_at = ?, updated_at = ? WHERE id = ?",
        (
            target.name,
            context_id,
            row.context_updated_at if target.target_id(row) == context_id else context.now,
            context.now,
            session_id,
        ),
    )
    transition = _add(context, session_id, body, target=target, origin=origin)
    data = SessionTransitionedEventData(session=session_model(context, session_id), transition=transition)
    emit(context, events.SESSION_TRANSITIONED, data)
    return transition


@handles(operations.LIST_SESSION_TRANSITIONS)
def list_transitions(context: RequestContext, session_id: str) -> list[Transition]:
    """List the session's transitions, oldest first."""
    visible_session(context, session_id)
    rows = context.store.all(
        SessionTransitionRow, "SELECT * FROM session_transitions WHERE session_id = ? ORDER BY n", (session_id,)
    )
    return [_model(row) for row in rows]


def _known_target(context: RequestContext, row: SessionRow, target: SessionState) -> str | None:
    """The target already stored in the session's context for a state, or None if there is no target or it is over."""
    known = target.target_id(row)
    return None if known is None or is_over(context, target, known) else known


def _add(
    context: RequestContext, session_id: str, body: TransitionSessionBody, *, origin: SessionState, target: SessionState
) -> Transition:
    transition_id = context.new_id("trn")
    given = body.context_id if isinstance(body.context_id, str) else None
    context.store.run(
        "INSERT INTO session_transitions"
        " (id, session_id, type, from_state, to_state, context_id, triggered_by, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            transition_id,
            session_id,
            body.transition_type,
            origin.name,
            target.name,
            given,
            context.actor_id,
            context.now,
        ),
    )
    return _model(
        context.store.one(SessionTransitionRow, "SELECT * FROM session_transitions WHERE id = ?", (transition_id,))
    )


def _model(row: SessionTransitionRow) -> Transition:
    return Transition(
        id=row.id,
        session_id=row.session_id,
        transition_type=row.type,
        from_state=row.from_state,
        to_state=row.to_state,
        context_id=row.context_id,
        triggered_by=row.triggered_by,
        created_at=from_microseconds(row.created_at),
        _raw=nulls(Transition),
    )
