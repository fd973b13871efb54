"""`orbit.realtime`: orchestrate sessions, from chat to call to meeting and back."""

from collections.abc import Mapping
from typing import Any

from orbitconnect_api.api.realtime import (
    create_session,
    emit_session_event,
    end_session,
    get_session,
    get_session_context,
    get_session_event,
    list_session_events,
    list_session_transitions,
    list_sessions,
    transition_session,
    update_session,
    update_session_context,
)
from orbitconnect_api.literals import SessionType, TransitionType
from orbitconnect_api.models.create_session_body import CreateSessionBody
from orbitconnect_api.models.emit_session_event_body import EmitSessionEventBody
from orbitconnect_api.models.session import Session
from orbitconnect_api.models.session_context import SessionContext
from orbitconnect_api.models.session_event import SessionEvent
from orbitconnect_api.models.transition import Transition
from orbitconnect_api.models.transition_session_body import TransitionSessionBody
from orbitconnect_api.models.update_session_body import UpdateSessionBody
from orbitconnect_api.models.update_session_context_body import UpdateSessionContextBody
from orbitconnect_api.types import UNSET, Unset
from orbitconnect_api.values import write_text

from ..._facade.arguments import omit_none
from ..._facade.hints import with_hints
from ..._flows.transitions import CALL_TO_MEETING, CHAT_TO_CALL, MEETING_TO_CHAT
from ..._pipeline.settings import check_timeout
from ..executor import AsyncExecutor
from ..flows.escalation import AsyncEscalation


