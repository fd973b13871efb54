"""How to take back what a flow has made: for each thing the call that ends it, and a look at whether it is over.

Everything here is pure; `orbitconnect._async.flows.escalation` sends the calls.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from attrs import evolve, frozen

from orbitconnect_api.api.calls import end_call, get_call, list_calls
from orbitconnect_api.api.meetings import end_meeting, get_meeting, list_meetings
from orbitconnect_api.api.realtime import end_session, get_session, list_sessions
from orbitconnect_api.models.call import Call
from orbitconnect_api.models.meeting import Meeting
from orbitconnect_api.models.session import Session
from orbitconnect_api.types import Request, SafeRepr

from ..errors import OrbitServerError
from .milestones import RINGING, SCHEDULED, call_is_over, meeting_is_over, session_is_over


@frozen(repr=False)
class Made(SafeRepr):
    """Something that a flow has made."""

    end: Request[Any] | None
    """Ends it. Sent again where no answer came: it names one thing, and what is over cannot end twice. None where the
    API has nothing that does."""
    look: Request[Any]
    is_over: Callable[[Any], bool]
    if_not: str
    """What to tell where it does not seem to be over then."""


@frozen(repr=False)
class Perhaps(SafeRepr):
    """Something that a flow may have made: no answer has come yet."""

    find: Request[list[Any]]
    fits: Callable[[Any], bool]
    """Whether one of those that are found can be it."""
    made: Callable[[str], Made] | None
    """How to take it back; None where it cannot be told from what somebody else has made."""
    if_not: str
    """What to tell where it cannot be taken back."""


def repeatable(request: Request[Any]) -> Request[Any]:
    """The same call, to be tried again after any failure that may pass."""
    return evolve(request, operation=request.operation._replace(retry="safe"))


def may_have_taken_effect(error: BaseException) -> bool:
    """Whether a call that ended so may have been carried out."""
    if isinstance(error, OrbitServerError):
        return not 400 <= error.status < 500 or error.status == 408
    return not isinstance(error, (ValueError, TypeError))


def made_call(call_id: str, actor: str | None) -> Made:
    """A call that was initiated."""
    return Made(
        repeatable(end_call.build(call_id, acting_user_id=actor)),
        get_call.build(call_id, acting_user_id=actor),
        call_is_over,
        f"The call {call_id} may go on. End it with orbit.calls.end.",
    )


def perhaps_call(callee_id: str, type: str, since: datetime | None, actor: str | None) -> Perhaps:
    """A call that is being initiated.

    A user can be in one call only (inferred), so one that rings, and is no older than the flow, is this one.
    """

    def fits(call: Call) -> bool:
        return (
            call.caller_id == actor
            and call.callee_id == callee_id
            and call.type == type
            and call.status == RINGING
            and _is_since(call.created_at, since)
        )

    def made(call_id: str) -> Made:
        return made_call(call_id, actor)

    # Without an instant to compare with, one cannot tell.
    return Perhaps(
        list_calls.build(acting_user_id=actor),
        fits,
        None if since is None else made,
        "A call may have been made all the same.",
    )


def made_meeting(meeting_id: str, actor: str | None) -> Made:
    """A meeting that was created."""
    return Made(
        repeatable(end_meeting.build(meeting_id, acting_user_id=actor)),
        get_meeting.build(meeting_id, acting_user_id=actor),
        meeting_is_over,
        f"The meeting {meeting_id} may go on. End it with orbit.meetings.end.",
    )


def perhaps_meeting(title: str, since: datetime | None, actor: str | None) -> Perhaps:
    """A meeting that is being created. Its host may have made another of that title, so it is named and left alone."""

    def fits(meeting: Meeting) -> bool:
        return (
            meeting.host_user_id == actor
            and meeting.title == title
            and meeting.status == SCHEDULED
            and _is_since(meeting.created_at, since)
        )

    return Perhaps(list_meetings.build(acting_user_id=actor), fits, None, "A meeting may have been made all the same.")


def made_session(session_id: str, actor: str | None) -> Made:
    """A session that was opened."""
    return Made(
        repeatable(end_session.build(session_id, acting_user_id=actor)),
        get_session.build(session_id, acting_user_id=actor),
        session_is_over,
        f"The session {session_id} may go on. End it with orbit.realtime.end_session.",
    )


def perhaps_session(conversation_id: str | None, type: str, actor: str | None) -> Perhaps:
    """A session that is being opened. There may be others about the conversation, so it is named and left alone."""

    def fits(session: Session) -> bool:
        return (
            session.created_by == actor
            and session.type == type
            and session.context_id == conversation_id
            and not session_is_over(session)
        )

    return Perhaps(list_sessions.build(acting_user_id=actor), fits, None, "A session may have been made all the same.")


def moved_session(session: Session, actor: str | None) -> Made:
    """A session that was there before, and that is moved on. The API moves none back: one can only tell."""
    state = session.state
    return Made(
        None,
        get_session.build(session.id, acting_user_id=actor),
        lambda now: now.state == state or session_is_over(now),
        f"The session {session.id} may have left the {state} where it was, and the API moves none back.",
    )


def _is_since(created_at: datetime | None, since: datetime | None) -> bool:
    """Both instants are the API's, so no clocks are compared."""
    return since is None or (created_at is not None and created_at >= since)
