"""Shared by all kinds of paging: the interface, checks on arguments and checks on pages."""

from __future__ import annotations

from typing import Protocol

from orbitconnect_api.models.message import Message
from orbitconnect_api.types import Request

from ..errors import UnreadableResponseError


class Walk(Protocol):
    """Decides which page to request next, and which of its messages are new."""

    def request(self) -> Request[list[Message]] | None:
        """The request for the next page, or None at the end. Repeating the call has no effect."""
        ...

    def take(self, page: list[Message]) -> list[Message]:
        """Take a page, and move on to the next one.

        Returns:
            The new messages, in the iterator's order. The list can be empty before the end.

        Raises:
            UnreadableResponseError: If the page does not match the request. The walk stays on the same page.
        """
        ...


def check_count(value: int | None, name: str, *, least: int) -> None:
    """Check that an argument is an integer and not too small.

    Raises:
        TypeError: If it is not an integer.
        ValueError: If it is too small.
    """
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
        raise TypeError(f"{name} must be an integer, not {type(value).__name__}.")
    if value < least:
        raise ValueError(f"{name} must be {least} or more.")


def page_size_for(page_size: int, limit: int | None) -> int:
    """The page size to request: not more than the total limit.

    Raises:
        TypeError: If an argument is not an integer.
        ValueError: If an argument is too small.
    """
    check_count(page_size, "page_size", least=1)
    check_count(limit, "limit", least=0)
    return page_size if limit is None else max(1, min(page_size, limit))


def unexpected(flaw: str) -> UnreadableResponseError:
    """The error for a page that does not match the request."""
    return UnreadableResponseError(
        f"The API's page does not match the request: {flaw}. Continuing could lose or repeat messages.",
        status=200,
    )


def sequences_of(page: list[Message]) -> list[int]:
    """The sequences of a page's messages.

    Raises:
        UnreadableResponseError: If a message has none.
    """
    sequences: list[int] = []
    for message in page:
        sequence: object = message.sequence
        if isinstance(sequence, bool) or not isinstance(sequence, int):
            raise unexpected("a message has no sequence")
        sequences.append(sequence)
    return sequences
