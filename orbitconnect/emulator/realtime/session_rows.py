"""Sessions in the store: who can see and change them, and the API's models of them."""

from __future__ import annotations

from typing import Final

from orbitconnect_api.models.session import Session
from orbitconnect_api.models.session_context import SessionContext

from ..clock import from_microseconds, time_or_none
from ..context import RequestContext
from ..model_fields import nulls
from ..refusals import conflict, forbidden, not_found
from ..rules import PARTICIPANTS_ONLY, SESSION_ACTIVE, SESSION_CREATOR
from ..tables.realtime import SessionRow
from .states import STATES

ACTIVE: Final = "active"
ENDED: Final = "ended"

_STATES: Final = {state.name: state for state in STATES}

_VISIBLE: Final = " OR ".join(
    ("created_by = :user_id", *(f"{state.attribute} IN ({state.ids_of_user})" for state in STATES))
)
"""Selects the sessions that a user can see: those the user created, and those about the user's conversations, calls and
meetings."""


def visible_session(context: RequestContext, session_id: str) -> SessionRow:
    """Return a session that the acting user can see.

    Raises:
        Refusal: If there is no such session, or the user cannot see it.
    """
    row = context.store.one_or_none(
        SessionRow,
        f"SELECT * FROM sessions WHERE id = :session_id AND ({_VISIBLE})",
        {"user_id": context.actor_id, "session_id": session_id},
    )
    if row is None:
        is_known = context.store.exists("SELECT 1 FROM sessions WHERE id = ?", (session_id,))
        raise not_found("session", PARTICIPANTS_ONLY) if is_known else not_found("session")
    return row


def visible_sessions(context: RequestContext) -> list[Session]:
    """The sessions that the acting user can see, newest first."""
    rows = context.store.all(
        SessionRow, f"SELECT * FROM sessions WHERE {_VISIBLE} ORDER BY n DESC", {"user_id": context.actor_id}
    )
    return [session_from(row) for row in rows]


def active_session(context: RequestContext, session_id: str) -> SessionRow:
    """Return a session that the acting user can see and that has not ended.

    Raises:
        Refusal: If there is no such session, or it has ended.
    """
    row = visible_session(context, session_id)
    _check_active(row)
    return row


def own_session(context: RequestContext, session_id: str, action: str) -> SessionRow:
    """Return a session that the acting user created and that has not ended.

    Raises:
        Refusal: If there is no such session, the user is not its creator, or it has ended.
    """
    row = visible_session(context, session_id)
    if row.created_by != context.actor_id:
        raise forbidden(f"Only the user who created the session can {action} it.", SESSION_CREATOR)
    _check_active(row)
    return row


def session_model(context: RequestContext, session_id: str) -> Session:
    """Read a session, and build its model."""
    return session_from(context.store.one(SessionRow, "SELECT * FROM sessions WHERE id = ?", (session_id,)))


def session_from(row: SessionRow) -> Session:
    """Build the model of a row."""
    return Session(
        id=row.id,
        type=row.type,
        status=ACTIVE if row.ended_at is None else ENDED,
        state=row.state,
        context_id=_STATES[row.state].target_id(row),
        context=context_from(row),
        created_by=row.created_by,
        ended_by=row.ended_by,
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        ended_at=time_or_none(row.ended_at),
        _raw=nulls(Session),
    )


def context_from(row: SessionRow) -> SessionContext:
    """Build the model of a session's context."""
    return SessionContext(
        session_id=row.id,
        conversation_id=row.conversation_id,
        call_id=row.call_id,
        meeting_id=row.meeting_id,
        updated_at=from_microseconds(row.context_updated_at),
        _raw=nulls(SessionContext),
    )


def _check_active(row: SessionRow) -> None:
    if row.ended_at is not None:
        raise conflict("The session has ended.", SESSION_ACTIVE)
