"""Sessions: creating, listing, updating and ending them."""

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
from .session_context import set_context
from .session_rows import own_session, session_from, session_model, visible_session, visible_sessions
from .states import STATES, check_not_over, check_reference

_STATES_BY_TYPE: Final = {state.session_type: state for state in STATES}
_STATES_BY_NAME: Final = {state.name: state for state in STATES}


@handles(operations.CREATE_SESSION)
def create_session(context: RequestContext) -> Session:
    """Create a session. Its type determines the state in which it starts."""
    body = CreateSessionBody.from_dict(context.body)
    state = _STATES_BY_TYPE.get(body.type)
    if state is None:
        raise invalid_field(body, "type", f"must be one of {', '.join(_STATES_BY_TYPE)}")
    context_id = None if isinstance(body.context_id, Unset) else body.context_id
    if context_id is not None:
        check_reference(context, body, "context_id", state, context_id)
        check_not_over(context, state, context_id)
    session_id = context.new_id("ses")
    context.store.run(
        f"INSERT INTO sessions (id, type, state, {state.attribute}, context_updated_at, created_by, created_at,"
        " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (session_id, body.type, state.name, context_id, context.now, context.actor_id, context.now, context.now),
    )
    created = session_model(context, session_id)
    emit(context, events.SESSION_CREATED, SessionLifecycleEventData(session=created))
    return created


@handles(operations.LIST_SESSIONS)
def list_sessions(context: RequestContext) -> list[Session]:
    """List the sessions that the acting user can see, newest first, including those that have ended."""
    return visible_sessions(context)


@handles(operations.GET_SESSION)
def get_session(context: RequestContext, session_id: str) -> Session:
    """Return one session."""
    return session_from(visible_session(context, session_id))


@handles(operations.UPDATE_SESSION)
def update_session(context: RequestContext, session_id: str) -> Session:
    """Set the id of the target of the session's current state; null clears it. This is not a transition."""
    row = own_session(context, session_id, "change")
    body = UpdateSessionBody.from_dict(context.body)
    if not isinstance(body.context_id, Unset):
        state = _STATES_BY_NAME[row.state]
        if body.context_id is not None and body.context_id != state.target_id(row):
            check_reference(context, body, "context_id", state, body.context_id)
        set_context(context, row, {state: body.context_id})
    return session_model(context, session_id)


@handles(operations.END_SESSION)
def end_session(context: RequestContext, session_id: str) -> Session:
    """End a session. The session's conversation, call and meeting stay as they are."""
    own_session(context, session_id, "end")
    context.store.run(
        "UPDATE sessions SET ended_by = ?, ended_at = ?, updated_at = ? WHERE id = ?",
        (context.actor_id, context.now, context.now, session_id),
    )
    ended = session_model(context, session_id)
    emit(context, events.SESSION_ENDED, SessionLifecycleEventData(session=ended))
    return ended
