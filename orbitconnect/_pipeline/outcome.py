"""The outcome of one attempt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Answer(NamedTuple):
    """A response, whatever its status."""

    status: int
    headers: Mapping[str, str]
    """Names are looked up in lower case."""
    body: bytes
    """The decoded body. If there is a flaw, only its beginning."""
    flaw: str = ""
    """Why the body is incomplete or could not be decoded."""
    cut_short: bool = False
    """Whether the flaw is a broken connection, so that another attempt may succeed."""


class Failure(NamedTuple):
    """An attempt without a response."""

    text: str
    """The beginning of the error message: a sentence without its full stop."""
    sent: bool
    """Whether the API may have received the request. If not, a retry is always safe."""
    timeout: bool = False
    hopeless: bool = False
    """Whether another attempt would fail in the same way."""
