"""A session's context: its conversation, call and meeting."""

from __future__ import annotations

from collections.abc import Mapping

from orbitconnect_api import events, operations
from orbitconnect_api.models.session_context import SessionContext
from orbitconnect_api.models.session_context_updated_event_data import SessionContextUpdatedEventData
from orbitconnect_api.models.update_session_context_body import UpdateSessionContextBody
from orbitconnect_api.types import Unset

from ..context import RequestContext
from ..outbox import emit
from ..registry import handles
from ..tables.realtime import SessionRow
from .session_rows import context_from, own_session, session_model, visible_session
from .states import STATES, SessionState, check_reference


@handles(operations.GET_SESSION_CONTEXT)
def get_context(context: RequestContext, session_id: str) -> SessionContext:
    """Return the context."""
    return context_from(visible_session(context, session_id))


@handles(operations.UPDATE_SESSION_CONTEXT)
def update_context(context: RequestContext, session_id: str) -> SessionContext:
    """Set the given ids; null clears an id. The session's state does not change."""
    row = own_session(context, session_id, "change")
    body = UpdateSessionContextBody.from_dict(context.body)
    given: dict[SessionState, str | None] = {}
    for state in STATES:
        value: str | Unset | None = getattr(body, state.attribute)
        if isinstance(value, Unset):
            continue
        if value is not None and value != state.target_id(row):
            check_reference(context, body, state.attribute, state, value)
        given[state] = value
    set_context(context, row, given)
    return context_from(visible_session(context, session_id))


def set_context(context: RequestContext, row: SessionRow, given: Mapping[SessionState, str | None]) -> None:
    """Set ids in a session's context. If all ids stay the same, nothing changes and no event is emitted.

    Args:
        context: The request context.
        row: The session before the change.
        given: The target ids, by the session state that they belong to.
    """
    changed = {state: value for state, value in given.items() if state.target_id(row) != value}
    if not changed:
        return
    assignments = "".join(f"{state.attribute} = ?, " for state in changed)
    context.store.run(
        f"UPDATE sessions SET {assignments}context_updated_at = ?, updated_at = ? WHERE id = ?",
        (*changed.values(), context.now, context.now, row.id),
    )
    updated = session_model(context, row.id)
    assert updated.context is not None
    data = SessionContextUpdatedEventData(session=updated, context=updated.context)
    emit(context, events.SESSION_CONTEXT_UPDATED, data)
