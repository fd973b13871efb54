"""What one attempt came to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Answer(NamedTuple):
    """An answer, whatever its status."""

    status: int
    headers: Mapping[str, str]
    """Looked up in lower case."""
    body: bytes
    """Decoded; only its beginning where there is a flaw."""
    flaw: str = ""
    """Why the body could not be had in full."""
    cut_short: bool = False
    """Whether the flaw is that the connection broke, so that another attempt could do better."""


class Failure(NamedTuple):
    """No answer."""

    text: str
    sent: bool
    """Whether the API may have got the request. If not, trying again can do nothing twice."""
    timeout: bool = False
    hopeless: bool = False
    """Whether another attempt would fail in the same way."""
