"""The tables of the mirror: the `_sync` form of each name and word in an `_async` module."""

from __future__ import annotations

from typing import Final

NAMESPACES: Final = (
    "Users",
    "Conversations",
    "Messages",
    "Calls",
    "Meetings",
    "Media",
    "Realtime",
    "Webhooks",
    "Billing",
)

NAMES: Final = {
    "AsyncOrbitServer": "OrbitServer",
    "AsyncExecutor": "Executor",
    "AsyncConnection": "Connection",
    "AsyncPool": "Pool",
    "AsyncAdapter": "Adapter",
    "AsyncStack": "Stack",
    "AsyncHttpxAdapter": "HttpxAdapter",
    "AsyncTransportAdapter": "TransportAdapter",
    "new_async_adapter": "new_adapter",
    "check_async_stack": "check_stack",
    "load_async": "load",
    "AsyncSlots": "Slots",
    "AsyncTransfer": "Transfer",
    "AsyncOutgoing": "Outgoing",
    "AsyncIncoming": "Incoming",
    "AsyncByteStream": "SyncByteStream",
    "run_in_thread": "run_here",
    "open_async_source": "open_source",
    "async_reader": "blocking_reader",
    "AsyncReader": "Reader",
    "AsyncUploadable": "Uploadable",
    "StopAsyncIteration": "StopIteration",
    "AsyncEscalation": "Escalation",
    "async_undisturbed": "undisturbed",
    **{f"Async{name}": name for name in NAMESPACES},
    "AsyncClient": "Client",
    "AsyncIterator": "Iterator",
    "AsyncIterable": "Iterable",
    "AsyncGenerator": "Generator",
    "AsyncContextManager": "ContextManager",
    "AsyncBaseTransport": "BaseTransport",
    "AsyncTransport": "Transport",
    "asynccontextmanager": "contextmanager",
    "AsyncAhead": "Ahead",
    "AsyncMessageIterator": "MessageIterator",
    "AsyncWebhookReceiver": "WebhookReceiver",
    "AsyncEventDispatcher": "EventDispatcher",
    "check_async_parts": "check_parts",
    "AnyClaimStore": "ClaimStore",
    "AsyncClaimStore": "ClaimStore",
    "AsyncManyKeys": "ManyKeys",
    "AsyncTableStore": "TableStore",
    "AsyncScriptedStore": "ScriptedStore",
    "AsyncLate": "Late",
    "async_once": "once",
    "handle_async": "handle",
    "attempt_async": "attempt",
    "finish_async": "finish",
    "aclose": "close",
    "async_owner": "process_owner",
    "async_sleep": "sleep",
    "async_watch": "watch",
    "handle_async_request": "handle_request",
    "open_async_transport": "open_transport",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "anext": "next",
    "_async": "_sync",
}
"""The derived form of each name, in code and in text."""

PROSE: Final = {"asynchronous": "synchronous", "Asynchronous": "Synchronous"}
"""The derived form of each word in docstrings and comments."""

REFUSED: Final = frozenset({"Awaitable", "Coroutine", "awaitable", "coroutine", "gather", "anyio", "TaskGroup"})
"""Names that the mirror rejects: they have no counterpart, or the counterpart depends on the context."""
