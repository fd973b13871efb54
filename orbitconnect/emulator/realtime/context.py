"""A session's context: the conversation, the call and the meeting that belong to it."""

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
from .places import PLACES, Place, check_reference
from .session_rows import context_model, find_own, find_session, session


@handles(operations.GET_SESSION_CONTEXT)
def get_context(context: RequestContext, session_id: str) -> SessionContext:
    """The context as it is now."""
    return context_model(find_session(context, session_id))


@handles(operations.UPDATE_SESSION_CONTEXT)
def update_context(context: RequestContext, session_id: str) -> SessionContext:
    """Sets the ids that were given; null clears one. The session stays where it is."""
    row = find_own(context, session_id, "change")
    body = UpdateSessionContextBody.from_dict(context.body)
    given: dict[Place, str | None] = {}
    for place in PLACES:
        value: str | Unset | None = getattr(body, place.attribute)
        if isinstance(value, Unset):
            continue
        if value is not None and value != place.id_in(row):
            check_reference(context, body, place.attribute, place, value)
        given[place] = value
    set_context(context, row, given)
    return context_model(find_session(context, session_id))


def set_context(context: RequestContext, row: SessionRow, given: Mapping[Place, str | None]) -> None:
    """Sets ids of a session's context. What stays as it was is no change, and no event.

    Args:
        context: The call.
        row: The session as it was.
        given: The ids, by where they belong.
    """
    changed = {place: value for place, value in given.items() if place.id_in(row) != value}
    if not changed:
        return
    assignments = "".join(f"{place.attribute} = ?, " for place in changed)
    context.store.run(
        f"UPDATE sessions SET {assignments}context_updated_at = ?, updated_at = ? WHERE id = ?",
        (*changed.values(), context.now, context.now, row.id),
    )
    updated = session(context, row.id)
    assert updated.context is not None
    data = SessionContextUpdatedEventData(session=updated, context=updated.context)
    emit(context, events.SESSION_CONTEXT_UPDATED, data)
