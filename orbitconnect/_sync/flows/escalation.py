# Derived from orbitconnect/_async/flows/escalation.py by `make generate`: edit that file.
"""Move a session from a chat to a call and a meeting, and undo everything if a step fails."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Final, Self, TypeVar

from orbitconnect_api.api.calls import get_call, initiate_call
from orbitconnect_api.api.meetings import add_meeting_participant, create_meeting, start_meeting
from orbitconnect_api.api.realtime import create_session, get_session, transition_session, update_session_context
from orbitconnect_api.literals import CallType
from orbitconnect_api.models.add_meeting_participant_body import AddMeetingParticipantBody
from orbitconnect_api.models.call import Call
from orbitconnect_api.models.create_meeting_body import CreateMeetingBody
from orbitconnect_api.models.create_session_body import CreateSessionBody
from orbitconnect_api.models.initiate_call_body import InitiateCallBody
from orbitconnect_api.models.meeting import Meeting
from orbitconnect_api.models.session import Session
from orbitconnect_api.models.session_context import SessionContext
from orbitconnect_api.models.transition_session_body import TransitionSessionBody
from orbitconnect_api.models.update_session_context_body import UpdateSessionContextBody
from orbitconnect_api.types import Request

from ..._concurrency.undisturbed import undisturbed
from ..._facade.arguments import omit_none
from ..._flows.transitions import CALL_TO_MEETING, CHAT_TO_CALL, MEETING_TO_CHAT
from ..._flows.undo import (
    Made,
    Perhaps,
    made_call,
    made_meeting,
    made_session,
    may_have_taken_effect,
    moved_session,
    perhaps_call,
    perhaps_meeting,
    perhaps_session,
)
from ..executor import Executor
from .undo import undo

T = TypeVar("T")

_CHAT_SESSION: Final = "chat_session"
_CHAT: Final = "chat"
_CALL: Final = "call"
_MEETING: Final = "meeting"


class Escalation:
    """A session that moves from a chat to a call, to a meeting and back. From `orbit.realtime.escalate`.

    Use it in one task at a time.
    """

    def __init__(
        self,
        executor: Executor,
        *,
        conversation_id: str | None,
        session_id: str | None,
        undo_timeout: float,
        acting_user_id: str | None,
    ) -> None:
        self._executor = executor
        self._conversation_id = conversation_id
        self._session_id = session_id
        self._undo_timeout = undo_timeout
        settings = executor._settings  # pyright: ignore[reportPrivateUsage]  # A flow is a part of the client.
        self._actor = settings.acting_user_id if acting_user_id is None else acting_user_id
        self._session: Session | None = None
        self._made: list[Made | Perhaps] = []
        self._is_open = False
        self._call: Call | None = None
        self._meeting: Meeting | None = None

    @property
    def session(self) -> Session:
        """The session after the last step.

        Raises:
            RuntimeError: If the `with` block has not been entered.
        """
        if self._session is None:
            raise RuntimeError("There is no session yet. Enter the block first: `with orbit.realtime.escalate(...)`.")
        return self._session

    @property
    def call(self) -> Call | None:
        """The call that `to_call` started, if any."""
        return self._call

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that `to_meeting` started, if any."""
        return self._meeting

    def to_call(self, callee_id: str, *, type: CallType | str = "video") -> Call:
        """Call a user and move the session from its chat to the call.

        Args:
            callee_id: The id of the user to call.
            type: `voice` for audio only, or `video` for audio and video.

        Returns:
            The ringing call. To wait for the callee, use `orbit.calls.wait_until_accepted`.

        Raises:
            RuntimeError: If the session is not in a chat, or the flow is over.
            ConflictError: If the user is in another call (inferred), or the session is no longer in a chat.
            OrbitServerError: For any other API or network error. The flow is undone first.
        """
        with self._step(_CHAT):
            body = InitiateCallBody(callee_id=callee_id, type=type)
            perhaps = perhaps_call(callee_id, type, self.session.created_at, self._actor)
            request = initiate_call.build(body=body, acting_user_id=self._actor)
            self._call = call = self._make(request, perhaps)
            self._made[-1] = made_call(call.id, self._actor)
            self._move(CHAT_TO_CALL, call.id)
        return call

    def to_meeting(self, *, title: str, description: str | None = None, participant_ids: Sequence[str] = ()) -> Meeting:
        """Start a meeting and move the session from its call to the meeting.

        The acting user is the host, and the other user in the call becomes a participant. The call continues until you
        end it, so that its users have time to join the meeting.

        Args:
            title: The meeting's title. At most 255 characters (inferred).
            description: What the meeting is about. At most 2000 characters (inferred).
            participant_ids: The ids of further participants.

        Returns:
            The live meeting.

        Raises:
            RuntimeError: If the session is not in a call, or the flow is over.
            ConflictError: If the session is no longer in a call.
            OrbitServerError: For any other API or network error. The flow is undone first.
        """
        with self._step(_CALL):
            invited = dict.fromkeys([*self._other_side(), *participant_ids])
            invited.pop(self._actor or "", None)
            body = CreateMeetingBody(title=title, description=omit_none(description))
            perhaps = perhaps_meeting(title, self.session.created_at, self._actor)
            meeting = self._make(create_meeting.build(body=body, acting_user_id=self._actor), perhaps)
            self._made[-1] = made_meeting(meeting.id, self._actor)
            for user_id in invited:
                participant = AddMeetingParticipantBody(app_user_id=user_id)
                self._execute(add_meeting_participant.build(meeting.id, body=participant, acting_user_id=self._actor))
            self._meeting = meeting = self._execute(start_meeting.build(meeting.id, acting_user_id=self._actor))
            self._move(CALL_TO_MEETING, meeting.id)
        return meeting

    def to_chat(self, conversation_id: str | None = None) -> Session:
        """Move the session from its meeting to a chat. The meeting continues until you end it.

        Args:
            conversation_id: The conversation's id. The default is the session's conversation.

        Returns:
            The session, now in the chat.

        Raises:
            RuntimeError: If the session is not in a meeting, or the flow is over.
            ValueError: If `conversation_id` is missing and the session has no conversation.
            ConflictError: If the session is no longer in a meeting.
            OrbitServerError: For any other API or network error. The flow is undone first.
        """
        with self._step(_MEETING):
            self._conversation_id = conversation_id or self._conversation_id
            if self._conversation_id is None:
                raise ValueError(
                    "conversation_id is missing, and the session has no conversation. Call to_chat(conversation_id)."
                )
            return self._move(MEETING_TO_CHAT, self._conversation_id)

    def __enter__(self) -> Self:
        if self._is_open or self._session is not None:
            raise RuntimeError("A flow can be entered only once. Create another one with orbit.realtime.escalate(...).")
        self._is_open = True
        with self._step(None):
            if self._session_id is not None:
                session = self._execute(get_session.build(self._session_id, acting_user_id=self._actor))
                self._conversation_id = None if session.context is None else session.context.conversation_id
                self._made.append(moved_session(session, self._actor))
            else:
                body = CreateSessionBody(type=_CHAT_SESSION, context_id=omit_none(self._conversation_id))
                perhaps = perhaps_session(self._conversation_id, _CHAT_SESSION, self._actor)
                session = self._make(create_session.build(body=body, acting_user_id=self._actor), perhaps)
                self._made[-1] = made_session(session.id, self._actor)
            self._session = session
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is not None and self._is_open:
            undisturbed(self._undo, error)
        self._is_open = False

    @contextmanager
    def _step(self, state: str | None) -> Generator[None]:
        """Run one step, which starts in the given state. If it fails, end the flow and undo it."""
        if not self._is_open:
            raise RuntimeError(
                "This flow is over or was not entered. Enter a new one: `with orbit.realtime.escalate(...)`."
            )
        known = None if self._session is None else self._session.state
        if state is not None and known in (_CHAT, _CALL, _MEETING) and known != state:
            raise RuntimeError(f"The session is in a {known}, but this step requires a {state}.")
        try:
            yield
        except BaseException as error:
            self._is_open = False
            undisturbed(self._undo, error)
            raise

    def _undo(self, error: BaseException) -> None:
        for left_behind in undo(self._executor, self._made, self._undo_timeout):
            error.add_note(left_behind)

    def _execute(self, request: Request[T]) -> T:
        return self._executor.execute(request)

    def _make(self, request: Request[T], perhaps: Perhaps) -> T:
        """Create an object. Until the response arrives, the object is listed as possibly created."""
        self._made.append(perhaps)
        try:
            return self._execute(request)
        except BaseException as error:
            if not may_have_taken_effect(error):
                self._made.pop()
            raise

    def _move(self, transition_type: str, context_id: str) -> Session:
        """Move the session, and add the ids that are missing from its context."""
        session = self.session
        body = TransitionSessionBody(transition_type=transition_type, context_id=context_id)
        self._execute(transition_session.build(session.id, body=body, acting_user_id=self._actor))
        look = get_session.build(session.id, acting_user_id=self._actor)
        session = self._execute(look)
        missing = self._missing(session.context)
        if missing is not None:
            self._execute(update_session_context.build(session.id, body=missing, acting_user_id=self._actor))
            session = self._execute(look)
        self._session = session
        return session

    def _missing(self, context: SessionContext | None) -> UpdateSessionContextBody | None:
        """The ids missing from a session's context, because the API may set only the id that the transition names."""
        known = SessionContext() if context is None else context
        missing = UpdateSessionContextBody()
        if self._conversation_id is not None and self._conversation_id != known.conversation_id:
            missing.conversation_id = self._conversation_id
        if self._call is not None and self._call.id != known.call_id:
            missing.call_id = self._call.id
        if self._meeting is not None and self._meeting.id != known.meeting_id:
            missing.meeting_id = self._meeting.id
        return missing if missing.to_dict() else None

    def _other_side(self) -> list[str]:
        """The ids of the users in the session's call, excluding the acting user."""
        call, context = self._call, self.session.context
        if call is None and context is not None and context.call_id is not None:
            call = self._execute(get_call.build(context.call_id, acting_user_id=self._actor))
        sides = () if call is None else (call.caller_id, call.callee_id)
        return [side for side in sides if side is not None and side != self._actor]
