"""Runs `uses.py` with each warning shown once per line, and prints their files, lines and texts as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
import warnings
from typing import Any

import httpx

found: list[tuple[str, int, str]] = []


def record(message: Any, category: type[Warning], filename: str, line: int, *_: Any) -> None:
    assert category is DeprecationWarning
    found.append((filename, line, str(message)))


warnings.showwarning = record
warnings.simplefilter("default")
import uses  # noqa: E402  # After the filters.

from orbitconnect import AsyncOrbitServer, OrbitServer  # noqa: E402  # After the filters.


def respond(request: httpx.Request) -> httpx.Response:
    thing = {"id": "t1", "colour": "blue"}
    return httpx.Response(200, json={"data": [thing] if request.method == "GET" else thing})


async def main() -> None:
    await uses.asynchronous(AsyncOrbitServer("sk_test_1", transport=httpx.MockTransport(respond)).raw)


client = OrbitServer("sk_test_1", transport=httpx.MockTransport(respond)).raw
uses.operations(client)
uses.fields(client)
uses.methods(client)
uses.events()
asyncio.run(main())
sys.stdout.write(json.dumps(found))
