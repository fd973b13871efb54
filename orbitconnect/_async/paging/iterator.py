"""Iterators over what the API gives in pages."""

from collections import deque
from collections.abc import AsyncIterator
from threading import Lock
from types import TracebackType
from typing import Self

from orbitconnect_api.models.message import Message
from orbitconnect_api.types import Request

from ..._paging.ahead import AsyncAhead
from ..._paging.walk import Walk
from ...errors import UnreadableResponseError
from ..executor import AsyncExecutor


class AsyncMessageIterator(AsyncIterator[Message]):
    """Messages, fetched page by page as they are asked for.

    An error of a page is raised where its first message would have come, and nothing is lost by it: whoever asks the
    same iterator again goes on from there. It holds one page, with `prefetch` two. It belongs to one reader at a time.

    Without `prefetch` nothing is left to close when a loop is left early. With it, `aclose()` or `async with` sees to
    it that the request that is under way is over.
    """

    __slots__ = ("_ahead", "_executor", "_in_use", "_left", "_messages", "_prefetch", "_request", "_walk")

    def __init__(self, executor: AsyncExecutor, walk: Walk, limit: int | None, *, prefetch: bool = False) -> None:
        self._executor = executor
        self._walk = walk
        self._left = limit
        self._prefetch = prefetch
        # Made right away, so that a wrong argument shows where it was given.
        request = walk.request()
        self._request = None if limit == 0 else request
        self._messages: deque[Message] = deque()
        self._ahead: AsyncAhead[list[Message]] | None = None
        self._in_use = Lock()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Message:
        self._begin()
        try:
            while not self._messages:
                request = self._request
                if request is None:
                    raise StopAsyncIteration
                await self._read(request)
            return self._messages.popleft()
        finally:
            self._in_use.release()

    def _begin(self) -> None:
        if not self._in_use.acquire(blocking=False):
            raise RuntimeError("The iterator is in use; give each reader an iterator of its own.")

    async def _read(self, request: Request[list[Message]]) -> None:
        page = await self._page(request)
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
            self._ahead = AsyncAhead(self._executor.execute, self._request)
        self._messages.extend(new)

    async def _page(self, request: Request[list[Message]]) -> list[Message]:
        ahead = self._ahead
        if ahead is None:
            return await self._executor.execute(request)
        try:
            return await ahead.result()
        finally:
            self._ahead = None  # If it failed, or was interrupted, the next attempt is made without it.

    async def aclose(self) -> None:
        """Ends the iteration. Doing it again changes nothing.

        Raises:
            RuntimeError: If it is waiting for a page just now.
        """
        self._begin()
        try:
            self._request = None
            self._messages.clear()
            ahead, self._ahead = self._ahead, None
            if ahead is not None:
                await ahead.aclose()
        finally:
            self._in_use.release()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()
