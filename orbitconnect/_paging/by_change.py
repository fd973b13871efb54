"""A conversation's changes, page by page, ordered by `updated_at`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from orbitconnect_api.models.message import Message
from orbitconnect_api.types import Request

from .walk import unexpected

Ask = Callable[[int, datetime], Request[list[Message]]]
"""Creates a request for up to N changes since a time, oldest first."""

LEAST_CAP: Final = 100
"""The server's default limit, so the server's maximum page size cannot be smaller."""

MOST_AT_ONCE: Final = 10_000
"""The largest page to request when many changes have the same time."""

_STEP: Final = timedelta(microseconds=1)
_ROUNDING: Final = timedelta(seconds=1)
"""The maximum by which a server may round down its times."""

_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Changes:
    """Each page starts at the time of the last change, and changes that were already returned are skipped.

    A page does not start after that time, because more changes may have the same time, especially if the server's clock
    has a resolution of one second. The request asks for changes since just before it, because `since` may be exclusive.

    A page without new changes is the end if the server returned everything. If the page is as long as requested, a
    longer one is requested. If it is shorter, the server may have a maximum page size. To find out, the walk requests
    one more change than that, from the beginning of time.
    """

    def __init__(self, ask: Ask, page_size: int, since: datetime) -> None:
        self._ask = ask
        self._page_size = page_size
        self._limit = page_size
        self._since = since
        # The time of the last returned change, and the ids of the messages that changed then.
        self._instant: datetime | None = None
        self._given: set[str] = set()
        # The length of a page that may have been truncated, while the walk checks whether it was.
        self._suspect: int | None = None
        self._ended = False

    def request(self) -> Request[list[Message]] | None:
        """The request for the next changes."""
        if self._ended:
            return None
        if self._suspect is not None:
            return self._ask(self._suspect + 1, _BEGINNING)
        return self._ask(self._limit, self._since)

    def take(self, page: list[Message]) -> list[Message]:
        """Return the new messages of a page."""
        if self._suspect is not None:
            self._check_cap(page, self._suspect)
            return []
        changes = self._new(page)
        if changes:
            self._go_on(changes)
        elif len(page) >= self._limit:
            if self._limit >= MOST_AT_ONCE:
                raise _too_many(len(page))
            self._limit = min(2 * self._limit, MOST_AT_ONCE)
        elif len(page) < LEAST_CAP:
            self._ended = True
        else:
            self._suspect = len(page)
        return [message for message, _ in changes]

    def _new(self, page: list[Message]) -> list[tuple[Message, datetime]]:
        """The changes that were not returned before, with their times."""
        changes: list[tuple[Message, datetime]] = []
        known = set(self._given)
        last = self._since - _ROUNDING
        at = self._instant
        for message in page:
            instant = message.updated_at
            if instant is None:
                raise unexpected("a message has no updated_at")
            if instant < last:
                raise unexpected("a change is older than the requested time or than the change before it")
            last = instant
            if at is None or instant > at:
                at = instant
                known.clear()
            if instant == at and message.id not in known:
                known.add(message.id)
                changes.append((message, instant))
        return changes

    def _go_on(self, changes: list[tuple[Message, datetime]]) -> None:
        last = changes[-1][1]
        if last != self._instant:
            self._instant = last
            self._given.clear()
        self._given.update(message.id for message, instant in changes if instant == last)
        self._since = last - _STEP
        # The changes with the last timestamp are returned again, and perhaps one from just before it.
        self._limit = self._page_size + len(self._given) + 1

    def _check_cap(self, page: list[Message], suspect: int) -> None:
        """End if the server can return a longer page than the one that may have been truncated."""
        if len(page) <= suspect:
            raise _too_many(suspect)
        self._ended = True


def _too_many(count: int) -> Exception:
    return unexpected(
        f"{count} or more messages changed at the same time, and the server returns no larger page, so some may be "
        "missing; to skip them, sync from a later time"
    )
