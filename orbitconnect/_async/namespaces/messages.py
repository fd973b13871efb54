"""`orbit.messages`: send, list, search and sync messages; reactions, pins, replies."""

import builtins
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

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
from orbitconnect_api.models.edit_message_body import EditMessageBody
from orbitconnect_api.models.forward_message_body import ForwardMessageBody
from orbitconnect_api.models.message import Message
from orbitconnect_api.models.message_info import MessageInfo
from orbitconnect_api.models.react_to_message_body import ReactToMessageBody
from orbitconnect_api.models.reaction import Reaction
from orbitconnect_api.models.reply_to_message_body import ReplyToMessageBody
from orbitconnect_api.models.send_message_body import SendMessageBody
from orbitconnect_api.types import UNSET, Request, Unset

from ..._facade.arguments import instant_of, omit_none, with_hints
from ..._paging.by_change import Changes
from ..._paging.by_growing import Growing
from ..._paging.by_sequence import NewestFirst, OldestFirst
from ..._paging.walk import Walk, check_count, page_size_for
from ..executor import AsyncExecutor
from ..paging.iterator import AsyncMessageIterator


@with_hints("orbit.messages")
class AsyncMessages:
    """Send, list, search and sync messages; reactions, pins, replies.

    Methods: `send`, `list`, `iterate`, `get`, `edit`, `delete`, `recall`, `ack`, `mark_read`, `react`, `reply`,
    `forward`, `pin`, `unpin`, `get_pinned`, `get_info`, `search`, `iterate_search`, `search_global`,
    `iterate_search_global`, `sync`, `iterate_sync`.
    """

    def __init__(self, executor: AsyncExecutor) -> None:
        self._executor = executor

    async def send(
        self,
        *,
        conversation_id: str,
        content: str,
        type: Literal["text", "image", "video", "audio", "file", "location", "system"] | str | Unset = UNSET,
        metadata: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
        acting_user_id: str | None = None,
    ) -> Message:
        """Sends a message to a conversation; the acting user is the sender.

        It is sent again after a failure, with the same idempotency key, so that one message comes of it.

        Args:
            conversation_id: The conversation's id.
            content: What it says, at least one character (the limit is inferred).
            type: What kind of message it is. The server takes `text` when it is left out (inferred).
            metadata: Your own data about the message.
            idempotency_key: Names this sending, at most 255 characters (the limit is inferred). The server answers a
                repetition with the message that it has already (inferred). Every call has a new one when it is left
                out; give one of your own where your code may make the same call again.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The message.

        Raises:
            NotFoundError: If there is no such conversation.
            PermissionDeniedError: If the acting user does not take part in it.
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            message = await orbit.messages.send(conversation_id=chat.id, content="Hello", acting_user_id=alice.id)
            ```
        """
        body = SendMessageBody(
            content=content, type=type, metadata=omit_none(metadata), idempotency_key=omit_none(idempotency_key)
        )
        return await self._executor.execute(
            send_message.build(conversation_id, body=body, acting_user_id=acting_user_id)
        )

    async def list(
        self,
        conversation_id: str,
        *,
        limit: int | None = None,
        offset: int | None = None,
        after_sequence: int | None = None,
        acting_user_id: str | None = None,
    ) -> builtins.list[Message]:
        """Lists messages of a conversation.

        Args:
            conversation_id: The conversation's id.
            limit: How many messages to return at most. The server takes 50 when it is left out (inferred).
            offset: How many messages to skip. The server takes 0 when it is left out (inferred).
            after_sequence: Leaves out the messages up to and including the one with this `sequence`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The messages, newest first; with `after_sequence`, oldest first (the orders are inferred).

        Raises:
            NotFoundError: If there is no such conversation.
            PermissionDeniedError: If the acting user does not take part in it.
            UnprocessableEntityError: If a number is out of range.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            page = await orbit.messages.list(chat.id, limit=20, acting_user_id=alice.id)
            newer = await orbit.messages.list(chat.id, after_sequence=41, acting_user_id=alice.id)
            ```
        """
        call = list_messages.build(
            conversation_id,
            limit=limit,
            offset=offset,
            after_sequence=after_sequence,
            acting_user_id=acting_user_id,
        )
        return await self._executor.execute(call)

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
    ) -> AsyncMessageIterator:
        """Iterates over the messages of a conversation, fetching page by page.

        Every message that is there from the first page to the last comes once, in order, whatever is sent and deleted
        meanwhile: pages are asked for by `sequence`, never by offset. Deleted messages are left out (inferred).

        After an error the iterator goes on where it was when it is asked again. A new one goes on with
        `after_sequence` or `before_sequence`, given the `sequence` of the last message.

        Args:
            conversation_id: The conversation's id.
            after_sequence: Begins after the message with this `sequence`, and goes from old to new; 0 begins with the
                first message. Messages that are sent meanwhile come, too.
            before_sequence: Begins before the message with this `sequence`, and goes from new to old.
            limit: How many messages to return at most, in all.
            page_size: How many messages to fetch at a time, at least 1. The server may send fewer (inferred).
            prefetch: Whether to fetch the next page while the caller works on this one: in a task, with `OrbitServer`
                in a thread. Then leave a loop early within `async with`, or call `aclose()`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            An iterator. Without `after_sequence`, it goes from the newest message to the first one; what is sent
            meanwhile does not come then.

        Raises:
            ValueError: If a number is too small, or both sequences are given; from the iterator, if the acting user is
                missing.
            TypeError: If an argument has the wrong type.
            NotFoundError: From the iterator, if there is no such conversation.
            PermissionDeniedError: From the iterator, if the acting user does not take part in it.
            UnreadableResponseError: From the iterator, if the server keeps to another order than is inferred.
            OrbitServerError: From the iterator, if a call failed otherwise.

        Example:
            ```python
            async for message in orbit.messages.iterate(chat.id, after_sequence=0, acting_user_id=alice.id):
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
            raise ValueError("Give after_sequence or before_sequence, not both: they go in opposite directions.")
        return AsyncMessageIterator(self._executor, walk, limit, prefetch=prefetch)

    async def get(self, message_id: str, *, acting_user_id: str | None = None) -> Message:
        """Gets a message of a conversation that the acting user takes part in.

        Args:
            message_id: The message's id, as returned by `send`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The message.

        Raises:
            NotFoundError: If there is no such message.
            PermissionDeniedError: If the acting user does not take part in its conversation.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            message = await orbit.messages.get("msg_9d2e", acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(get_message.build(message_id, acting_user_id=acting_user_id))

    async def edit(self, message_id: str, content: str, *, acting_user_id: str | None = None) -> Message:
        """Replaces the content of a message and sets its `edited_at`.

        Only the sender can do it, and not once the message was recalled or deleted (inferred).

        Args:
            message_id: The message's id.
            content: What it is to say, at least one character (the limit is inferred).
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The message after the change.

        Raises:
            NotFoundError: If there is no such message.
            PermissionDeniedError: If the acting user is not the sender (inferred).
            ConflictError: If it was recalled or deleted (inferred).
            UnprocessableEntityError: If `content` is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            message = await orbit.messages.edit(message.id, "Hello there", acting_user_id=alice.id)
            ```
        """
        body = EditMessageBody(content=content)
        return await self._executor.execute(edit_message.build(message_id, body=body, acting_user_id=acting_user_id))

    async def delete(self, message_id: str, *, acting_user_id: str | None = None) -> None:
        """Deletes a message. Doing it again changes nothing.

        `list` leaves a deleted message out; `sync` returns it once more, without content and with `deleted_at` set
        (inferred).

        Args:
            message_id: The message's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such message.
            PermissionDeniedError: If the acting user may not delete it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.messages.delete(message.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(delete_message.build(message_id, acting_user_id=acting_user_id))

    async def recall(self, message_id: str, *, acting_user_id: str | None = None) -> Message:
        """Takes a message back. Doing it again changes nothing.

        It keeps its place in the conversation, without content and with `recalled_at` set; only the sender can do it
        (inferred).

        Args:
            message_id: The message's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The message after the change.

        Raises:
            NotFoundError: If there is no such message.
            PermissionDeniedError: If the acting user is not the sender (inferred).
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            message = await orbit.messages.recall(message.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(recall_message.build(message_id, acting_user_id=acting_user_id))

    async def ack(self, message_id: str, *, acting_user_id: str | None = None) -> None:
        """Says that a message reached the acting user. Doing it again changes nothing.

        Args:
            message_id: The message's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such message.
            PermissionDeniedError: If the acting user does not take part in its conversation.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.messages.ack(message.id, acting_user_id=bob.id)
            ```
        """
        return await self._executor.execute(ack_message.build(message_id, acting_user_id=acting_user_id))

    async def mark_read(self, message_id: str, *, acting_user_id: str | None = None) -> None:
        """Says that the acting user has read a message, which was then delivered too.

        Doing it again changes nothing.

        Args:
            message_id: The message's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such message.
            PermissionDeniedError: If the acting user does not take part in its conversation.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.messages.mark_read(message.id, acting_user_id=bob.id)
            ```
        """
        return await self._executor.execute(mark_message_read.build(message_id, acting_user_id=acting_user_id))

    async def react(
        self, message_id: str, reaction_type: str, *, acting_user_id: str | None = None
    ) -> Message | Reaction:
        """Adds the acting user's reaction to a message, or takes it away when the user has reacted so already.

        The SDK never repeats this call after a byte was sent: it toggles, so a repetition would take the reaction away
        again. If `error.sent` is True, `get` shows in `reactions` whether the reaction is there.

        Args:
            message_id: The message's id.
            reaction_type: The reaction, a word or an emoji of at most 64 characters (the limit is inferred).
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The message or the reaction; which of them the server sends is not known. Tell them apart with
            `isinstance(result, Reaction)`: only a reaction has `reaction_type`.

        Raises:
            NotFoundError: If there is no such message.
            PermissionDeniedError: If the acting user does not take part in its conversation.
            UnprocessableEntityError: If `reaction_type` is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            result = await orbit.messages.react(message.id, "like", acting_user_id=bob.id)
            ```
        """
        body = ReactToMessageBody(reaction_type=reaction_type)
        return await self._executor.execute(
            react_to_message.build(message_id, body=body, acting_user_id=acting_user_id)
        )

    async def reply(
        self,
        *,
        conversation_id: str,
        content: str,
        reply_to_message_id: str,
        type: Literal["text", "image", "video", "audio", "file", "location", "system"] | str | Unset = UNSET,
        metadata: Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> Message:
        """Sends a message that answers another one of the same conversation; the acting user is the sender.

        The SDK never repeats this call after a byte was sent: unlike `send` it takes no idempotency key, so a
        repetition would be a second message. If `error.sent` is True, `list` shows whether the message was sent: look
        for its `reply_to_message_id` and `content`.

        Args:
            conversation_id: The conversation's id.
            content: What it says, at least one character (the limit is inferred).
            reply_to_message_id: The id of the message that it answers.
            type: What kind of message it is. The server takes `text` when it is left out (inferred).
            metadata: Your own data about the message.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The message.

        Raises:
            NotFoundError: If there is no such conversation, or the answered message is not in it.
            PermissionDeniedError: If the acting user does not take part in it.
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            answer = await orbit.as_user(bob.id).messages.reply(
                conversation_id=chat.id, content="Hello to you too", reply_to_message_id=message.id
            )
            ```
        """
        body = ReplyToMessageBody(
            content=content, reply_to_message_id=reply_to_message_id, type=type, metadata=omit_none(metadata)
        )
        return await self._executor.execute(
            reply_to_message.build(conversation_id, body=body, acting_user_id=acting_user_id)
        )

    async def forward(
        self, message_id: str, target_conversation_ids: Sequence[str], *, acting_user_id: str | None = None
    ) -> builtins.list[Message]:
        """Sends a copy of a message to each of the given conversations; the acting user is their sender (inferred).

        The SDK never repeats this call after a byte was sent: a repetition would send every copy again. If `error.sent`
        is True, `list` shows in which of the conversations the copy is: look for its `forwarded_from_message_id`.

        Args:
            message_id: The message's id.
            target_conversation_ids: The ids of the conversations, at least one (the limit is inferred).
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The copies.

        Raises:
            TypeError: If `target_conversation_ids` is a single string.
            NotFoundError: If there is no such message, or one of the conversations does not exist.
            PermissionDeniedError: If the acting user does not take part in one of the conversations.
            UnprocessableEntityError: If `target_conversation_ids` is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            copies = await orbit.messages.forward(message.id, [team.id], acting_user_id=alice.id)
            ```
        """
        body = ForwardMessageBody(target_conversation_ids=target_conversation_ids)
        return await self._executor.execute(forward_message.build(message_id, body=body, acting_user_id=acting_user_id))

    async def pin(self, message_id: str, *, acting_user_id: str | None = None) -> Message:
        """Pins a message to its conversation, for all participants. Doing it again changes nothing.

        Args:
            message_id: The message's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The message after the change.

        Raises:
            NotFoundError: If there is no such message.
            PermissionDeniedError: If the acting user may not pin it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            message = await orbit.messages.pin(message.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(pin_message.build(message_id, acting_user_id=acting_user_id))

    async def unpin(self, message_id: str, *, acting_user_id: str | None = None) -> None:
        """Takes the pin of a message away. Doing it again changes nothing.

        Args:
            message_id: The message's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such message.
            PermissionDeniedError: If the acting user may not unpin it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.messages.unpin(message.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(unpin_message.build(message_id, acting_user_id=acting_user_id))

    async def get_pinned(self, conversation_id: str, *, acting_user_id: str | None = None) -> builtins.list[Message]:
        """Gets the pinned messages of a conversation.

        Args:
            conversation_id: The conversation's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The messages, the one pinned last first (the order is inferred).

        Raises:
            NotFoundError: If there is no such conversation.
            PermissionDeniedError: If the acting user does not take part in it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            pinned = await orbit.messages.get_pinned(chat.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(get_pinned_messages.build(conversation_id, acting_user_id=acting_user_id))

    async def get_info(self, message_id: str, *, acting_user_id: str | None = None) -> MessageInfo:
        """Gets which of the recipients a message has reached, and who has read it.

        Args:
            message_id: The message's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            How far the message has got, for all recipients together and for each in `recipients`.

        Raises:
            NotFoundError: If there is no such message.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            info = await orbit.messages.get_info(message.id, acting_user_id=alice.id)
            print(info.read_count, "of", info.recipient_count)
            ```
        """
        return await self._executor.execute(get_message_info.build(message_id, acting_user_id=acting_user_id))

    async def search(
        self, conversation_id: str, query: str, *, limit: int | None = None, acting_user_id: str | None = None
    ) -> builtins.list[Message]:
        """Searches a conversation for messages that contain a text.

        Args:
            conversation_id: The conversation's id.
            query: The text to look for.
            limit: How many messages to return at most. The server takes 20 when it is left out.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The messages, newest first (the order is inferred).

        Raises:
            NotFoundError: If there is no such conversation.
            PermissionDeniedError: If the acting user does not take part in it.
            UnprocessableEntityError: If `query` or `limit` is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            found = await orbit.messages.search(chat.id, "invoice", limit=5, acting_user_id=alice.id)
            ```
        """
        call = search_messages.build(
            conversation_id=conversation_id, q=query, limit=limit, acting_user_id=acting_user_id
        )
        return await self._executor.execute(call)

    def iterate_search(
        self,
        conversation_id: str,
        query: str,
        *,
        limit: int | None = None,
        page_size: int = 100,
        acting_user_id: str | None = None,
    ) -> AsyncMessageIterator:
        """Iterates over the messages of a conversation that contain a text.

        The API cannot be asked for the rest of a search, only for more of it. So it is searched again for twice as
        many, and what is new is returned. It ends where the server gives fewer than it was asked for, which is the end
        of what it found, or the most that it gives (200 in the emulator; the API's own cap is not known).

        Args:
            conversation_id: The conversation's id.
            query: The text to look for.
            limit: How many messages to return at most, in all; never more than 10,000.
            page_size: How many messages to ask for at first, at least 1.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            An iterator, newest message first (the order is inferred). A message that is found only since the iteration
            began may come among them.

        Raises:
            ValueError: If a number is too small; from the iterator, if the acting user is missing.
            TypeError: If an argument has the wrong type.
            NotFoundError: From the iterator, if there is no such conversation.
            PermissionDeniedError: From the iterator, if the acting user does not take part in it.
            UnprocessableEntityError: From the iterator, if `query` is not allowed.
            OrbitServerError: From the iterator, if a call failed otherwise.

        Example:
            ```python
            async for message in orbit.messages.iterate_search(chat.id, "invoice", acting_user_id=alice.id):
                print(message.content)
            ```
        """

        def ask(count: int) -> Request[builtins.list[Message]]:
            return search_messages.build(
                conversation_id=conversation_id, q=query, limit=count, acting_user_id=acting_user_id
            )

        return AsyncMessageIterator(self._executor, Growing(ask, page_size_for(page_size, limit), limit), limit)

    async def search_global(
        self, query: str, *, limit: int | None = None, acting_user_id: str | None = None
    ) -> builtins.list[Message]:
        """Searches all conversations of the acting user for messages that contain a text.

        Args:
            query: The text to look for.
            limit: How many messages to return at most. The server takes 20 when it is left out.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The messages, newest first (the order is inferred).

        Raises:
            UnprocessableEntityError: If `query` or `limit` is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            found = await orbit.messages.search_global("invoice", acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(
            search_messages_globally.build(q=query, limit=limit, acting_user_id=acting_user_id)
        )

    def iterate_search_global(
        self, query: str, *, limit: int | None = None, page_size: int = 100, acting_user_id: str | None = None
    ) -> AsyncMessageIterator:
        """Iterates over the messages that contain a text, from all conversations of the acting user.

        It searches again for twice as many, and ends, as `iterate_search` does.

        Args:
            query: The text to look for.
            limit: How many messages to return at most, in all; never more than 10,000.
            page_size: How many messages to ask for at first, at least 1.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            An iterator, newest message first (the order is inferred). A message that is found only since the iteration
            began may come among them.

        Raises:
            ValueError: If a number is too small; from the iterator, if the acting user is missing.
            TypeError: If an argument has the wrong type.
            UnprocessableEntityError: From the iterator, if `query` is not allowed.
            OrbitServerError: From the iterator, if a call failed otherwise.

        Example:
            ```python
            async for message in orbit.messages.iterate_search_global("invoice", acting_user_id=alice.id):
                print(message.conversation_id, message.content)
            ```
        """

        def ask(count: int) -> Request[builtins.list[Message]]:
            return search_messages_globally.build(q=query, limit=count, acting_user_id=acting_user_id)

        return AsyncMessageIterator(self._executor, Growing(ask, page_size_for(page_size, limit), limit), limit)

    async def sync(
        self,
        conversation_id: str,
        since: datetime | date | str,
        *,
        limit: int | None = None,
        acting_user_id: str | None = None,
    ) -> builtins.list[Message]:
        """Gets the messages of a conversation that were sent or changed since an instant.

        Args:
            conversation_id: The conversation's id.
            since: The instant to start from: an aware datetime or RFC 3339 text. A date stands for the beginning of
                that day in UTC.
            limit: How many messages to return at most. The server takes 100 when it is left out.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The messages, the oldest change first, deleted ones included (inferred).

        Raises:
            ValueError: If `since` has no time zone, or is not RFC 3339 text.
            NotFoundError: If there is no such conversation.
            PermissionDeniedError: If the acting user does not take part in it.
            UnprocessableEntityError: If `limit` is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            since = datetime.now(timezone.utc) - timedelta(hours=1)
            changed = await orbit.messages.sync(chat.id, since, acting_user_id=alice.id)
            ```
        """
        call = sync_messages.build(
            conversation_id=conversation_id, since=since, limit=limit, acting_user_id=acting_user_id
        )
        return await self._executor.execute(call)

    def iterate_sync(
        self,
        conversation_id: str,
        since: datetime | date | str,
        *,
        limit: int | None = None,
        page_size: int = 100,
        prefetch: bool = False,
        acting_user_id: str | None = None,
    ) -> AsyncMessageIterator:
        """Iterates over the messages of a conversation that were sent or changed since an instant.

        It ends when it has caught up. A message that changes again meanwhile comes again, as it is then.

        After an error the iterator goes on where it was when it is asked again. A new one goes on from the
        `updated_at` of the last message; those of the same instant come again, so that none is missed.

        Args:
            conversation_id: The conversation's id.
            since: The instant to start from: an aware datetime or RFC 3339 text. A date stands for the beginning of
                that day in UTC. That the instant is included is inferred.
            limit: How many messages to return at most, in all.
            page_size: How many messages to fetch at a time, at least 1. The server may send fewer (inferred). More are
                fetched where many changes share an instant.
            prefetch: Whether to fetch the next page while the caller works on this one: in a task, with `OrbitServer`
                in a thread. Then leave a loop early within `async with`, or call `aclose()`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            An iterator, the oldest change first, deleted messages included (inferred).

        Raises:
            ValueError: If `since` has no time zone or is not RFC 3339 text, or a number is too small; from the
                iterator, if the acting user is missing.
            TypeError: If an argument has the wrong type.
            NotFoundError: From the iterator, if there is no such conversation.
            PermissionDeniedError: From the iterator, if the acting user does not take part in it.
            UnreadableResponseError: From the iterator, if more changes share one instant than the server gives at a
                time, or if it keeps to another order than is inferred.
            OrbitServerError: From the iterator, if a call failed otherwise.

        Example:
            ```python
            since = datetime.now(timezone.utc) - timedelta(days=1)
            async for message in orbit.messages.iterate_sync(chat.id, since, acting_user_id=alice.id):
                print(message.id, message.content, message.deleted_at)
            ```
        """

        def ask(count: int, start: datetime) -> Request[builtins.list[Message]]:
            return sync_messages.build(
                conversation_id=conversation_id, since=start, limit=count, acting_user_id=acting_user_id
            )

        walk = Changes(ask, page_size_for(page_size, limit), instant_of(since, "since"))
        return AsyncMessageIterator(self._executor, walk, limit, prefetch=prefetch)
