"""Sessions in the store: who sees them, who may change them, and how they are shown."""

from __future__ import annotations

from typing import Final

from orbitconnect_api.models.session import Session
from orbitconnect_api.models.session_context import SessionContext

from ..clock import from_microseconds
from ..context import RequestContext
from ..model_fields import nulls
from ..refusals import conflict, forbidden, not_found
from ..rules import PARTICIPANTS_ONLY, SESSION_ACTIVE, SESSION_CREATOR
from ..tables.realtime import SessionRow
from .places import PLACES

ACTIVE: Final = "active"
ENDED: Final = "ended"

_PLACES: Final = {place.state: place for place in PLACES}

_VISIBLE: Final = " OR ".join(
    ("created_by = :user_id", *(f"{place.attribute} IN ({place.of_user})" for place in PLACES))
)
"""A session is seen by its creator and by those who take part in its conversation, its call or its meeting."""


def find_session(context: RequestContext, session_id: str) -> SessionRow:
    """A session that the acting user sees.

    Raises:
        Refusal: If there is no such session, or the user does not see it.
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
    """The sessions that the acting user sees, newest first."""
    rows = context.store.all(
        SessionRow, f"SELECT * FROM sessions WHERE {_VISIBLE} ORDER BY n DESC", {"user_id": context.actor_id}
    )
    return [model(row) for row in rows]


def find_active(context: RequestContext, session_id: str) -> SessionRow:
    """A session that the acting user sees and that goes on.

    Raises:
        Refusal: If there is none, or it has ended.
    """
    row = find_session(context, session_id)
    _check_active(row)
    return row


def find_own(context: RequestContext, session_id: str, action: str) -> SessionRow:
    """A session that goes on and that the acting user has created.

    Raises:
        Refusal: If there is none, the user is not its creator, or it has ended.
    """
    row = find_session(context, session_id)
    if row.created_by != context.actor_id:
        raise forbidden(f"Only the user who created the session can {action} it.", SESSION_CREATOR)
    _check_active(row)
    return row


def session(context: RequestContext, session_id: str) -> Session:
    """One session as it is now."""
    return model(context.store.one(SessionRow, "SELECT * FROM sessions WHERE id = ?", (session_id,)))


def model(row: SessionRow) -> Session:
    """A session as an answer shows it."""
    return Session(
        id=row.id,
        type=row.type,
        status=ACTIVE if row.ended_at is None else ENDED,
        state=row.state,
        context_id=_PLACES[row.state].id_in(row),
        context=context_model(row),
        created_by=row.created_by,
        ended_by=row.ended_by,
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        ended_at=None if row.ended_at is None else from_microseconds(row.ended_at),
        _raw=nulls(Session),
    )


def context_model(row: SessionRow) -> SessionContext:
    """A session's context as an answer shows it."""
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
