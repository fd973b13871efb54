"""The application's own events, emitted in a session and kept in its history."""

from __future__ import annotations

from orbitconnect_api import events, operations
from orbitconnect_api.models.emit_session_event_body import EmitSessionEventBody
from orbitconnect_api.models.session_event import SessionEvent
from orbitconnect_api.models.session_event_emitted_event_data import SessionEventEmittedEventData

from ..clock import from_microseconds
from ..context import RequestContext
from ..json_text import from_json, to_json
from ..model_fields import nulls
from ..outbox import emit
from ..refusals import not_found
from ..registry import handles
from ..tables.realtime import SessionEventRow
from .session_rows import active_session, session_model, visible_session


@handles(operations.EMIT_SESSION_EVENT)
def emit_event(context: RequestContext, session_id: str) -> SessionEvent:
    """Emit an event. Every user who can see the session can do so."""
    row = active_session(context, session_id)
    body = EmitSessionEventBody.from_dict(context.body)
    event_id = context.new_id("sev")
    context.store.run("UPDATE sessions SET last_sequence = last_sequence + 1 WHERE id = ?", (session_id,))
    context.store.run(
        "INSERT INTO session_events (id, session_id, sequence, event_type, payload, created_by, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            event_id,
            session_id,
            row.last_sequence + 1,
            body.event_type,
            to_json(body.payload),
            context.actor_id,
            context.now,
        ),
    )
    event = get_event(context, session_id, event_id)
    data = SessionEventEmittedEventData(session=session_model(context, session_id), event=event)
    emit(context, events.SESSION_EVENT_EMITTED, data)
    return event


@handles(operations.LIST_SESSION_EVENTS)
def list_events(context: RequestContext, session_id: str) -> list[SessionEvent]:
    """List the session's events, oldest first."""
    visible_session(context, session_id)
    rows = context.store.all(
        SessionEventRow, "SELECT * FROM session_events WHERE session_id = ? ORDER BY sequence", (session_id,)
    )
    return [_model(row) for row in rows]


@handles(operations.GET_SESSION_EVENT)
def get_event(context: RequestContext, session_id: str, event_id: str) -> SessionEvent:
    """Return one of the session's events."""
    visible_session(context, session_id)
    row = context.store.one_or_none(
        SessionEventRow, "SELECT * FROM session_events WHERE id = ? AND session_id = ?", (event_id, session_id)
    )
    if row is None:
        raise not_found("session event")
    return _model(row)


def _model(row: SessionEventRow) -> SessionEvent:
    return SessionEvent(
        id=row.id,
        session_id=row.session_id,
        event_type=row.event_type,
        payload=from_json(row.payload),
        sequence=row.sequence,
        created_by=row.created_by,
        created_at=from_microseconds(row.created_at),
        _raw=nulls(SessionEvent),
    )
