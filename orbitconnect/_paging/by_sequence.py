"""A conversation's messages, page by page, ordered by `sequence`.

A message's sequence is unique and never changes. Therefore, pages stay stable if messages are sent or deleted in the
meantime. With offsets, each sent or deleted message would shift all messages after it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from orbitconnect_api.models.message import Message
from orbitconnect_api.types import Request

from .walk import sequences_of, unexpected

Ask = Callable[[int, int | None], Request[list[Message]]]
"""Creates a request for up to N messages: those after a sequence, oldest first, or the newest if it is None."""

FIRST: Final = 1
"""The sequence of a conversation's first message."""


class OldestFirst:
    """Each page starts after the last message of the previous one. An empty page is the end.

    A page that is shorter than requested is not the end, because the server's maximum page size is not known.
    """

    def __init__(self, ask: Ask, page_size: int, after: int) -> None:
        self._ask = ask
        self._page_size = page_size
        self._after = after
        self._ended = False

    def request(self) -> Request[list[Message]] | None:
        """The request for the next page."""
        return None if self._ended else self._ask(self._page_size, self._after)

    def take(self, page: list[Message]) -> list[Message]:
        """Return the whole page."""
        self._after = _last_of_ascending(page, self._after)
        self._ended = not page
        return page


class NewestFirst:
    """The newest page first, and then one window of sequences after another, from high to low.

    The API cannot return the messages before a given one. But sequences are consecutive numbers, so the 100 messages
    before number 500 are those after number 399, up to 499. Deleted messages leave gaps. If a window contains few
    messages, the next window is wider. If it contains more than a page, it is narrowed and requested again.
    """

    def __init__(self, ask: Ask, page_size: int, before: int | None) -> None:
        self._ask = ask
        self._page_size = page_size
        self._width = page_size
        # All messages with this sequence or a higher one were returned. None before the first page.
        self._before = before
        # The part of the window received so far, if the server split it into several pages: from its lower end upwards.
        self._held: list[Message] = []
        self._after = self._lower = 0
        self._ended = False
        if before is not None:
            self._open_window(before)

    def request(self) -> Request[list[Message]] | None:
        """The request for the window, or for the rest of it."""
        if self._ended:
            return None
        if self._before is None:
            return self._ask(self._page_size, None)
        # Request one message more than fits in the window: a message beyond the window shows that the page was not
        # truncated.
        return self._ask(self._page_size + 1, self._after)

    def take(self, page: list[Message]) -> list[Message]:
        """Take a page, and return the window, newest first, when it is complete."""
        if self._before is None:
            return self._take_newest(page)
        last = _last_of_ascending(page, self._after)
        inside = [message for message in page if (message.sequence or 0) < self._before]
        if page and last < self._before - 1:
            self._continue_window(inside, last)
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

    def _continue_window(self, inside: list[Message], last: int) -> None:
        """Request the rest of the window, or a narrower window if this one contains more than a page."""
        assert self._before is not None
        if self._width > self._page_size and len(self._held) + len(inside) >= self._page_size:
            self._width = max(self._page_size, self._width // 2)
            self._open_window(self._before)
        else:
            self._held += inside
            self._after = last

    def _open_window(self, before: int) -> None:
        """Move the window to the sequences below `before`."""
        self._before = before
        self._held = []
        self._after = self._lower = max(FIRST, before - self._width) - 1
        self._ended = before <= FIRST


def _last_of_ascending(page: list[Message], after: int) -> int:
    """The last sequence of a page, or `after` if the page is empty.

    Raises:
        UnreadableResponseError: If the page does not start after `after`, or is not oldest first.
    """
    last = after
    for sequence in sequences_of(page):
        if sequence <= last:
            raise unexpected(f"after sequence {last} came sequence {sequence}")
        last = sequence
    return last
