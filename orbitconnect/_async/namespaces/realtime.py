"""`orbit.realtime`: session orchestration, from chat to call to meeting and back."""

from collections.abc import Mapping
from typing import Any, Literal

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

from ..._facade.arguments import omit_none, with_hints
from ..._flows.transitions import CALL_TO_MEETING, CHAT_TO_CALL, MEETING_TO_CHAT
from ..._pipeline.settings import check_timeout
from ..executor import AsyncExecutor
from ..flows.escalation import AsyncEscalation


@with_hints("orbit.realtime")
class AsyncRealtime:
    """Session orchestration, from chat to call to meeting and back.

    Methods: `create_session`, `list_sessions`, `get_session`, `update_session`, `end_session`, `escalate`,
    `chat_to_call`, `call_to_meeting`, `meeting_to_chat`, `transition`, `list_transitions`, `emit_event`, `list_events`,
    `get_event`, `get_context`, `update_context`.
    """

    def __init__(self, executor: AsyncExecutor) -> None:
        self._executor = executor

    async def create_session(
        self,
        *,
        type: Literal["chat_session", "call_session", "meeting_session"] | str,
        context_id: str | None = None,
        acting_user_id: str | None = None,
    ) -> Session:
        """Opens a session: the thread that ties a chat, a call and a meeting together while users move between them.

        The SDK never repeats this call after a byte was sent: it opens a session each time. If `error.sent` is True,
        `list_sessions` shows whether the session exists.

        Args:
            type: What the session begins as: `chat_session`, or `call_session` or `meeting_session` (both inferred).
            context_id: The id of the conversation, call or meeting that the session is about.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The session, with the `id` that the other methods take.

        Raises:
            NotFoundError: If there is nothing with the `context_id`.
            PermissionDeniedError: If the acting user takes no part in it.
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            session = await orbit.realtime.create_session(
                type="chat_session", context_id=conversation.id, acting_user_id=user.id
            )
            ```
        """
        body = CreateSessionBody(type=type, context_id=omit_none(context_id))
        return await self._executor.execute(create_session.build(body=body, acting_user_id=acting_user_id))

    async def list_sessions(self, *, acting_user_id: str | None = None) -> list[Session]:
        """Lists the sessions that the acting user may see.

        Args:
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The sessions.

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            for session in await orbit.realtime.list_sessions(acting_user_id=user.id):
                print(session.id, session.state)
            ```
        """
        return await self._executor.execute(list_sessions.build(acting_user_id=acting_user_id))

    async def get_session(self, session_id: str, *, acting_user_id: str | None = None) -> Session:
        """Gets a session with its context.

        Args:
            session_id: The session's id, as returned by `create_session`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The session.

        Raises:
            NotFoundError: If there is no such session.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            session = await orbit.realtime.get_session("ses_0c4d", acting_user_id=user.id)
            ```
        """
        return await self._executor.execute(get_session.build(session_id, acting_user_id=acting_user_id))

    async def update_session(
        self, session_id: str, *, context_id: str | Unset | None = UNSET, acting_user_id: str | None = None
    ) -> Session:
        """Sets what a session is about. What is left out stays as it is.

        Args:
            session_id: The session's id.
            context_id: The id of the conversation, call or meeting. None clears it (inferred).
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The session after the change.

        Raises:
            NotFoundError: If there is no such session, or nothing with the `context_id`.
            PermissionDeniedError: If the acting user may not change it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            session = await orbit.realtime.update_session(
                "ses_0c4d", context_id=conversation.id, acting_user_id=user.id
            )
            ```
        """
        body = UpdateSessionBody(context_id=context_id)
        return await self._executor.execute(update_session.build(session_id, body=body, acting_user_id=acting_user_id))

    async def end_session(self, session_id: str, *, acting_user_id: str | None = None) -> Session:
        """Ends a session. The conversation, call or meeting that it is about is not ended with it (inferred).

        The SDK never repeats this call after a byte was sent: a repetition would find that the session has ended. If
        `error.sent` is True, `get_session` shows the session's `status`.

        Args:
            session_id: The session's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The session after the change.

        Raises:
            NotFoundError: If there is no such session.
            PermissionDeniedError: If the acting user may not end it.
            ConflictError: If it has ended already.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.realtime.end_session("ses_0c4d", acting_user_id=user.id)
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
        """Moves a chat on to a call and to a meeting in one block, and takes it back where something fails.

        The block opens a session, or goes on with one. Its steps make the call or the meeting, move the session there
        and see to it that its context keeps the conversation, the call and the meeting. When a step fails, or the block
        is left by an error or a cancellation, what the block has made is ended, the last thing first, and the error
        goes on; its notes (`__notes__`) name what could not be ended. When the block is left otherwise, all goes on.

        A call whose answer was lost is looked up and ended: the one that rings between the two since the session began
        (inferred, as a user can be in one call only). A meeting or a session whose answer was lost cannot be told from
        another, so the notes name what it can be. A request that arrives after that is not found; nor can a process
        that is killed take anything back.

        Args:
            conversation_id: The id of the conversation that is escalated. Opens a session about it.
            session_id: The id of a session to go on with, such as one that an earlier block has left in a call. It is
                not ended when something fails; the notes tell if it has moved, since the API moves none back.
            undo_timeout: The seconds that taking back may take in all.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            What the block works with: `to_call`, `to_meeting`, `to_chat`, `session`, `call`, `meeting`. Beginning it
            raises as `create_session` or `get_session` does.

        Raises:
            ValueError: If not exactly one of `conversation_id` and `session_id` is given, or `undo_timeout` is not more
                than 0.

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
                "Give either conversation_id, to open a session about it, or session_id, to go on with one."
            )
        for name, given in (("conversation_id", conversation_id), ("session_id", session_id)):
            if given is not None:
                write_text(given, name)
        if undo_timeout is None:  # pyright: ignore[reportUnnecessaryComparison]  # Callers may not check types.
            raise TypeError("undo_timeout must be a number of seconds: taking back has to end.")
        check_timeout(undo_timeout)
        return AsyncEscalation(
            self._executor,
            conversation_id=conversation_id,
            session_id=session_id,
            undo_timeout=undo_timeout,
            acting_user_id=acting_user_id,
        )

    async def chat_to_call(self, session_id: str, call_id: str, *, acting_user_id: str | None = None) -> Transition:
        """Moves a session from its conversation to a call.

        The wire form is inferred.

        The SDK never repeats this call after a byte was sent: a session moves on each time. If `error.sent` is True,
        `get_session` shows the session's `state`.

        Args:
            session_id: The session's id.
            call_id: The id of the call, as returned by `orbit.calls.initiate`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The transition that was made.

        Raises:
            NotFoundError: If there is no such session or call.
            PermissionDeniedError: If the acting user may not move it on.
            ConflictError: If the session is not in a conversation, or has ended.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.realtime.chat_to_call(session.id, call.id, acting_user_id=user.id)
            ```
        """
        return await self.transition(session_id, CHAT_TO_CALL, call_id, acting_user_id=acting_user_id)

    async def call_to_meeting(
        self, session_id: str, meeting_id: str, *, acting_user_id: str | None = None
    ) -> Transition:
        """Moves a session from its call to a meeting.

        The wire form is inferred.

        The SDK never repeats this call after a byte was sent: a session moves on each time. If `error.sent` is True,
        `get_session` shows the session's `state`.

        Args:
            session_id: The session's id.
            meeting_id: The id of the meeting, as returned by `orbit.meetings.create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The transition that was made.

        Raises:
            NotFoundError: If there is no such session or meeting.
            PermissionDeniedError: If the acting user may not move it on.
            ConflictError: If the session is not in a call, or has ended.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.realtime.call_to_meeting(session.id, meeting.id, acting_user_id=user.id)
            ```
        """
        return await self.transition(session_id, CALL_TO_MEETING, meeting_id, acting_user_id=acting_user_id)

    async def meeting_to_chat(
        self, session_id: str, conversation_id: str, *, acting_user_id: str | None = None
    ) -> Transition:
        """Moves a session from its meeting to a conversation.

        The wire form is inferred.

        The SDK never repeats this call after a byte was sent: a session moves on each time. If `error.sent` is True,
        `get_session` shows the session's `state`.

        Args:
            session_id: The session's id.
            conversation_id: The id of the conversation, as returned by `orbit.conversations.create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The transition that was made.

        Raises:
            NotFoundError: If there is no such session or conversation.
            PermissionDeniedError: If the acting user may not move it on.
            ConflictError: If the session is not in a meeting, or has ended.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.realtime.meeting_to_chat(session.id, conversation.id, acting_user_id=user.id)
            ```
        """
        return await self.transition(session_id, MEETING_TO_CHAT, conversation_id, acting_user_id=acting_user_id)

    async def transition(
        self,
        session_id: str,
        transition_type: Literal["chat_to_call", "call_to_meeting", "meeting_to_chat"] | str,
        context_id: str | None = None,
        *,
        acting_user_id: str | None = None,
    ) -> Transition:
        """Moves a session to another state. For the usual ones there are `chat_to_call` and its siblings.

        The SDK never repeats this call after a byte was sent: a session moves on each time. If `error.sent` is True,
        `list_transitions` shows whether the session has moved.

        Args:
            session_id: The session's id.
            transition_type: How the session is to move on. The listed values are inferred.
            context_id: The id of the conversation, call or meeting that the session moves to. None is sent as null:
                there is nothing to name.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The transition that was made.

        Raises:
            NotFoundError: If there is no such session, or nothing with the `context_id`.
            PermissionDeniedError: If the acting user may not move it on.
            ConflictError: If the session cannot move on so from its present state, or has ended.
            UnprocessableEntityError: If there is no such transition.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.realtime.transition(session.id, "chat_to_call", call.id, acting_user_id=user.id)
            ```
        """
        body = TransitionSessionBody(transition_type=transition_type, context_id=context_id)
        return await self._executor.execute(
            transition_session.build(session_id, body=body, acting_user_id=acting_user_id)
        )

    async def list_transitions(self, session_id: str, *, acting_user_id: str | None = None) -> list[Transition]:
        """Lists the transitions that a session went through.

        Args:
            session_id: The session's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The transitions, oldest first (the order is inferred).

        Raises:
            NotFoundError: If there is no such session.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            for transition in await orbit.realtime.list_transitions("ses_0c4d", acting_user_id=user.id):
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
        """Emits an event of your own to those who take part in a session, and keeps it in its history.

        The SDK never repeats this call after a byte was sent: it emits an event each time. If `error.sent` is True,
        `list_events` shows whether the event was emitted.

        Args:
            session_id: The session's id.
            event_type: What happened, in your own words, at most 255 characters (the limit is inferred).
            payload: Your own data about the event.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The event.

        Raises:
            NotFoundError: If there is no such session.
            PermissionDeniedError: If the acting user takes no part in it.
            ConflictError: If the session has ended.
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.realtime.emit_event(
                "ses_0c4d", event_type="slide.changed", payload={"slide": 4}, acting_user_id=user.id
            )
            ```
        """
        body = EmitSessionEventBody(event_type=event_type, payload=omit_none(payload))
        return await self._executor.execute(
            emit_session_event.build(session_id, body=body, acting_user_id=acting_user_id)
        )

    async def list_events(self, session_id: str, *, acting_user_id: str | None = None) -> list[SessionEvent]:
        """Lists the events that were emitted in a session.

        Args:
            session_id: The session's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The events, oldest first (the order is inferred).

        Raises:
            NotFoundError: If there is no such session.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            for event in await orbit.realtime.list_events("ses_0c4d", acting_user_id=user.id):
                print(event.event_type, event.payload)
            ```
        """
        return await self._executor.execute(list_session_events.build(session_id, acting_user_id=acting_user_id))

    async def get_event(self, session_id: str, event_id: str, *, acting_user_id: str | None = None) -> SessionEvent:
        """Gets an event that was emitted in a session.

        Args:
            session_id: The session's id.
            event_id: The event's id, as returned by `emit_event`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The event.

        Raises:
            NotFoundError: If there is no such session or event.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            event = await orbit.realtime.get_event("ses_0c4d", "sev_90aa", acting_user_id=user.id)
            ```
        """
        return await self._executor.execute(
            get_session_event.build(session_id, event_id, acting_user_id=acting_user_id)
        )

    async def get_context(self, session_id: str, *, acting_user_id: str | None = None) -> SessionContext:
        """Gets the conversation, the call and the meeting that belong to a session.

        Args:
            session_id: The session's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            Their ids; None where there is none.

        Raises:
            NotFoundError: If there is no such session.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            context = await orbit.realtime.get_context("ses_0c4d", acting_user_id=user.id)
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
        """Sets the given ids of a session's context and leaves the others as they are. It makes no transition.

        Args:
            session_id: The session's id.
            conversation_id: The conversation's id. None clears it (inferred).
            call_id: The call's id. None clears it (inferred).
            meeting_id: The meeting's id. None clears it (inferred).
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The context after the change.

        Raises:
            NotFoundError: If there is no such session, conversation, call or meeting.
            PermissionDeniedError: If the acting user may not change it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.realtime.update_context("ses_0c4d", call_id=call.id, acting_user_id=user.id)
            ```
        """
        body = UpdateSessionContextBody(conversation_id=conversation_id, call_id=call_id, meeting_id=meeting_id)
        return await self._executor.execute(
            update_session_context.build(session_id, body=body, acting_user_id=acting_user_id)
        )
