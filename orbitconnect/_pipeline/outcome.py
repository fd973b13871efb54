"""The outcome of one attempt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Answer(NamedTuple):
    """A response with any status."""

    status: int
    headers: Mapping[str, str]
    """Look up names in lower case."""
    body: bytes
    """The decoded body. Incomplete if `flaw` is set."""
    flaw: str = ""
    """Why the body is incomplete or could not be decoded. Empty if it is complete."""
    cut_short: bool = False
    """Whether the connection broke before the body was complete. If so, a retry may succeed."""


class Failure(NamedTuple):
    """An attempt without a response."""

    text: str
    """The beginning of the error message: a sentence without its full stop."""
    sent: bool
    """Whether the API may have received the request. If not, a retry is always safe."""
    timeout: bool = False
    hopeless: bool = False
    """Whether a retry would fail in the same way."""
    unreachable: bool = False
    """Whether no connection to the API's host could be made, with one of the SDK's own stacks."""
