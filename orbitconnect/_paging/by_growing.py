"""A search, which cannot be continued but only repeated with a higher limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from orbitconnect_api.models.message import Message
from orbitconnect_api.types import Request

Ask = Callable[[int], Request[list[Message]]]
"""Creates a request for up to N matching messages."""

MOST: Final = 10_000
"""The highest limit to request."""


class Growing:
    """Each page is twice as long as the previous one, and messages that were already returned are skipped.

    A page that is shorter than requested is the last: either there are no more messages, or the server does not return
    more.
    """

    def __init__(self, ask: Ask, page_size: int, limit: int | None) -> None:
        self._ask = ask
        self._most = MOST if limit is None else min(limit, MOST)
        self._asked = min(page_size, self._most)
        self._given: set[str] = set()
        self._ended = False

    def request(self) -> Request[list[Message]] | None:
        """The request with a higher limit."""
        return None if self._ended else self._ask(self._asked)

    def take(self, page: list[Message]) -> list[Message]:
        """Return the new messages of a page."""
        new = [
            message for message in {message.id: message for message in page}.values() if message.id not in self._given
        ]
        self._given.update(message.id for message in new)
        # If a page does not have the requested length, a higher limit does not make it longer.
        self._ended = len(page) != self._asked or self._asked == self._most
        self._asked = min(2 * self._asked, self._most)
        return new
