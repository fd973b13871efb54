"""A server that behaves differently from the emulator, as the API might."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx

from orbitconnect_api import operations

BEGAN = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Server:
    """Return pages of one conversation's messages.

    Args:
        changes: The second in which each message was changed, in the order of the messages.
        cap: The maximum page size, regardless of the request's limit.
        inclusive: Whether a sync includes changes at exactly `since`.
        shuffled: Whether the order of messages with the same change time differs between requests.
    """

    def __init__(self, changes: list[int], *, cap: int = 200, inclusive: bool = True, shuffled: bool = False) -> None:
        self.messages = [
            {"id": f"msg_{number}", "sequence": number, "updated_at": (BEGAN + second * SECOND).isoformat()}
            for number, second in enumerate(changes, 1)
        ]
        self.cap = cap
        self.inclusive = inclusive
        self.shuffled = shuffled
        self.chance = random.Random(1)
        self.asked: list[dict[str, str]] = []
        self.transport = httpx.MockTransport(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        query = {name: values[0] for name, values in parse_qs(request.url.query.decode()).items()}
        self.asked.append(query)
        path = request.url.path.removeprefix(httpx.URL(operations.BASE_URL).path)
        if path == operations.SYNC_MESSAGES.path:
            found = self.changed(datetime.fromisoformat(query["since"]))
        elif "after_sequence" in query:
            found = self.after(int(query["after_sequence"]))
        else:
            found = self.messages[::-1]
        return self.page(found[: min(int(query["limit"]), self.cap)])

    def page(self, found: list[dict[str, Any]]) -> httpx.Response:
        return httpx.Response(200, content=json.dumps({"data": found}).encode())

    def after(self, sequence: int) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["sequence"] > sequence]

    def changed(self, since: datetime) -> list[dict[str, Any]]:
        def key(message: dict[str, Any]) -> tuple[str, float]:
            return message["updated_at"], self.chance.random() if self.shuffled else message["sequence"]

        def fits(message: dict[str, Any]) -> bool:
            instant = datetime.fromisoformat(message["updated_at"])
            return instant > since or (self.inclusive and instant == since)

        return sorted(filter(fits, self.messages), key=key)
