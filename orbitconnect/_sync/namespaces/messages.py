# Derived from orbitconnect/_async/namespaces/messages.py by `make generate`: edit that file.
"""`orbit.messages`: send, list, search and sync messages. Reactions, pins and replies."""

import builtins
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from orbitconnect_api.api.messages import (
    ack_message,
    delete_message,
    edit_message,
    forward_message,
    get_message,
    get_message_info,
    get_pinned_messages,
    list_messages,
    mark_message_read,
    pin_message,
    react_to_message,
    recall_message,
    reply_to_message,
    search_messages,
    search_messages_globally,
    send_message,
    sync_messages,
    unpin_message,
)
from orbitconnect_api.literals import MessageType
from orbitconnect_api.models.edit_message_body import EditMessageBody
from orbitconnect_api.models.forward_message_body import ForwardMessageBody
from orbitconnect_api.models.message import Message
from orbitconnect_api.models.message_info import MessageInfo
from orbitconnect_api.models.react_to_message_body import ReactToMessageBody
from orbitconnect_api.models.reaction import Reaction
from orbitconnect_api.models.reply_to_message_body import ReplyToMessageBody
from orbitconnect_api.models.send_message_body import SendMessageBody
from orbitconnect_api.types import UNSET, Request, Unset

from ..._facade.arguments import instant_of, omit_none
from ..._facade.hints import with_hints
from ..._paging.by_change import Changes
from ..._paging.by_growing import Growing
from ..._paging.by_sequence import NewestFirst, OldestFirst
from ..._paging.walk import Walk, check_count, page_size_for
from ..executor import Executor
from ..paging.iterator import MessageIterator


