"""How to undo what a flow created: for each object, the call that ends it, and a check that it is over.

Nothing here does I/O; `orbitconnect._async.flows.escalation` sends the calls.
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
    """An object that a flow created."""

    end: Request[Any] | None
    """The call that ends the object.

    It is retried if there is no response, because an object cannot be ended twice. None if the API has no such call.
    """
    look: Request[Any]
    """The call that gets the object, to check whether it is over."""
    is_over: Callable[[Any], bool]
    if_not: str
    """The message for the caller if the object may still be active."""


@frozen(repr=False)
class Perhaps(SafeRepr):
    """An object that a flow may have created: there is no response yet."""

    find: Request[list[Any]]
    fits: Callable[[Any], bool]
    """Whether a listed object may be the created one."""
    made: Callable[[str], Made] | None
    """Returns how to end the object with this id. None if it may be an object that someone else created."""
    if_not: str
    """The message for the caller if the object cannot be ended."""


def repeatable(request: Request[Any]) -> Request[Any]:
    """The same call, but retried after any temporary failure."""
    return evolve(request, operation=request.operation._replace(retry="safe"))


def may_have_taken_effect(error: BaseException) -> bool:
    """Whether a call that failed with this error may have taken effect."""
    if isinstance(error, OrbitServerError):
        return not 400 <= error.status < 500 or error.status == 408
    return not isinstance(error, (ValueError, TypeError))


def made_call(call_id: str, actor: str | None) -> Made:
    """A call that was initiated."""
    return Made(
        repeatable(end_call.build(call_id, acting_user_id=actor)),
        get_call.build(call_id, acting_user_id=actor),
        call_is_over,
        f"The call {call_id} may still be active. End it with orbit.calls.end.",
    )


def perhaps_call(callee_id: str, type: str, since: datetime | None, actor: str | None) -> Perhaps:
    """A call that is being initiated.

    A user can be in only one call (inferred). Therefore, a ringing call that is not older than the flow is this one.
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

    # Without a time to compare with, the call cannot be identified.
    return Perhaps(
        list_calls.build(acting_user_id=actor),
        fits,
        None if since is None else made,
        "A call may have been created nevertheless.",
    )


def made_meeting(meeting_id: str, actor: str | None) -> Made:
    """A meeting that was created."""
    return Made(
        repeatable(end_meeting.build(meeting_id, acting_user_id=actor)),
        get_meeting.build(meeting_id, acting_user_id=actor),
        meeting_is_over,
        f"The meeting {meeting_id} may still be active. End it with orbit.meetings.end.",
    )


def perhaps_meeting(title: str, since: datetime | None, actor: str | None) -> Perhaps:
    """A meeting that is being created.

    It is never ended, because its host may have created another one with the same title.
    """

    def fits(meeting: Meeting) -> bool:
        return (
            meeting.host_user_id == actor
            and meeting.title == title
            and meeting.status == SCHEDULED
            and _is_since(meeting.created_at, since)
        )

    return Perhaps(
        list_meetings.build(acting_user_id=actor), fits, None, "A meeting may have been created nevertheless."
    )


def made_session(session_id: str, actor: str | None) -> Made:
    """A session that was created."""
    return Made(
        repeatable(end_session.build(session_id, acting_user_id=actor)),
        get_session.build(session_id, acting_user_id=actor),
        session_is_over,
        f"The session {session_id} may still be active. End it with orbit.realtime.end_session.",
    )


def perhaps_session(conversation_id: str | None, type: str, actor: str | None) -> Perhaps:
    """A session that is being created. It is never ended, because the conversation may have other sessions."""

    def fits(session: Session) -> bool:
        return (
            session.created_by == actor
            and session.type == type
            and session.context_id == conversation_id
            and not session_is_over(session)
        )

    return Perhaps(
        list_sessions.build(acting_user_id=actor), fits, None, "A session may have been created nevertheless."
    )


def moved_session(session: Session, actor: str | None) -> Made:
    """A session that existed before the flow and was moved. The API cannot move it back."""
    state = session.state
    return Made(
        None,
        get_session.build(session.id, acting_user_id=actor),
        lambda now: now.state == state or session_is_over(now),
        f"The session {session.id} may have left its {state}, and the API cannot move it back.",
    )


def _is_since(created_at: datetime | None, since: datetime | None) -> bool:
    """Whether an object was created at or after a time. Both times are from the API's clock."""
    return since is None or (created_at is not None and created_at >= since)