@with_hints("orbit.realtime")
class AsyncRealtime:
    """Orchestrate sessions, from chat to call to meeting and back.

    Methods: `create_session`, `list_sessions`, `get_session`, `update_session`, `end_session`, `escalate`,
    `chat_to_call`, `call_to_meeting`, `meeting_to_chat`, `transition`, `list_transitions`, `emit_event`, `list_events`,
    `get_event`, `get_context`, `update_context`.
    """

    def __init__(self, executor: AsyncExecutor) -> None:
        self._executor = executor

    async def create_session(
        self,
        *,
        type: SessionType | str,
        context_id: str | None = None,
        acting_user_id: str | None = None,
    ) -> Session:
        """Create a session, which links a chat, a call and a meeting.

        Its users can move from one to the next within the session.

        The SDK never retries this call once a byte has been sent: a retry could create a second session. If
        `error.sent` is True, `list_sessions` shows whether the session exists.

        Args:
            type: The type of session to start with: `chat_session`, `call_session` or `meeting_session` (the last two
                inferred).
            context_id: The id of the session's conversation, call or meeting.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The session. Its `id` is the `session_id` of the other methods.

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the call or meeting is over (inferred).
            UnprocessableEntityError: If a value is invalid, or the acting user takes part in no conversation, call or
                meeting with this `context_id`.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            session = await orbit.realtime.create_session(
                type="chat_session", context_id=chat.id, acting_user_id=alice.id
            )
            ```
        """
        body = CreateSessionBody(type=type, context_id=omit_none(context_id))
        return await self._executor.execute(create_session.build(body=body, acting_user_id=acting_user_id))

    async def list_sessions(self, *, acting_user_id: str | None = None) -> list[Session]:
        """List the sessions that the acting user may see.

        Args:
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The sessions, newest first: sessions that the user created, and sessions with a conversation, call or
            meeting that the user participates in (inferred).

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for session in await orbit.realtime.list_sessions(acting_user_id=alice.id):
                print(session.id, session.state)
            ```
        """
        return await self._executor.execute(list_sessions.build(acting_user_id=acting_user_id))

    async def get_session(self, session_id: str, *, acting_user_id: str | None = None) -> Session:
        """Get a session and its context.

        Args:
            session_id: The session's id, as returned by `create_session`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The session.

        Raises:
            NotFoundError: If the session does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            session = await orbit.realtime.get_session(session.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(get_session.build(session_id, acting_user_id=acting_user_id))

    async def update_session(
        self, session_id: str, *, context_id: str | Unset | None = UNSET, acting_user_id: str | None = None
    ) -> Session:
        """Set the conversation, call or meeting of a session.

        Args:
            session_id: The session's id.
            context_id: The id of the conversation, call or meeting. If you omit it, its value does not change. None
                clears it (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The updated session.

        Raises:
            NotFoundError: If the session does not exist.
            PermissionDeniedError: If the acting user is not allowed to change the session.
            ConflictError: If the session has ended, or the call or meeting is over (inferred).
            UnprocessableEntityError: If the acting user takes part in no conversation, call or meeting with this
                `context_id` (inferred).
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            session = await orbit.realtime.update_session(session.id, context_id=chat.id, acting_user_id=alice.id)
            ```
        """
        body = UpdateSessionBody(context_id=context_id)
        return await self._executor.execute(update_session.build(session_id, body=body, acting_user_id=acting_user_id))

    async def end_session(self, session_id: str, *, acting_user_id: str | None = None) -> Session:
        """End a session. Its conversation, call or meeting continues (inferred).

        The SDK never retries this call once a byte has been sent: a retry could fail although the first request
        succeeded. If `error.sent` is True, `get_session` shows the session's `status`.

        Args:
            session_id: The session's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The ended session.

        Raises:
            NotFoundError: If the session does not exist.
            PermissionDeniedError: If the acting user is not allowed to end the session.
            ConflictError: If the session has already ended.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.realtime.end_session(session.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(end_session.build(session_id, acting_user_id=acting_user_id))

    def escalate(
        self,
        *,
        conversation_id: str | None = None,
        session_id: str | None = None,
        undo_timeout: float = 10.0,
        acting_user_id: str | None = None,
    ) -> AsyncEscalation:
        """Move a chat to a call and then to a meeting; undo it all if a step fails.

        The `with` block opens a session or continues one. Each step creates the call or meeting, moves the session
        there, and keeps the conversation, call and meeting in the session's context. If a step fails, or an error or
        cancellation leaves the block, everything that the block created is ended, the newest first, and the error is
        raised again. Its notes (`__notes__`) name what could not be ended. If the block ends normally, the session, the
        call and the meeting continue.

        If the response to a request was lost, a call is looked up and ended: the call that rings between the two users
        since the session began (inferred, because a user can be in only one call). A meeting or session cannot be
        looked up without its id, so the notes describe it. Requests that reach the API even later are not found, and a
        process that is killed undoes nothing.

        Args:
            conversation_id: The id of the conversation to escalate. A session is opened for it.
            session_id: The id of a session to continue, for example one that was still in a call when an earlier `with`
                block ended. It is not ended on failure. If it has moved, the notes say so, because the API cannot move
                it back.
            undo_timeout: The time limit for undoing everything, in seconds, more than 0; 10 by default.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The escalation, with `to_call`, `to_meeting`, `to_chat`, `session`, `call` and `meeting`. Entering the block
            raises the same errors as `create_session` or `get_session`.

        Raises:
            ValueError: Unless exactly one of `conversation_id` and `session_id` is given, or if `undo_timeout` is not
                more than 0.

        Example:
            ```python
            async with orbit.realtime.escalate(conversation_id=chat.id, acting_user_id=alice.id) as flow:
                call = await flow.to_call(bob.id, type="video")
                await orbit.calls.wait_until_accepted(call.id, timeout=60, acting_user_id=alice.id)
                meeting = await flow.to_meeting(title="All together")
            ```
        """
        if (conversation_id is None) == (session_id is None):
            raise ValueError(
                "Pass either conversation_id, to open a session for it, or session_id, to continue a session."
            )
        for name, given in (("conversation_id", conversation_id), ("session_id", session_id)):
            if given is not None:
                write_text(given, name)
        if undo_timeout is None:  # pyright: ignore[reportUnnecessaryComparison]  # Callers may not check types.
            raise TypeError("undo_timeout must be a number of seconds, not None.")
        check_timeout(undo_timeout)
        return AsyncEscalation(
            self._executor,
            conversation_id=conversation_id,
            session_id=session_id,
            undo_timeout=undo_timeout,
            acting_user_id=acting_user_id,
        )

    async def chat_to_call(self, session_id: str, call_id: str, *, acting_user_id: str | None = None) -> Transition:
        """Move a session from its conversation to a call.

        The transition type is inferred.

        The SDK never retries this call once a byte has been sent: each call moves the session. If `error.sent` is True,
        `get_session` shows the session's `state`.

        Args:
            session_id: The session's id.
            call_id: The call's id, as returned by `orbit.calls.initiate`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The transition.

        Raises:
            NotFoundError: If the session does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the session is not in a conversation, or has ended.
            UnprocessableEntityError: If the acting user does not take part in the call (inferred).
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.realtime.chat_to_call(session.id, call.id, acting_user_id=alice.id)
            ```
        """
        return await self.transition(session_id, CHAT_TO_CALL, call_id, acting_user_id=acting_user_id)

    async def call_to_meeting(
        self, session_id: str, meeting_id: str, *, acting_user_id: str | None = None
    ) -> Transition:
        """Move a session from its call to a meeting.

        The transition type is inferred.

        The SDK never retries this call once a byte has been sent: each call moves the session. If `error.sent` is True,
        `get_session` shows the session's `state`.

        Args:
            session_id: The session's id.
            meeting_id: The meeting's id, as returned by `orbit.meetings.create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The transition.

        Raises:
            NotFoundError: If the session does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the session is not in a call, or has ended.
            UnprocessableEntityError: If the acting user does not take part in the meeting (inferred).
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.realtime.call_to_meeting(session.id, meeting.id, acting_user_id=alice.id)
            ```
        """
        return await self.transition(session_id, CALL_TO_MEETING, meeting_id, acting_user_id=acting_user_id)

    async def meeting_to_chat(
        self, session_id: str, conversation_id: str, *, acting_user_id: str | None = None
    ) -> Transition:
        """Move a session from its meeting to a conversation.

        The transition type is inferred.

        The SDK never retries this call once a byte has been sent: each call moves the session. If `error.sent` is True,
        `get_session` shows the session's `state`.

        Args:
            session_id: The session's id.
            conversation_id: The conversation's id, as returned by `orbit.conversations.create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The transition.

        Raises:
            NotFoundError: If the session does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the session is not in a meeting, or has ended.
            UnprocessableEntityError: If the acting user does not take part in the conversation (inferred).
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.realtime.meeting_to_chat(session.id, chat.id, acting_user_id=alice.id)
            ```
        """
        return await self.transition(session_id, MEETING_TO_CHAT, conversation_id, acting_user_id=acting_user_id)

    async def transition(
        self,
        session_id: str,
        transition_type: TransitionType | str,
        context_id: str | None = None,
        *,
        acting_user_id: str | None = None,
    ) -> Transition:
        """Move a session to another state.

        For the usual transitions, use `chat_to_call`, `call_to_meeting` and `meeting_to_chat`, whose types are
        inferred.

        The SDK never retries this call once a byte has been sent: each call moves the session. If `error.sent` is True,
        `list_transitions` shows whether the session has moved.

        Args:
            session_id: The session's id.
            transition_type: The type of the transition (values inferred).
            context_id: The id of the conversation, call or meeting to move to. None is sent as null, for a transition
                that needs no id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The transition.

        Raises:
            NotFoundError: If the session does not exist, or no conversation, call or meeting has the `context_id`, or
                the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the session's state does not allow the transition, or the session has ended.
            UnprocessableEntityError: If `transition_type` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.realtime.transition(session.id, "chat_to_call", call.id, acting_user_id=alice.id)
            ```
        """
        body = TransitionSessionBody(transition_type=transition_type, context_id=context_id)
        return await self._executor.execute(
            transition_session.build(session_id, body=body, acting_user_id=acting_user_id)
        )

    async def list_transitions(self, session_id: str, *, acting_user_id: str | None = None) -> list[Transition]:
        """List a session's transitions.

        Args:
            session_id: The session's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The transitions, oldest first (inferred).

        Raises:
            NotFoundError: If the session does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for transition in await orbit.realtime.list_transitions(session.id, acting_user_id=alice.id):
                print(transition.from_state, transition.to_state)
            ```
        """
        return await self._executor.execute(list_session_transitions.build(session_id, acting_user_id=acting_user_id))

    async def emit_event(
        self,
        session_id: str,
        *,
        event_type: str,
        payload: Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> SessionEvent:
        """Emit a custom event to a session's participants.

        The session's history keeps the event.

        The SDK never retries this call once a byte has been sent: a retry could emit a second event. If `error.sent` is
        True, `list_events` shows whether the event was emitted.

        Args:
            session_id: The session's id.
            event_type: The event's type, which you can choose. At most 255 characters (inferred).
            payload: Your own data to send with the event.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The event.

        Raises:
            NotFoundError: If the session does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the session has ended.
            UnprocessableEntityError: If a value is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.realtime.emit_event(
                session.id, event_type="slide.changed", payload={"slide": 4}, acting_user_id=alice.id
            )
            ```
        """
        body = EmitSessionEventBody(event_type=event_type, payload=omit_none(payload))
        return await self._executor.execute(
            emit_session_event.build(session_id, body=body, acting_user_id=acting_user_id)
        )

    async def list_events(self, session_id: str, *, acting_user_id: str | None = None) -> list[SessionEvent]:
        """List the events that were emitted in a session.

        Args:
            session_id: The session's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The events, oldest first (inferred).

        Raises:
            NotFoundError: If the session does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for event in await orbit.realtime.list_events(session.id, acting_user_id=alice.id):
                print(event.event_type, event.payload)
            ```
        """
        return await self._executor.execute(list_session_events.build(session_id, acting_user_id=acting_user_id))

    async def get_event(self, session_id: str, event_id: str, *, acting_user_id: str | None = None) -> SessionEvent:
        """Get an event that was emitted in a session.

        Args:
            session_id: The session's id.
            event_id: The event's id, as returned by `emit_event`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The event.

        Raises:
            NotFoundError: If the session or the event does not exist, or the acting user cannot see them (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            event = await orbit.realtime.get_event(session.id, event.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(
            get_session_event.build(session_id, event_id, acting_user_id=acting_user_id)
        )

    async def get_context(self, session_id: str, *, acting_user_id: str | None = None) -> SessionContext:
        """Get the ids of a session's conversation, call and meeting.

        Args:
            session_id: The session's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The ids. Ids that are not set are None.

        Raises:
            NotFoundError: If the session does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            context = await orbit.realtime.get_context(session.id, acting_user_id=alice.id)
            print(context.conversation_id, context.call_id)
            ```
        """
        return await self._executor.execute(get_session_context.build(session_id, acting_user_id=acting_user_id))

    async def update_context(
        self,
        session_id: str,
        *,
        conversation_id: str | Unset | None = UNSET,
        call_id: str | Unset | None = UNSET,
        meeting_id: str | Unset | None = UNSET,
        acting_user_id: str | None = None,
    ) -> SessionContext:
        """Update the given ids of a session's context. Omitted ids stay unchanged.

        The session does not change its state.

        Args:
            session_id: The session's id.
            conversation_id: The conversation's id. None clears it (inferred).
            call_id: The call's id. None clears it (inferred).
            meeting_id: The meeting's id. None clears it (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The updated context.

        Raises:
            NotFoundError: If the session does not exist.
            PermissionDeniedError: If the acting user is not allowed to change the session.
            ConflictError: If the session has ended (inferred).
            UnprocessableEntityError: If the acting user does not take part in the conversation, call or meeting
                (inferred).
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.realtime.update_context(session.id, call_id=call.id, acting_user_id=alice.id)
            ```
        """
        body = UpdateSessionContextBody(conversation_id=conversation_id, call_id=call_id, meeting_id=meeting_id)
        return await self._executor.execute(
            update_session_context.build(session_id, body=body, acting_user_id=acting_user_id)
        )
