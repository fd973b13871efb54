"""Transitions: a session moves from a chat to a call, from the call to a meeting, from the meeting to a chat."""

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
from .places import CALL, CHAT, MEETING, Place, check_going_on, check_reference, is_over
from .session_rows import find_active, find_session, session

_MOVES: Final = {
    "chat_to_call": (CHAT, CALL),
    "call_to_meeting": (CALL, MEETING),
    "meeting_to_chat": (MEETING, CHAT),
}


@handles(operations.TRANSITION_SESSION)
def transition_session(context: RequestContext, session_id: str) -> Transition:
    """Moves a session on. Everybody who sees it can, to where they take part themselves."""
    row = find_active(context, session_id)
    body = TransitionSessionBody.from_dict(context.body)
    move = _MOVES.get(body.transition_type)
    if move is None:
        raise invalid_field(body, "transition_type", f"must be one of {', '.join(_MOVES)}")
    origin, target = move
    if row.state != origin.state:
        raise conflict(
            f"The session is in a {row.state}, not in a {origin.state}, so {body.transition_type} is impossible.",
            SESSION_MOVES,
        )
    if isinstance(body.context_id, str):
        check_reference(context, body, "context_id", target, body.context_id)
        check_going_on(context, target, body.context_id)
        context_id: str | None = body.context_id
    else:
        context_id = _known(context, row, target)
    context.store.run(
        f"UPDATE sessions SET state = ?, {target.attribute} = ?, context_updated_at = ?, updated_at = ? WHERE id = ?",
        (
            target.state,
            context_id,
            row.context_updated_at if target.id_in(row) == context_id else context.now,
            context.now,
            session_id,
        ),
    )
    transition = _add(context, session_id, body, target=target, origin=origin)
    data = SessionTransitionedEventData(session=session(context, session_id), transition=transition)
    emit(context, events.SESSION_TRANSITIONED, data)
    return transition


@handles(operations.LIST_SESSION_TRANSITIONS)
def list_transitions(context: RequestContext, session_id: str) -> list[Transition]:
    """The session's moves, oldest first."""
    find_session(context, session_id)
    rows = context.store.all(
        SessionTransitionRow, "SELECT * FROM session_transitions WHERE session_id = ? ORDER BY n", (session_id,)
    )
    return [_model(row) for row in rows]


def _known(context: RequestContext, row: SessionRow, target: Place) -> str | None:
    """Where nothing is named, the session goes back to what its context has there, unless that is over."""
    known = target.id_in(row)
    return None if known is None or is_over(context, target, known) else known


def _add(
    context: RequestContext, session_id: str, body: TransitionSessionBody, *, origin: Place, target: Place
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
            origin.state,
            target.state,
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
