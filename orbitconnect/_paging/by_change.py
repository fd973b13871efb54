"""A conversation's changes, page by page, by their `updated_at`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from orbitconnect_api.models.message import Message
from orbitconnect_api.types import Request

from .walk import unexpected

Ask = Callable[[int, datetime], Request[list[Message]]]
"""Makes the request for so many of the changes since an instant, the oldest first."""

LEAST_CAP: Final = 100
"""The server gives that many when it is told no limit, so it does not cap a page to fewer."""

MOST_AT_ONCE: Final = 10_000
"""How large a page is made at most to get past an instant that many changes share."""

_STEP: Final = timedelta(microseconds=1)
_ROUNDING: Final = timedelta(seconds=1)
"""What a server's instants may be rounded down by."""

_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Changes:
    """Each page begins at the instant of the last change; what was given out for that instant is left out.

    It does not begin after that instant, since more changes may share it: a server that counts in seconds has many.
    It is asked for what comes since just before it, which is right whether the server includes the instant or not.

    Where a page brings nothing new, that is the end, if the server has given all that there is. It has not where the
    page is as long as was asked for: a longer one is asked for then. It may not have where the server caps pages.
    Whether it does is seen by asking for everything from the beginning of time.
    """

    def __init__(self, ask: Ask, page_size: int, since: datetime) -> None:
        self._ask = ask
        self._page_size = page_size
        self._limit = page_size
        self._since = since
        # The last instant of which changes were given out, and the ids of their messages.
        self._instant: datetime | None = None
        self._given: set[str] = set()
        # The length of a page that may have been cut off, while it is found out.
        self._suspect: int | None = None
        self._ended = False

    def request(self) -> Request[list[Message]] | None:
        """The request for the changes since the last ones."""
        if self._ended:
            return None
        if self._suspect is not None:
            return self._ask(self._suspect + 1, _BEGINNING)
        return self._ask(self._limit, self._since)

    def take(self, page: list[Message]) -> list[Message]:
        """Takes what is new of a page."""
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
        """What has not been given out, with its instants."""
        changes: list[tuple[Message, datetime]] = []
        known = set(self._given)
        last = self._since - _ROUNDING
        at = self._instant
        for message in page:
            instant = message.updated_at
            if instant is None:
                raise unexpected("a message does not say when it was changed")
            if instant < last:
                raise unexpected("a change comes before the instant that was asked for, or before an earlier one")
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
        # Those of the last instant come again, and perhaps one from just before it.
        self._limit = self._page_size + len(self._given) + 1

    def _check_cap(self, page: list[Message], suspect: int) -> None:
        """Ends if the server gives pages that are longer than the one that may have been cut off."""
        if len(page) <= suspect:
            raise _too_many(suspect)
        self._ended = True


def _too_many(count: int) -> Exception:
    return unexpected(
        f"{count} messages or more changed at the same instant, and the server gives no larger page, so it cannot be "
        "told whether there are others; sync from a later instant to leave them out"
    )
