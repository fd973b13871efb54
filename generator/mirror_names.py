"""The tables of the mirror: what each name and word of an `_async` module is called in its `_sync` counterpart."""

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
"""What a name becomes, in code and in text."""

PROSE: Final = {"asynchronous": "synchronous", "Asynchronous": "Synchronous"}
"""What a word becomes in docstrings and comments."""

REFUSED: Final = frozenset({"Awaitable", "Coroutine", "awaitable", "coroutine", "gather", "anyio", "TaskGroup"})
"""Names that have no counterpart, or none that can be put in without a look at what is around them."""
