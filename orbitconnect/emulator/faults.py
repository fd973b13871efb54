"""The kinds of faults that a test can script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from attrs import field, frozen, validators

from orbitconnect_api.types import SafeRepr

When = Literal["before", "after"]
"""`before`: nothing is done. `after`: the request is carried out, and only its answer is lost."""

_when: Any = field(default="before", validator=validators.in_(("before", "after")))
_LONGEST: Final = 24 * 3600
"""The longest pause, in seconds."""


@frozen(repr=False)
class Status(SafeRepr):
    """The request is answered with a status, as an overloaded API or a proxy does; nothing is done."""

    status: int = field(validator=[validators.ge(200), validators.le(599)])
    body: Any = None
    """Text or bytes as they are, anything else as JSON; without one there is an error as the API words it."""
    headers: Mapping[str, str] | None = None


@frozen(repr=False)
class Latency(SafeRepr):
    """The request is carried out, and its answer comes late."""

    seconds: float = field(validator=[validators.ge(0), validators.le(_LONGEST)])


@frozen(repr=False)
class Reset(SafeRepr):
    """The connection is reset before an answer comes."""

    when: When = _when


@frozen(repr=False)
class Truncate(SafeRepr):
    """The request is carried out, and the connection ends after so many bytes of the answer's body."""

    bytes: int = field(validator=validators.ge(0))
    """At least one of them is always missing; where there is no body there is no answer at all."""

    def kept(self, length: int) -> int:
        """How many bytes of a body of this length get through."""
        return max(0, min(self.bytes, length - 1))


@frozen(repr=False)
class Drip(SafeRepr):
    """The request is carried out, and the answer's body comes a few bytes at a time."""

    chunk: int = field(validator=validators.ge(1))
    pause: float = field(validator=[validators.ge(0), validators.le(_LONGEST)])
    """The seconds before each piece but the first."""


@frozen(repr=False)
class Garbage(SafeRepr):
    """The request is carried out, and its answer is no HTTP at all."""


@frozen(repr=False)
class Stall(SafeRepr):
    """The request is taken, and no answer ever comes: the client's time limit passes."""

    when: When = _when


UNANSWERED: Final = 0
"""The status of a response that never reaches the client."""

Fault = Status | Latency | Reset | Truncate | Drip | Garbage | Stall


def is_answer_lost(fault: Fault) -> bool:
    """Whether no status reaches the client."""
    return isinstance(fault, (Reset, Stall, Garbage))
