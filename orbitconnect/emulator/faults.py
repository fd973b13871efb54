"""The kinds of faults that a test can script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from attrs import field, frozen, validators

from orbitconnect_api.types import SafeRepr

from .json_text import Json

When = Literal["before", "after"]
"""`before`: the request changes nothing. `after`: the request is carried out, and only the response is lost."""

_when: When = field(default="before", validator=validators.in_(("before", "after")))
_LONGEST: Final = 24 * 3600
"""The longest pause, in seconds: one day."""


@frozen(repr=False)
class Status(SafeRepr):
    """Respond with an error status, as an overloaded API or a proxy does. The request changes nothing."""

    status: int = field(validator=[validators.ge(200), validators.le(599)])
    """The HTTP status, from 200 to 599."""
    body: Json | bytes = None
    """The response's body. Text and bytes are sent as they are, other values as JSON. Default: an error of the API."""
    headers: Mapping[str, str] | None = None
    """Headers to add to the response."""


@frozen(repr=False)
class Latency(SafeRepr):
    """Carry out the request, and delay the response."""

    seconds: float = field(validator=[validators.ge(0), validators.le(_LONGEST)])
    """The delay in seconds, at most one day."""


@frozen(repr=False)
class Reset(SafeRepr):
    """Reset the connection before the response."""

    when: When = _when
    """`before` or `after` the request is carried out. Default: `before`."""


@frozen(repr=False)
class Truncate(SafeRepr):
    """Carry out the request, and close the connection in the middle of the response's body."""

    bytes: int = field(validator=validators.ge(0))
    """How many bytes of the body to send. At least one byte is always missing; if there is no body, nothing is sent."""

    def kept(self, length: int) -> int:
        """How many bytes of a body with this length are sent."""
        return max(0, min(self.bytes, length - 1))


@frozen(repr=False)
class Drip(SafeRepr):
    """Carry out the request, and send the response's body slowly, in small chunks."""

    chunk: int = field(validator=validators.ge(1))
    """The size of a chunk in bytes."""
    pause: float = field(validator=[validators.ge(0), validators.le(_LONGEST)])
    """The pause before each chunk except the first, in seconds; at most one day."""


@frozen(repr=False)
class Garbage(SafeRepr):
    """Carry out the request, and respond with bytes that are not HTTP."""


@frozen(repr=False)
class Stall(SafeRepr):
    """Accept the request and never respond, so that the client times out."""

    when: When = _when
    """`before` or `after` the request is carried out. Default: `before`."""


UNANSWERED: Final = 0
"""The status that stands for a response that never reaches the client."""

Fault = Status | Latency | Reset | Truncate | Drip | Garbage | Stall


def loses_response(fault: Fault) -> bool:
    """Whether the fault prevents the client from receiving a status."""
    return isinstance(fault, (Reset, Stall, Garbage))
