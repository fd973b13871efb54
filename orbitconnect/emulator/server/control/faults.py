"""Faults as JSON, such as `{"fault": "status", "status": 503}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from attrs import asdict

from ...faults import Drip, Fault, Garbage, Latency, Reset, Stall, Status, Truncate, When
from ...json_text import JsonObject
from .fields import Fields, invalid


def _when(fields: Fields) -> When:
    # The fault checks the value.
    return cast("When", fields.optional_text("when") or "before")


_KINDS: Final[dict[str, Callable[[Fields], Fault]]] = {
    "status": lambda fields: Status(
        fields.integer("status"), body=fields.json("body"), headers=fields.headers("headers")
    ),
    "latency": lambda fields: Latency(fields.number("seconds")),
    "reset": lambda fields: Reset(when=_when(fields)),
    "truncate": lambda fields: Truncate(fields.integer("bytes")),
    "drip": lambda fields: Drip(chunk=fields.integer("chunk", least=1), pause=fields.number("pause")),
    "garbage": lambda fields: Garbage(),
    "stall": lambda fields: Stall(when=_when(fields)),
}


def read_fault(fields: Fields) -> Fault:
    """Read a fault from a request.

    Raises:
        ControlError: If a field of the fault is missing or invalid.
    """
    kind = _KINDS.get(fields.text("fault"))
    if kind is None:
        raise invalid("fault", f"must be one of {', '.join(_KINDS)}")
    try:
        return kind(fields)
    except (ValueError, TypeError) as error:
        # attrs passes further arguments to its errors, after the message.
        raise invalid("fault", f"is invalid: {error.args[0]}") from None


def fault_to_json(fault: Fault) -> JsonObject:
    """Convert a fault to JSON."""
    fields = asdict(fault)
    if isinstance(fault, Status) and isinstance(fault.body, bytes):
        fields["body"] = fault.body.decode(errors="replace")
    if isinstance(fault, Status) and fault.headers is not None:
        fields["headers"] = dict(fault.headers)
    return {"fault": type(fault).__name__.lower(), **fields}
