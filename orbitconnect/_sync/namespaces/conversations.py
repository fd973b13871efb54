# Derived from orbitconnect/_async/namespaces/conversations.py by `make generate`: edit that file.
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
from orbitconnect_api.literals import ConversationType
from orbitconnect_api.models.add_conversation_participant_body import AddConversationParticipantBody
from orbitconnect_api.models.conversation import Conversation
from orbitconnect_api.models.conversation_context import ConversationContext
from orbitconnect_api.models.create_conversation_body import CreateConversationBody
from orbitconnect_api.models.participant import Participant
from orbitconnect_api.models.update_conversation_body import UpdateConversationBody
from orbitconnect_api.models.update_conversation_context_body import UpdateConversationContextBody
from orbitconnect_api.types import UNSET, Unset

from ..._facade.arguments import omit_none, with_extra
from ..._facade.hints import with_hints
from ..executor import Executor


@with_hints("orbit.conversations")
class Conversations:
    """Direct and group conversations and their participants.

    Methods: `create`, `list`, `get`, `update`, `update_context`, `find_by_reference`, `list_participants`,
    `add_participant`, `remove_participant`.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    @overload
    def create(
        self,
        *,
        type: Literal["direct"],
        participant_id: str,
        metadata: Mapping[str, Any] | None = None,
        context: ConversationContext | Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> Conversation: ...

    @overload
    def create(
        self,
        *,
        type: Literal["group"],
        participant_ids: Sequence[str],
        metadata: Mapping[str, Any] | None = None,
        context: ConversationContext | Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> Conversation: ...

    def create(
        self,
        *,
        type: ConversationType | str,
        participant_id: str | None = None,
        participant_ids: Sequence[str] | None = None,
        metadata: Mapping[str, Any] | None = None,
        context: ConversationContext | Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> Conversation:
        """Start a direct conversation with one user, or a group with several.

        The acting user is a participant even if not listed, and becomes the owner if the conversation is a group
        (inferred).

        The SDK never retries this call once a byte has been sent: a retry could start a second conversation. If
        `error.sent` is True, `list` shows whether the conversation exists.

        Args:
            type: `direct` or `group`.
            participant_id: The other user's id. Required for direct conversations; not allowed for groups.
            participant_ids: The ids of the other users. Required for groups; not allowed for direct conversations. At
                least one id (inferred).
            metadata: Your own data about the conversation, such as the `name` of a group.
            context: What the conversation is about. A mapping may use the model's names or the API's: `reference_id` or
                `referenceId`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The conversation.

        Raises:
            ValueError: If `type` is `direct` or `group` and the participants do not match it, or if `context` contains
                a field twice or a misspelled one.
            TypeError: If `participant_ids` is a single string.
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If a value is invalid, or a participant is not an active user.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            chat = orbit.conversations.create(type="direct", participant_id=bob.id, acting_user_id=alice.id)
            team = orbit.as_user(alice.id).conversations.create(
                type="group", participant_ids=[bob.id, carol.id], metadata={"name": "Team Alpha"}
            )
            ```
        """
        if type == "direct":
            if participant_id is None:
                raise ValueError("participant_id is missing: pass the id of the other user of the direct conversation.")
            if participant_ids is not None:
                raise ValueError(
                    "participant_ids is only for groups: pass participant_id alone for a direct conversation."
                )
        elif type == "group":
            if participant_ids is None:
                raise ValueError("participant_ids is missing: pass the ids of the other users of the group.")
            if participant_id is not None:
                raise ValueError(
                    "participant_id is only for direct conversations: pass participant_ids alone for a group."
                )
        body = CreateConversationBody(
            type=type,
            participant_id=omit_none(participant_id),
            participant_ids=omit_none(participant_ids),
            metadata=omit_none(metadata),
            context=omit_none(context),
        )
        return self._executor.execute(create_conversation.build(body=body, acting_user_id=acting_user_id))

    def list(self, *, acting_user_id: str | None = None) -> builtins.list[Conversation]:
        """List the acting user's conversations.

        Args:
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The conversations, sorted by their newest message, newest first (inferred).

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for conversation in orbit.conversations.list(acting_user_id=alice.id):
                print(conversation.id, conversation.unread_count)
            ```
        """
        return self._executor.execute(list_conversations.build(acting_user_id=acting_user_id))

    def get(self, conversation_id: str, *, acting_user_id: str | None = None) -> Conversation:
        """Get a conversation. The acting user must be a participant.

        Args:
            conversation_id: The conversation's id, as returned by `create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The conversation.

        Raises:
            NotFoundError: If the conversation does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            conversation = orbit.conversations.get(chat.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(get_conversation.build(conversation_id, acting_user_id=acting_user_id))

    def update(
        self,
        conversation_id: str,
        *,
        metadata: Mapping[str, Any] | Unset | None = UNSET,
        extra: Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> Conversation:
        """Update the given fields of a conversation. Omitted fields stay unchanged.

        To change the context, use `update_context`.

        Args:
            conversation_id: The conversation's id.
            metadata: Your own data about the conversation. It replaces the existing data. None clears it (inferred).
            extra: Other fields of a group that this version of the SDK does not know, by their API names. Sent
                unchanged.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The updated conversation.

        Raises:
            TypeError: If `metadata` or `extra` is neither a mapping nor None.
            ValueError: If `extra` contains a field that has its own argument.
            NotFoundError: If the conversation does not exist.
            PermissionDeniedError: If the acting user is not allowed to change the conversation.
            UnprocessableEntityError: If a value is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            team = orbit.conversations.update(team.id, metadata={"name": "Team Beta"}, acting_user_id=alice.id)
            ```
        """
        body = UpdateConversationBody.from_dict(with_extra({"metadata": metadata}, extra))
        return self._executor.execute(
            update_conversation.build(conversation_id, body=body, acting_user_id=acting_user_id)
        )

    def update_context(
        self,
        conversation_id: str,
        context: ConversationContext | Mapping[str, Any],
        *,
        acting_user_id: str | None = None,
    ) -> Conversation:
        """Merge the given fields into a conversation's context.

        Omitted fields stay unchanged. A conversation without a context gets one (inferred).

        Args:
            conversation_id: The conversation's id.
            context: The fields to set. A mapping may use the model's names or the API's: `reference_id` or
                `referenceId`. In a mapping, None clears a field (inferred); in a model that you created, None leaves
                the field unchanged.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The updated conversation with its whole context.

        Raises:
            NotFoundError: If the conversation does not exist.
            PermissionDeniedError: If the acting user is not allowed to change the conversation.
            UnprocessableEntityError: If a value is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            orbit.conversations.update_context(chat.id, {"status": "completed"}, acting_user_id=alice.id)
            ```
        """
        body = UpdateConversationContextBody(context=context)
        return self._executor.execute(
            update_conversation_context.build(conversation_id, body=body, acting_user_id=acting_user_id)
        )

    def find_by_reference(self, reference_id: str, *, acting_user_id: str | None = None) -> builtins.list[Conversation]:
        """Find the acting user's conversations about one of your records.

        Args:
            reference_id: Your own id of the record, such as a booking, as set in the conversations' `context`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The conversations; an empty list if there are none.

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If `reference_id` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            chats = orbit.conversations.find_by_reference("booking_123", acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(
            find_conversations_by_reference.build(reference_id=reference_id, acting_user_id=acting_user_id)
        )

    def list_participants(
        self, conversation_id: str, *, acting_user_id: str | None = None
    ) -> builtins.list[Participant]:
        """List the participants of a conversation.

        Args:
            conversation_id: The conversation's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The participants. A participant's user id is its `app_user_id`, not its `id`.

        Raises:
            NotFoundError: If the conversation does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for participant in orbit.conversations.list_participants(team.id, acting_user_id=alice.id):
                print(participant.app_user_id, participant.role)
            ```
        """
        return self._executor.execute(
            list_conversation_participants.build(conversation_id, acting_user_id=acting_user_id)
        )

    def add_participant(self, conversation_id: str, user_id: str, *, acting_user_id: str | None = None) -> Participant:
        """Add a user to a group.

        A direct conversation cannot have a third participant (inferred).

        The SDK never retries this call once a byte has been sent: a retry could fail although the first request
        succeeded. If `error.sent` is True, `list_participants` shows whether the user was added.

        Args:
            conversation_id: The group's id.
            user_id: The id of the user to add.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The new participant.

        Raises:
            NotFoundError: If the conversation or the user does not exist.
            PermissionDeniedError: If the acting user is not allowed to add participants.
            ConflictError: If the user is already a participant, or the conversation is direct (inferred).
            UnprocessableEntityError: If `user_id` is not the id of an active user.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            participant = orbit.conversations.add_participant(team.id, dave.id, acting_user_id=alice.id)
            ```
        """
        body = AddConversationParticipantBody(app_user_id=user_id)
        return self._executor.execute(
            add_conversation_participant.build(conversation_id, body=body, acting_user_id=acting_user_id)
        )

    def remove_participant(self, conversation_id: str, user_id: str, *, acting_user_id: str | None = None) -> None:
        """Remove a user from a group. The user's messages remain in the conversation.

        Users can remove themselves to leave the group (inferred).

        Args:
            conversation_id: The group's id.
            user_id: The id of the user to remove.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the conversation does not exist, or the user is not a participant. The SDK retries this
                call, so the error can also mean that an earlier attempt removed the user.
            PermissionDeniedError: If the acting user is not allowed to remove participants.
            ConflictError: If the conversation is direct (inferred).
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            orbit.conversations.remove_participant(team.id, carol.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(
            remove_conversation_participant.build(conversation_id, user_id, acting_user_id=acting_user_id)
        )
