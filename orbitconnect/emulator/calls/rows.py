"""Calls in the store: finding them and checking their state. Other packages use this function too."""

from __future__ import annotations

from typing import Final

from ..context import Context, RequestContext
from ..refusals import conflict, not_found
from ..rules import CALL_STATE, PARTICIPANTS_ONLY
from ..tables.calls import CallRow

RINGING: Final = "ringing"
ACCEPTED: Final = "accepted"
REJECTED: Final = "rejected"
MISSED: Final = "missed"
ENDED: Final = "ended"


def find_call(context: Context, call_id: str) -> CallRow:
    """Return any call.

    Raises:
        Refusal: If there is no such call.
    """
    row = context.store.one_or_none(CallRow, "SELECT * FROM calls WHERE id = ?", (call_id,))
    if row is None:
        raise not_found("call")
    return row


def own_call(context: RequestContext, call_id: str) -> CallRow:
    """Return a call whose caller or callee is the acting user.

    Raises:
        Refusal: If there is no such call, or it is between other users. The response's body is the same for both.
    """
    row = find_call(context, call_id)
    if context.actor_id not in (row.caller_id, row.callee_id):
        raise not_found("call", PARTICIPANTS_ONLY)
    return row


def check_recordable_call(context: RequestContext, call_id: str) -> None:
    """Check that the acting user can record a call now.

    Raises:
        Refusal: If the user has no such call, or the call has not been accepted or is over.
    """
    if own_call(context, call_id).status != ACCEPTED:
        raise conflict("Only a call that was accepted and is not over can be recorded.", CALL_STATE)
