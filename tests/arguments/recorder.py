"""A transport that records each request and responds with an object that has an id."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import httpx

from orbitconnect import AsyncOrbitServer, OrbitServer

KEY = "sk_test_recorder"
Orbit = OrbitServer | AsyncOrbitServer


class Recorder(httpx.BaseTransport, httpx.AsyncBaseTransport):
    def __init__(self, status: int = 200, answer: Any = None) -> None:
        self.requests: list[httpx.Request] = []
        self.status = status
        self.answer = answer

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self._answer(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return self._answer(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path
        lists = request.method == "GET" and path.rstrip("/").rpartition("/")[2] in LISTS
        answer = {"data": [{"id": "x_1"}] if lists else {"id": "x_1"}} if self.answer is None else self.answer
        return httpx.Response(self.status, json=answer)


LISTS = frozenset(
    """
    access aggregates alerts app-users attempts by-reference calls conversations deliveries events global invoices
    meetings messages metrics pinned record recordings search sessions subscriptions transactions transitions
    users webhooks
    """.split()  # noqa: SIM905  # A single string is easier to read.
)


def clients(recorder: Recorder) -> list[Orbit]:
    return [OrbitServer(KEY, transport=recorder), AsyncOrbitServer(KEY, transport=recorder)]


def run(call: Callable[[Any], Any], orbit: Orbit) -> Any:
    """Make a call with the synchronous or the asynchronous client."""

    async def awaited() -> Any:
        result = call(orbit)
        return await result if inspect.isawaitable(result) else result

    return asyncio.run(awaited())
