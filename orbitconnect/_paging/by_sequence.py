"""A conversation's messages, page by page, by their `sequence`.

A sequence never changes and is never given twice, so a page that is asked for by it stays the same page whatever is
sent or deleted meanwhile. An offset does not: every message that is sent or deleted moves all those behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from orbitconnect_api.models.message import Message
from orbitconnect_api.types import Request

from .walk import sequences_of, unexpected

Ask = Callable[[int, int | None], Request[list[Message]]]
"""Makes the request for so many messages: those after a sequence, oldest first, or without one the newest."""

FIRST: Final = 1
"""The sequence of a conversation's first message."""


class OldestFirst:
    """Each page begins after the last message of the one before. It ends with an empty page.

    A page that is shorter than asked for is no end: how many messages the server gives at most is not known.
    """

    def __init__(self, ask: Ask, page_size: int, after: int) -> None:
        self._ask = ask
        self._page_size = page_size
        self._after = after
        self._ended = False

    def request(self) -> Request[list[Message]] | None:
        """The request for what follows."""
        return None if self._ended else self._ask(self._page_size, self._after)

    def take(self, page: list[Message]) -> list[Message]:
        """Takes all of a page."""
        self._after = _last_of_ascending(page, self._after)
        self._ended = not page
        return page


class NewestFirst:
    """The newest page, and then one window of sequences after the other, each below the one before.

    The API cannot be asked for what stands before a message. But the sequences are consecutive numbers, so the
    messages before number 500 are those after number 399, up to 499. Deleted ones leave gaps: where a window holds
    little, the next one is wider; where it holds more than a page, it is made narrower and asked for again.
    """

    def __init__(self, ask: Ask, page_size: int, before: int | None) -> None:
        self._ask = ask
        self._page_size = page_size
        self._width = page_size
        # All messages from this sequence on have been given out. None before the first page.
        self._before = before
        # What has come of the window, where the server cut it into several pages: from its lower end upwards.
        self._held: list[Message] = []
        self._after = self._lower = 0
        self._ended = False
        if before is not None:
            self._open_window(before)

    def request(self) -> Request[list[Message]] | None:
        """The request for the window, or for what is left of it."""
        if self._ended:
            return None
        if self._before is None:
            return self._ask(self._page_size, None)
        # One more than fits in the window: the message beyond it shows that nothing was cut off.
        return self._ask(self._page_size + 1, self._after)

    def take(self, page: list[Message]) -> list[Message]:
        """Takes a page; gives out a window when it is whole, newest first."""
        if self._before is None:
            return self._take_newest(page)
        last = _last_of_ascending(page, self._after)
        inside = [message for message in page if (message.sequence or 0) < self._before]
        if page and last < self._before - 1:
            self._go_on_in_window(inside, last)
            return []
        window = (self._held + inside)[::-1]
        if 2 * len(window) < self._page_size:
            self._width *= 2
        self._open_window(self._lower + 1)
        return window

    def _take_newest(self, page: list[Message]) -> list[Message]:
        sequences = sequences_of(page)
        if any(later >= earlier for earlier, later in pairwise(sequences)):
            raise unexpected("the messages are not newest first")
        if page:
            self._open_window(sequences[-1])
        else:
            self._ended = True
        return page

    def _go_on_in_window(self, inside: list[Message], last: int) -> None:
        """Asks for what is missing; for a narrower window instead where this one has more than a page."""
        assert self._before is not None
        if self._width > self._page_size and len(self._held) + len(inside) >= self._page_size:
            self._width = max(self._page_size, self._width // 2)
            self._open_window(self._before)
        else:
            self._held += inside
            self._after = last

    def _open_window(self, before: int) -> None:
        """Turns to the sequences below one, as many as the window is wide."""
        self._before = before
        self._held = []
        self._after = self._lower = max(FIRST, before - self._width) - 1
        self._ended = before <= FIRST


def _last_of_ascending(page: list[Message], after: int) -> int:
    """The last sequence of a page; what it was asked to come after where it is empty.

    Raises:
        UnreadableResponseError: If the page does not come after that, or is not oldest first.
    """
    last = after
    for sequence in sequences_of(page):
        if sequence <= last:
            raise unexpected(f"after sequence {last} came sequence {sequence}")
        last = sequence
    return last
