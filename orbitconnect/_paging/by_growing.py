"""A search: it can be asked for more, but not for what comes after something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from orbitconnect_api.models.message import Message
from orbitconnect_api.types import Request

Ask = Callable[[int], Request[list[Message]]]
"""Makes the request for so many of the messages that are found."""

MOST: Final = 10_000
"""How many messages are asked for at most."""


class Growing:
    """Each page is twice as long as the one before, and what is not new in it is left out.

    It ends with a page that is shorter than was asked for: there is no more, or the server gives no more.
    """

    def __init__(self, ask: Ask, page_size: int, limit: int | None) -> None:
        self._ask = ask
        self._most = MOST if limit is None else min(limit, MOST)
        self._asked = min(page_size, self._most)
        self._given: set[str] = set()
        self._ended = False

    def request(self) -> Request[list[Message]] | None:
        """The request for more than before."""
        return None if self._ended else self._ask(self._asked)

    def take(self, page: list[Message]) -> list[Message]:
        """Takes what is new of a page."""
        new = [
            message for message in {message.id: message for message in page}.values() if message.id not in self._given
        ]
        self._given.update(message.id for message in new)
        # A page of another length than was asked for will not get longer.
        self._ended = len(page) != self._asked or self._asked == self._most
        self._asked = min(2 * self._asked, self._most)
        return new
