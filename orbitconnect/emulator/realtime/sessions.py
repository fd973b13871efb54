"""Sessions: opening, finding, changing and ending them."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import events, operations
from orbitconnect_api.models.create_session_body import CreateSessionBody
from orbitconnect_api.models.session import Session
from orbitconnect_api.models.session_lifecycle_event_data import SessionLifecycleEventData
from orbitconnect_api.models.update_session_body import UpdateSessionBody
from orbitconnect_api.types import Unset

from ..context import RequestContext
from ..outbox import emit
from ..refusals import invalid_field
from ..registry import handles
from .context import set_context
from .places import PLACES, check_going_on, check_reference
from .session_rows import find_own, find_session, model, session, visible_sessions

_BEGINNINGS: Final = {place.begins_as: place for place in PLACES}
_STATES: Final = {place.state: place for place in PLACES}


@handles(operations.CREATE_SESSION)
def create_session(context: RequestContext) -> Session:
    """Opens a session in the state that its type begins in."""
    body = CreateSessionBody.from_dict(context.body)
    place = _BEGINNINGS.get(body.type)
    if place is None:
        raise invalid_field(body, "type", f"must be one of {', '.join(_BEGINNINGS)}")
    context_id = None if isinstance(body.context_id, Unset) else body.context_id
    if context_id is not None:
        check_reference(context, body, "context_id", place, context_id)
        check_going_on(context, place, context_id)
    session_id = context.new_id("ses")
    context.store.run(
        f"INSERT INTO sessions (id, type, state, {place.attribute}, context_updated_at, created_by, created_at,"
        " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (session_id, body.type, place.state, context_id, context.now, context.actor_id, context.now, context.now),
    )
    created = session(context, session_id)
    emit(context, events.SESSION_CREATED, SessionLifecycleEventData(session=created))
    return created


@handles(operations.LIST_SESSIONS)
def list_sessions(context: RequestContext) -> list[Session]:
    """The sessions that the acting user sees, newest first; those that have ended too."""
    return visible_sessions(context)


@handles(operations.GET_SESSION)
def get_session(context: RequestContext, session_id: str) -> Session:
    """One session."""
    return model(find_session(context, session_id))


@handles(operations.UPDATE_SESSION)
def update_session(context: RequestContext, session_id: str) -> Session:
    """Sets what the session is about where it is now; null clears it. It makes no transition."""
    row = find_own(context, session_id, "change")
    body = UpdateSessionBody.from_dict(context.body)
    if not isinstance(body.context_id, Unset):
        place = _STATES[row.state]
        if body.context_id is not None and body.context_id != place.id_in(row):
            check_reference(context, body, "context_id", place, body.context_id)
        set_context(context, row, {place: body.context_id})
    return session(context, session_id)


@handles(operations.END_SESSION)
def end_session(context: RequestContext, session_id: str) -> Session:
    """Ends a session. The conversation, the call and the meeting that it is about stay as they are."""
    find_own(context, session_id, "end")
    context.store.run(
        "UPDATE sessions SET ended_by = ?, ended_at = ?, updated_at = ? WHERE id = ?",
        (context.actor_id, context.now, context.now, session_id),
    )
    ended = session(context, session_id)
    emit(context, events.SESSION_ENDED, SessionLifecycleEventData(session=ended))
    return ended