@with_hints("orbit.messages")
class Messages:
    """Send, list, search and sync messages. Reactions, pins and replies.

    Methods: `send`, `list`, `iterate`, `get`, `edit`, `delete`, `recall`, `ack`, `mark_read`, `react`, `reply`,
    `forward`, `pin`, `unpin`, `get_pinned`, `get_info`, `search`, `iterate_search`, `search_global`,
    `iterate_search_global`, `sync`, `iterate_sync`.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def send(
        self,
        *,
        conversation_id: str,
        content: str,
        type: MessageType | str | Unset = UNSET,
        metadata: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
        acting_user_id: str | None = None,
    ) -> Message:
        """Send a message to a conversation. The acting user is the sender.

        The message is not end-to-end encrypted, even if your users' devices encrypt theirs.

        The SDK retries this call after a failure. All attempts carry the same idempotency key, so that only one message
        is sent.

        Args:
            conversation_id: The conversation's id.
            content: The message text. At least 1 character (inferred).
            type: The type of the message (values inferred). The server defaults to `text` (inferred). The vendor's PHP
                SDK sends `system` if you pass none.
            metadata: Your own data about the message.
            idempotency_key: Identifies this message. At most 255 characters (inferred). If a key is repeated, the
                server returns the message that already exists (inferred). By default, each call gets a new random key.
                Pass your own if your code may make the same call again.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The message.

        Raises:
            NotFoundError: If the conversation does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If `idempotency_key` was used for another message (inferred).
            UnprocessableEntityError: If a value is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            message = orbit.messages.send(conversation_id=chat.id, content="Hello", acting_user_id=alice.id)
            ```
        """
        body = SendMessageBody(
            content=content, type=type, metadata=omit_none(metadata), idempotency_key=omit_none(idempotency_key)
        )
        return self._executor.execute(send_message.build(conversation_id, body=body, acting_user_id=acting_user_id))

    def list(
        self,
        conversation_id: str,
        *,
        limit: int | None = None,
        offset: int | None = None,
        after_sequence: int | None = None,
        acting_user_id: str | None = None,
    ) -> builtins.list[Message]:
        """List a conversation's messages.

        The `content` of end-to-end encrypted messages is ciphertext.

        Args:
            conversation_id: The conversation's id.
            limit: The maximum number of messages to return. Not negative (inferred). The server defaults to 50
                (inferred).
            offset: How many messages to skip. Not negative (inferred). The server defaults to 0 (inferred).
            after_sequence: Return only messages after the message with this `sequence`. Not negative (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The messages, newest first. With `after_sequence`, oldest first. Both orders are inferred.

        Raises:
            NotFoundError: If the conversation does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If a number is out of range.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            page = orbit.messages.list(chat.id, limit=20, acting_user_id=alice.id)
            newer = orbit.messages.list(chat.id, after_sequence=41, acting_user_id=alice.id)
            ```
        """
        call = list_messages.build(
            conversation_id,
            limit=limit,
            offset=offset,
            after_sequence=after_sequence,
            acting_user_id=acting_user_id,
        )
        return self._executor.execute(call)

    def iterate(
        self,
        conversation_id: str,
        *,
        after_sequence: int | None = None,
        before_sequence: int | None = None,
        limit: int | None = None,
        page_size: int = 100,
        prefetch: bool = False,
        acting_user_id: str | None = None,
    ) -> MessageIterator:
        """Iterate over a conversation's messages, fetching them page by page.

        The iterator returns every message that exists from the first page to the last, once and in order, even if
        messages are sent or deleted in the meantime: it pages by `sequence`, not by offset. Deleted messages are left
        out (inferred).

        After an error, you can use the same iterator again: it continues where it stopped. To continue with a new
        iterator, pass the `sequence` of the last message as `after_sequence` or `before_sequence`.

        Args:
            conversation_id: The conversation's id.
            after_sequence: Start after the message with this `sequence` and go from old to new. 0 starts with the first
                message. Messages sent during the iteration are included.
            before_sequence: Start before the message with this `sequence` and go from new to old.
            limit: The maximum number of messages to return in total. Not negative. None (the default) means no limit.
            page_size: How many messages to fetch at a time, 1 or more; 100 by default. The server may return fewer
                (inferred).
            prefetch: Fetch the next page in the background while the caller processes the current one: in a task, or in
                a thread with `OrbitServer`. To leave a loop early, use `with` or call `close()`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            An iterator. Without `after_sequence`, it goes from the newest message to the oldest, and messages sent
            during the iteration are not included.

        Raises:
            ValueError: If a number is too small, or both sequences are given. From the iterator, if the acting user is
                missing.
            TypeError: If an argument has the wrong type.
            NotFoundError: From the iterator, if the conversation does not exist.
            PermissionDeniedError: From the iterator, if the acting user is not a participant.
            UnreadableResponseError: From the iterator, if the server does not return messages in the inferred order.
            OrbitServerError: From the iterator, for any other API or network error.

        Example:
            ```python
            for message in orbit.messages.iterate(chat.id, after_sequence=0, acting_user_id=alice.id):
                print(message.sequence, message.content)
            ```
        """
        check_count(after_sequence, "after_sequence", least=0)
        check_count(before_sequence, "before_sequence", least=0)
        size = page_size_for(page_size, limit)

        def ask(count: int, after: int | None) -> Request[builtins.list[Message]]:
            return list_messages.build(
                conversation_id, limit=count, after_sequence=after, acting_user_id=acting_user_id
            )

        walk: Walk
        if after_sequence is None:
            walk = NewestFirst(ask, size, before_sequence)
        elif before_sequence is None:
            walk = OldestFirst(ask, size, after_sequence)
        else:
            raise ValueError("Pass after_sequence or before_sequence, not both: they go in opposite directions.")
        return MessageIterator(self._executor, walk, limit, prefetch=prefetch)

    def get(self, message_id: str, *, acting_user_id: str | None = None) -> Message:
        """Get a message. The acting user must be in its conversation.

        Args:
            message_id: The message's id, as returned by `send`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The message.

        Raises:
            NotFoundError: If the message does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            message = orbit.messages.get(message.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(get_message.build(message_id, acting_user_id=acting_user_id))

    def edit(self, message_id: str, content: str, *, acting_user_id: str | None = None) -> Message:
        """Replace the content of a message and set its `edited_at`.

        Only the sender can edit a message, and only until it is recalled or deleted (inferred). A backend cannot edit
        an end-to-end encrypted message, because it has no key to encrypt the new content.

        Args:
            message_id: The message's id.
            content: The new message text. At least 1 character (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The updated message.

        Raises:
            NotFoundError: If the message does not exist.
            PermissionDeniedError: If the acting user is not the sender (inferred).
            ConflictError: If the message was recalled or deleted (inferred).
            UnprocessableEntityError: If `content` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            message = orbit.messages.edit(message.id, "Hello there", acting_user_id=alice.id)
            ```
        """
        body = EditMessageBody(content=content)
        return self._executor.execute(edit_message.build(message_id, body=body, acting_user_id=acting_user_id))

    def delete(self, message_id: str, *, acting_user_id: str | None = None) -> None:
        """Delete a message for the acting user only.

        All other participants still see it: to remove its content for everyone, use `recall`. Every participant can
        delete a message (inferred). The user's lists and searches omit the message, and the user's `sync` returns it
        once more, without content and with `deleted_at` set (inferred). Repeating the call has no effect.

        Args:
            message_id: The message's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the message does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            orbit.messages.delete(message.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(delete_message.build(message_id, acting_user_id=acting_user_id))

    def recall(self, message_id: str, *, acting_user_id: str | None = None) -> Message:
        """Recall a message: remove its content for everyone.

        The message keeps its place in the conversation, without content and with `recalled_at` set (inferred). Only the
        sender can recall it (inferred). Repeating the call has no effect.

        Args:
            message_id: The message's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The updated message.

        Raises:
            NotFoundError: If the message does not exist.
            PermissionDeniedError: If the acting user is not the sender (inferred).
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            message = orbit.messages.recall(message.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(recall_message.build(message_id, acting_user_id=acting_user_id))

    def ack(self, message_id: str, *, acting_user_id: str | None = None) -> None:
        """Acknowledge that a message was delivered to the acting user.

        Repeating the call has no effect.

        Args:
            message_id: The message's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the message does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            orbit.messages.ack(message.id, acting_user_id=bob.id)
            ```
        """
        return self._executor.execute(ack_message.build(message_id, acting_user_id=acting_user_id))

    def mark_read(self, message_id: str, *, acting_user_id: str | None = None) -> None:
        """Mark a message as read by the acting user. It then counts as delivered, too.

        Repeating the call has no effect.

        Args:
            message_id: The message's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the message does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            orbit.messages.mark_read(message.id, acting_user_id=bob.id)
            ```
        """
        return self._executor.execute(mark_message_read.build(message_id, acting_user_id=acting_user_id))

    def react(self, message_id: str, reaction_type: str, *, acting_user_id: str | None = None) -> Message | Reaction:
        """Add the acting user's reaction to a message, or remove it if it already exists.

        The SDK never retries this call once a byte has been sent: it toggles, so a retry would undo the first request.
        If `error.sent` is True, `get` shows in `reactions` whether the reaction exists.

        Args:
            message_id: The message's id.
            reaction_type: The reaction: a word or an emoji. At most 64 characters (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The message or the reaction; it is not known which of them the server returns. To tell them apart, use
            `isinstance(result, Reaction)`: only a reaction has `reaction_type`.

        Raises:
            NotFoundError: If the message does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the message was recalled (inferred).
            UnprocessableEntityError: If `reaction_type` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            result = orbit.messages.react(message.id, "like", acting_user_id=bob.id)
            ```
        """
        body = ReactToMessageBody(reaction_type=reaction_type)
        return self._executor.execute(react_to_message.build(message_id, body=body, acting_user_id=acting_user_id))

    def reply(
        self,
        *,
        conversation_id: str,
        content: str,
        reply_to_message_id: str,
        type: MessageType | str | Unset = UNSET,
        metadata: Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> Message:
        """Reply to a message in the same conversation. The acting user is the sender.

        The SDK never retries this call once a byte has been sent: unlike `send`, it has no idempotency key, so a retry
        could send a second message. If `error.sent` is True, `list` shows whether the message was sent: look for its
        `reply_to_message_id` and `content`.

        Args:
            conversation_id: The conversation's id.
            content: The message text. At least 1 character (inferred).
            reply_to_message_id: The id of the message to reply to.
            type: The type of the message (values inferred). The server defaults to `text` (inferred).
            metadata: Your own data about the message.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The new message.

        Raises:
            NotFoundError: If the conversation does not exist, or the message to reply to is not in it, or the acting
                user cannot see them (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If a value is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            reply = orbit.as_user(bob.id).messages.reply(
                conversation_id=chat.id, content="Hello to you too", reply_to_message_id=message.id
            )
            ```
        """
        body = ReplyToMessageBody(
            content=content, reply_to_message_id=reply_to_message_id, type=type, metadata=omit_none(metadata)
        )
        return self._executor.execute(reply_to_message.build(conversation_id, body=body, acting_user_id=acting_user_id))

    def forward(
        self, message_id: str, target_conversation_ids: Sequence[str], *, acting_user_id: str | None = None
    ) -> builtins.list[Message]:
        """Send a copy of a message to each of the given conversations.

        The acting user is the sender of the copies (inferred).

        The SDK never retries this call once a byte has been sent: a retry could send every copy again. If `error.sent`
        is True, `list` shows which conversations have the copy: look for its `forwarded_from_message_id`.

        Args:
            message_id: The message's id.
            target_conversation_ids: The ids of the conversations that receive a copy. At least one id (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The copies.

        Raises:
            TypeError: If `target_conversation_ids` is a single string.
            NotFoundError: If the message or one of the conversations does not exist, or the acting user cannot see them
                (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the message was recalled (inferred).
            UnprocessableEntityError: If `target_conversation_ids` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            copies = orbit.messages.forward(message.id, [team.id], acting_user_id=alice.id)
            ```
        """
        body = ForwardMessageBody(target_conversation_ids=target_conversation_ids)
        return self._executor.execute(forward_message.build(message_id, body=body, acting_user_id=acting_user_id))

    def pin(self, message_id: str, *, acting_user_id: str | None = None) -> Message:
        """Pin a message to its conversation, for all participants.

        Repeating the call has no effect.

        Args:
            message_id: The message's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The updated message.

        Raises:
            NotFoundError: If the message does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the message was recalled (inferred).
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            message = orbit.messages.pin(message.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(pin_message.build(message_id, acting_user_id=acting_user_id))

    def unpin(self, message_id: str, *, acting_user_id: str | None = None) -> None:
        """Unpin a message.

        Repeating the call has no effect.

        Args:
            message_id: The message's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the message does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            orbit.messages.unpin(message.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(unpin_message.build(message_id, acting_user_id=acting_user_id))

    def get_pinned(self, conversation_id: str, *, acting_user_id: str | None = None) -> builtins.list[Message]:
        """Get a conversation's pinned messages.

        Args:
            conversation_id: The conversation's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The messages, the most recently pinned first (inferred).

        Raises:
            NotFoundError: If the conversation does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            pinned = orbit.messages.get_pinned(chat.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(get_pinned_messages.build(conversation_id, acting_user_id=acting_user_id))

    def get_info(self, message_id: str, *, acting_user_id: str | None = None) -> MessageInfo:
        """Get a message's delivery and read receipts.

        Args:
            message_id: The message's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The receipts: totals for all recipients, and one entry for each in `recipients`.

        Raises:
            NotFoundError: If the message does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            info = orbit.messages.get_info(message.id, acting_user_id=alice.id)
            print(info.read_count, "of", info.recipient_count)
            ```
        """
        return self._executor.execute(get_message_info.build(message_id, acting_user_id=acting_user_id))

    def search(
        self, conversation_id: str, query: str, *, limit: int | None = None, acting_user_id: str | None = None
    ) -> builtins.list[Message]:
        """Search a conversation for messages that contain the given text.

        The search finds nothing in end-to-end encrypted messages.

        Args:
            conversation_id: The conversation's id.
            query: The text to search for.
            limit: The maximum number of messages to return. Not negative (inferred). The server defaults to 20.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The messages, newest first (inferred).

        Raises:
            NotFoundError: If the conversation does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If `query` or `limit` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            found = orbit.messages.search(chat.id, "invoice", limit=5, acting_user_id=alice.id)
            ```
        """
        call = search_messages.build(
            conversation_id=conversation_id, q=query, limit=limit, acting_user_id=acting_user_id
        )
        return self._executor.execute(call)

    def iterate_search(
        self,
        conversation_id: str,
        query: str,
        *,
        limit: int | None = None,
        page_size: int = 100,
        acting_user_id: str | None = None,
    ) -> MessageIterator:
        """Iterate over a conversation's messages that contain the given text.

        The API cannot continue a search, only return more results. The iterator therefore repeats the search with twice
        the limit and returns the messages that are new. It ends when the server returns fewer messages than requested:
        either there are no more, or the server's maximum is reached (200 in the emulator; the API's is not known).

        Args:
            conversation_id: The conversation's id.
            query: The text to search for.
            limit: The maximum number of messages to return in total. Not negative. None (the default) means 10,000,
                which is also the maximum.
            page_size: How many messages to request first, 1 or more; 100 by default.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            An iterator, newest message first (inferred). Matching messages sent during the iteration may be included.

        Raises:
            ValueError: If a number is too small. From the iterator, if the acting user is missing.
            TypeError: If an argument has the wrong type.
            NotFoundError: From the iterator, if the conversation does not exist.
            PermissionDeniedError: From the iterator, if the acting user is not a participant.
            UnprocessableEntityError: From the iterator, if `query` is invalid.
            OrbitServerError: From the iterator, for any other API or network error.

        Example:
            ```python
            for message in orbit.messages.iterate_search(chat.id, "invoice", acting_user_id=alice.id):
                print(message.content)
            ```
        """

        def ask(count: int) -> Request[builtins.list[Message]]:
            return search_messages.build(
                conversation_id=conversation_id, q=query, limit=count, acting_user_id=acting_user_id
            )

        return MessageIterator(self._executor, Growing(ask, page_size_for(page_size, limit), limit), limit)

    def search_global(
        self, query: str, *, limit: int | None = None, acting_user_id: str | None = None
    ) -> builtins.list[Message]:
        """Search all of the acting user's conversations for messages with the given text.

        The search finds nothing in end-to-end encrypted messages.

        Args:
            query: The text to search for.
            limit: The maximum number of messages to return. Not negative (inferred). The server defaults to 20.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The messages, newest first (inferred).

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If `query` or `limit` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            found = orbit.messages.search_global("invoice", acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(
            search_messages_globally.build(q=query, limit=limit, acting_user_id=acting_user_id)
        )

    def iterate_search_global(
        self, query: str, *, limit: int | None = None, page_size: int = 100, acting_user_id: str | None = None
    ) -> MessageIterator:
        """Search all of the acting user's conversations, and iterate over the results.

        It repeats the search with twice the limit, and ends under the same condition as `iterate_search`.

        Args:
            query: The text to search for.
            limit: The maximum number of messages to return in total. Not negative. None (the default) means 10,000,
                which is also the maximum.
            page_size: How many messages to request first, 1 or more; 100 by default.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            An iterator, newest message first (inferred). Matching messages sent during the iteration may be included.

        Raises:
            ValueError: If a number is too small. From the iterator, if the acting user is missing.
            TypeError: If an argument has the wrong type.
            UnprocessableEntityError: From the iterator, if `query` is invalid.
            OrbitServerError: From the iterator, for any other API or network error.

        Example:
            ```python
            for message in orbit.messages.iterate_search_global("invoice", acting_user_id=alice.id):
                print(message.conversation_id, message.content)
            ```
        """

        def ask(count: int) -> Request[builtins.list[Message]]:
            return search_messages_globally.build(q=query, limit=count, acting_user_id=acting_user_id)

        return MessageIterator(self._executor, Growing(ask, page_size_for(page_size, limit), limit), limit)

    def sync(
        self,
        conversation_id: str,
        since: datetime | date | str,
        *,
        limit: int | None = None,
        acting_user_id: str | None = None,
    ) -> builtins.list[Message]:
        """Get a conversation's messages that were sent or changed since a point in time.

        Args:
            conversation_id: The conversation's id.
            since: The point in time to start from: an aware datetime or RFC 3339 text. A date means the start of that
                day in UTC.
            limit: The maximum number of messages to return. Not negative (inferred). The server defaults to 100.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The messages, oldest change first, including deleted ones (inferred).

        Raises:
            ValueError: If `since` has no time zone or is not RFC 3339 text.
            NotFoundError: If the conversation does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If `limit` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            since = datetime.now(timezone.utc) - timedelta(hours=1)
            changed = orbit.messages.sync(chat.id, since, acting_user_id=alice.id)
            ```
        """
        call = sync_messages.build(
            conversation_id=conversation_id, since=since, limit=limit, acting_user_id=acting_user_id
        )
        return self._executor.execute(call)

    def iterate_sync(
        self,
        conversation_id: str,
        since: datetime | date | str,
        *,
        limit: int | None = None,
        page_size: int = 100,
        prefetch: bool = False,
        acting_user_id: str | None = None,
    ) -> MessageIterator:
        """Iterate over a conversation's messages sent or changed since a point in time.

        The iterator ends when it has caught up. If a message changes again during the iteration, it is returned again
        with its new state.

        After an error, you can use the same iterator again: it continues where it stopped. To continue with a new
        iterator, pass the `updated_at` of the last message as `since`. Messages changed at exactly that time are
        returned again, so that none is missed.

        Args:
            conversation_id: The conversation's id.
            since: The point in time to start from, inclusive (inferred): an aware datetime or RFC 3339 text. A date
                means the start of that day in UTC.
            limit: The maximum number of messages to return in total. Not negative. None (the default) means no limit.
            page_size: How many messages to fetch at a time, 1 or more; 100 by default. The server may return fewer
                (inferred). The iterator fetches more if many changes share one timestamp.
            prefetch: Fetch the next page in the background while the caller processes the current one: in a task, or in
                a thread with `OrbitServer`. To leave a loop early, use `with` or call `close()`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            An iterator, oldest change first, including deleted messages (inferred).

        Raises:
            ValueError: If `since` has no time zone or is not RFC 3339 text, or if a number is too small. From the
                iterator, if the acting user is missing.
            TypeError: If an argument has the wrong type.
            NotFoundError: From the iterator, if the conversation does not exist.
            PermissionDeniedError: From the iterator, if the acting user is not a participant.
            UnreadableResponseError: From the iterator, if more changes share one timestamp than the server returns in
                one page, or if the server does not return messages in the inferred order.
            OrbitServerError: From the iterator, for any other API or network error.

        Example:
            ```python
            since = datetime.now(timezone.utc) - timedelta(days=1)
            for message in orbit.messages.iterate_sync(chat.id, since, acting_user_id=alice.id):
                print(message.id, message.content, message.deleted_at)
            ```
        """

        def ask(count: int, start: datetime) -> Request[builtins.list[Message]]:
            return sync_messages.build(
                conversation_id=conversation_id, since=start, limit=count, acting_user_id=acting_user_id
            )

        walk = Changes(ask, page_size_for(page_size, limit), instant_of(since, "since"))
        return MessageIterator(self._executor, walk, limit, prefetch=prefetch)
