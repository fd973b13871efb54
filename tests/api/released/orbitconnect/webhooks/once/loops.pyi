from collections.abc import AsyncGenerator, Awaitable as Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Generic

class LoopBound(Generic[_Client]):
    def __init__(self, client: _Client, *, copy: Callable[[_Client], _Client], close: Callable[[_Client], Awaitable[object]]) -> None: ...
    @asynccontextmanager
    async def client(self) -> AsyncGenerator[_Client]: ...
