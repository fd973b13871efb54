"""`orbit.conversations`: direct and group conversations and their participants."""

import builtins
from collections.abc import Mapping, Sequence
from typing import Any, Literal, overload

from orbitconnect_api.api.conversations import (
    add_conversation_participant,
    create_conversation,
    find_conversations_by_reference,
    get_conversation,
    list_conversation_participants,
    list_conversations,
    remove_conversation_participant,
    update_conversation,
    update_conversation_context,
)
from orbitconnect_api.models.add_conversation_participant_body import AddConversationParticipantBody
from orbitconnect_api.models.conversation import Conversation
from orbitconnect_api.models.conversation_context import ConversationContext
from orbitconnect_api.models.create_conversation_body import CreateConversationBody
from orbitconnect_api.models.participant import Participant
from orbitconnect_api.models.update_conversation_body import UpdateConversationBody
from orbitconnect_api.models.update_conversation_context_body import UpdateConversationContextBody
from orbitconnect_api.types import UNSET, Unset

from ..._facade.arguments import omit_none, with_extra, with_hints
from ..executor import AsyncExecutor


@with_hints("orbit.conversations")
class AsyncConversations:
    """Direct and group conversations and their participants.

    Methods: `create`, `list`, `get`, `update`, `update_context`, `find_by_reference`, `list_participants`,
    `add_participant`, `remove_participant`.
    """

    def __init__(self, executor: AsyncExecutor) -> None:
        self._executor = executor

    @overload
    async def create(
        self,
        *,
        type: Literal["direct"],
        participant_id: str,
        metadata: Mapping[str, Any] | None = None,
        context: ConversationContext | Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> Conversation: ...

    @overload
    async def create(
        self,
        *,
        type: Literal["group"],
        participant_ids: Sequence[str],
        metadata: Mapping[str, Any] | None = None,
        context: ConversationContext | Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> Conversation: ...

    async def create(
        self,
        *,
        type: Literal["direct", "group"] | str,
        participant_id: str | None = None,
        participant_ids: Sequence[str] | None = None,
        metadata: Mapping[str, Any] | None = None,
        context: ConversationContext | Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> Conversation:
        """Starts a conversation of the acting user with one other user (`direct`) or with several (`group`).

        The acting user takes part without being named, and owns the group (inferred).

        The SDK never repeats this call after a byte was sent: a repetition could start a second conversation. If
        `error.sent` is True, `list` shows whether the conversation exists.

        Args:
            type: `direct` or `group`.
            participant_id: The id of the other user of a direct conversation.
            participant_ids: The ids of the other users of a group, at least one (the limit is inferred).
            metadata: Your own data about the conversation; the `name` of a group, for example.
            context: What the conversation is about. A mapping can have the model's names or those of the wire:
                `reference_id` or `referenceId`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The conversation.

        Raises:
            ValueError: If `type` is `direct` or `group`, and the participants do not fit it; or if `context` gives a
                field twice, or has nearly the name of one.
            TypeError: If `participant_ids` is a single string.
            NotFoundError: If there is no such user.
            PermissionDeniedError: If the acting user may not start it.
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            chat = await orbit.conversations.create(type="direct", participant_id=bob.id, acting_user_id=alice.id)
            team = await orbit.as_user(alice.id).conversations.create(
                type="group", participant_ids=[bob.id, carol.id], metadata={"name": "Team Alpha"}
            )
            ```
        """
        if type == "direct":
            if participant_id is None:
                raise ValueError("participant_id is missing: a direct conversation is with one other user.")
            if participant_ids is not None:
                raise ValueError("participant_ids is for groups: a direct conversation takes participant_id alone.")
        elif type == "group":
            if participant_ids is None:
                raise ValueError("participant_ids is missing: a group is with a list of other users.")
            if participant_id is not None:
                raise ValueError("participant_id is for direct conversations: a group takes participant_ids alone.")
        body = CreateConversationBody(
            type=type,
            participant_id=omit_none(participant_id),
            participant_ids=omit_none(participant_ids),
            metadata=omit_none(metadata),
            context=omit_none(context),
        )
        return await self._executor.execute(create_conversation.build(body=body, acting_user_id=acting_user_id))

    async def list(self, *, acting_user_id: str | None = None) -> builtins.list[Conversation]:
        """Lists the conversations that the acting user takes part in.

        Args:
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The conversations, the one with the newest message first (the order is inferred).

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            for conversation in await orbit.conversations.list(acting_user_id=alice.id):
                print(conversation.id, conversation.unread_count)
            ```
        """
        return await self._executor.execute(list_conversations.build(acting_user_id=acting_user_id))

    async def get(self, conversation_id: str, *, acting_user_id: str | None = None) -> Conversation:
        """Gets a conversation that the acting user takes part in.

        Args:
            conversation_id: The conversation's id, as returned by `create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The conversation.

        Raises:
            NotFoundError: If there is no such conversation.
            PermissionDeniedError: If the acting user does not take part in it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            conversation = await orbit.conversations.get("cnv_81b0", acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(get_conversation.build(conversation_id, acting_user_id=acting_user_id))

    async def update(
        self,
        conversation_id: str,
        *,
        metadata: Mapping[str, Any] | Unset | None = UNSET,
        extra: Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> Conversation:
        """Sets the given fields of a conversation and leaves the others as they are.

        The context has a method of its own, `update_context`.

        Args:
            conversation_id: The conversation's id.
            metadata: Your own data about the conversation; replaces what was there. None clears it (inferred).
            extra: Other fields of a group, which this version does not know, by their names on the wire. They are sent
                as they are.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The conversation after the change.

        Raises:
            TypeError: If `metadata` or `extra` is neither a mapping nor None.
            ValueError: If `extra` holds a field that has an argument of its own.
            NotFoundError: If there is no such conversation.
            PermissionDeniedError: If the acting user may not change it.
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            team = await orbit.conversations.update(team.id, metadata={"name": "Team Beta"}, acting_user_id=alice.id)
            ```
        """
        body = UpdateConversationBody.from_dict(with_extra({"metadata": metadata}, extra))
        return await self._executor.execute(
            update_conversation.build(conversation_id, body=body, acting_user_id=acting_user_id)
        )

    async def update_context(
        self,
        conversation_id: str,
        context: ConversationContext | Mapping[str, Any],
        *,
        acting_user_id: str | None = None,
    ) -> Conversation:
        """Merges the given fields into a conversation's context and leaves its other fields as they are.

        A conversation that had no context gets one (inferred).

        Args:
            conversation_id: The conversation's id.
            context: The fields to set. A mapping can have the model's names or those of the wire: `reference_id` or
                `referenceId`. None in a mapping clears a field (inferred); in a model that you made it leaves the
                field as it is.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The conversation after the change, with the whole context.

        Raises:
            NotFoundError: If there is no such conversation.
            PermissionDeniedError: If the acting user may not change it.
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.conversations.update_context(chat.id, {"status": "completed"}, acting_user_id=alice.id)
            ```
        """
        body = UpdateConversationContextBody(context=context)
        return await self._executor.execute(
            update_conversation_context.build(conversation_id, body=body, acting_user_id=acting_user_id)
        )

    async def find_by_reference(
        self, reference_id: str, *, acting_user_id: str | None = None
    ) -> builtins.list[Conversation]:
        """Finds the acting user's conversations about one thing of yours: all those about a booking, for example.

        Args:
            reference_id: Your own id of the thing, as given in the `context` of the conversations.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The conversations; the list is empty when there are none.

        Raises:
            UnprocessableEntityError: If `reference_id` is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            chats = await orbit.conversations.find_by_reference("booking_123", acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(
            find_conversations_by_reference.build(reference_id=reference_id, acting_user_id=acting_user_id)
        )

    async def list_participants(
        self, conversation_id: str, *, acting_user_id: str | None = None
    ) -> builtins.list[Participant]:
        """Lists the users that take part in a conversation.

        Args:
            conversation_id: The conversation's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The participants. The user's id is the `app_user_id` of each, not its `id`.

        Raises:
            NotFoundError: If there is no such conversation.
            PermissionDeniedError: If the acting user does not take part in it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            for participant in await orbit.conversations.list_participants(team.id, acting_user_id=alice.id):
                print(participant.app_user_id, participant.role)
            ```
        """
        return await self._executor.execute(
            list_conversation_participants.build(conversation_id, acting_user_id=acting_user_id)
        )

    async def add_participant(
        self, conversation_id: str, user_id: str, *, acting_user_id: str | None = None
    ) -> Participant:
        """Adds a user to a group. A direct conversation takes no third participant (inferred).

        The SDK never repeats this call after a byte was sent: a repetition could be refused although the first request
        was carried out. If `error.sent` is True, `list_participants` shows whether the user was added.

        Args:
            conversation_id: The group's id.
            user_id: The id of the user to add.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The user's part in the conversation.

        Raises:
            NotFoundError: If there is no such conversation or no such user.
            PermissionDeniedError: If the acting user may not add others.
            ConflictError: If the user takes part already, or the conversation is direct (inferred).
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            participant = await orbit.conversations.add_participant(team.id, dave.id, acting_user_id=alice.id)
            ```
        """
        body = AddConversationParticipantBody(app_user_id=user_id)
        return await self._executor.execute(
            add_conversation_participant.build(conversation_id, body=body, acting_user_id=acting_user_id)
        )

    async def remove_participant(
        self, conversation_id: str, user_id: str, *, acting_user_id: str | None = None
    ) -> None:
        """Removes a user from a group; the user's messages stay.

        A user who removes itself leaves the group (inferred).

        Args:
            conversation_id: The group's id.
            user_id: The id of the user to remove.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such conversation, or the user does not take part in it. It is sent again
                after a failure, so this can also mean that an earlier attempt removed the user.
            PermissionDeniedError: If the acting user may not remove others.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.conversations.remove_participant(team.id, dave.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(
            remove_conversation_participant.build(conversation_id, user_id, acting_user_id=acting_user_id)
        )
