"""What all ways through pages have in common."""

from __future__ import annotations

from typing import Protocol

from orbitconnect_api.models.message import Message
from orbitconnect_api.types import Request

from ..errors import UnreadableResponseError


class Walk(Protocol):
    """A way through pages: says which page to ask for, and what of it is new."""

    def request(self) -> Request[list[Message]] | None:
        """The request for the next page; None at the end. Asking again gives the same."""
        ...

    def take(self, page: list[Message]) -> list[Message]:
        """Takes the page that came, and goes on to the next one.

        Returns:
            What is new in it, in the order in which it is to be given out. It can be empty before the end.

        Raises:
            UnreadableResponseError: If it is no answer to what was asked. The walk stays where it was.
        """
        ...


def check_count(value: int | None, name: str, *, least: int) -> None:
    """Sees to it that an argument is a whole number, and not too small.

    Raises:
        TypeError: If it is no whole number.
        ValueError: If it is too small.
    """
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"{name} must be a whole number, not {type(value).__name__}.")
    if value < least:
        raise ValueError(f"{name} must be at least {least}.")


def page_size_for(page_size: int, limit: int | None) -> int:
    """How many entries to ask for at a time: no more than are wanted in all.

    Raises:
        TypeError: If one is no whole number.
        ValueError: If one is too small.
    """
    check_count(page_size, "page_size", least=1)
    check_count(limit, "limit", least=0)
    return page_size if limit is None else max(1, min(page_size, limit))


def unexpected(flaw: str) -> UnreadableResponseError:
    """The error for a page that is no answer to what was asked."""
    return UnreadableResponseError(
        f"The API's page does not fit what was asked for: {flaw}. Going on would lose messages or repeat them.",
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
