# Derived from orbitconnect/_async/paging/iterator.py by `make generate`: edit that file.
"""Iterators over lists that the API returns in pages."""

from collections import deque
from collections.abc import Iterator
from threading import Lock
from types import TracebackType
from typing import Self

from orbitconnect_api.models.message import Message
from orbitconnect_api.types import Request

from ..._concurrency.ahead import Ahead
from ..._paging.walk import Walk
from ...errors import UnreadableResponseError
from ..executor import Executor


class MessageIterator(Iterator[Message]):
    """Messages that are fetched page by page as needed.

    If fetching a page fails, the iterator raises the error in place of the page's first message. No message is lost:
    use the same iterator again to continue from there. The iterator keeps one page in memory, or two with `prefetch`.
    Only one thread or task can use it at a time.

    A loop that ends early leaves nothing to close, except with `prefetch`: then use `with` or call `close()` to
    end the request in progress.
    """

    __slots__ = ("_ahead", "_executor", "_in_use", "_left", "_messages", "_prefetch", "_request", "_walk")

    def __init__(self, executor: Executor, walk: Walk, limit: int | None, *, prefetch: bool = False) -> None:
        self._executor = executor
        self._walk = walk
        self._left = limit
        self._prefetch = prefetch
        # Create the request here, so that wrong arguments raise an error immediately.
        request = walk.request()
        self._request = None if limit == 0 else request
        self._messages: deque[Message] = deque()
        self._ahead: Ahead[list[Message]] | None = None
        self._in_use = Lock()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Message:
        self._begin()
        try:
            while not self._messages:
                request = self._request
                if request is None:
                    raise StopIteration
                self._read(request)
            return self._messages.popleft()
        finally:
            self._in_use.release()

    def _begin(self) -> None:
        if not self._in_use.acquire(blocking=False):
            raise RuntimeError("The iterator is in use. Create one iterator for each thread or task.")

    def _read(self, request: Request[list[Message]]) -> None:
        page = self._page(request)
        try:
            new = self._walk.take(page)
        except UnreadableResponseError as error:
            error.operation = request.operation.id
            raise
        if self._left is not None:
            new = new[: self._left]
            self._left -= len(new)
        self._request = None if self._left == 0 else self._walk.request()
        if self._prefetch and new and self._request is not None:
            self._ahead = Ahead(self._executor.execute, self._request)
        self._messages.extend(new)

    def _page(self, request: Request[list[Message]]) -> list[Message]:
        ahead = self._ahead
        if ahead is None:
            return self._executor.execute(request)
        try:
            return ahead.result()
        finally:
            self._ahead = None  # If it failed or was interrupted, the next attempt does not use it.

    def close(self) -> None:
        """End the iteration. Repeating the call has no effect.

        Raises:
            RuntimeError: If the iterator is waiting for a page.
        """
        self._begin()
        try:
            self._request = None
            self._messages.clear()
            ahead, self._ahead = self._ahead, None
            if ahead is not None:
                ahead.close()
        finally:
            self._in_use.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
