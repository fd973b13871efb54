"""Faults as JSON: `{"fault": "status", "status": 503}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from attrs import asdict

from ..faults import Drip, Fault, Garbage, Latency, Reset, Stall, Status, Truncate
from .control_fields import Fields, invalid


def _when(fields: Fields) -> Any:
    return fields.optional_text("when") or "before"


_KINDS: Final[dict[str, Callable[[Fields], Fault]]] = {
    "status": lambda fields: Status(
        fields.integer("status"), body=fields.anything("body"), headers=fields.headers("headers")
    ),
    "latency": lambda fields: Latency(fields.number("seconds")),
    "reset": lambda fields: Reset(when=_when(fields)),
    "truncate": lambda fields: Truncate(fields.integer("bytes")),
    "drip": lambda fields: Drip(chunk=fields.integer("chunk", least=1), pause=fields.number("pause")),
    "garbage": lambda fields: Garbage(),
    "stall": lambda fields: Stall(when=_when(fields)),
}


def fault_from(fields: Fields) -> Fault:
    """Reads a fault.

    Raises:
        ControlError: If it is none.
    """
    kind = _KINDS.get(fields.text("fault"))
    if kind is None:
        raise invalid("fault", f"must be one of {', '.join(_KINDS)}")
    try:
        return kind(fields)
    except (ValueError, TypeError) as error:
        # Those of attrs carry more than the text.
        raise invalid("fault", f"cannot be used: {error.args[0]}") from None


def fault_to_json(fault: Fault) -> dict[str, Any]:
    """Writes a fault."""
    known = asdict(fault)
    if isinstance(fault, Status) and isinstance(fault.body, bytes):
        known["body"] = fault.body.decode(errors="replace")
    if isinstance(fault, Status) and fault.headers is not None:
        known["headers"] = dict(fault.headers)
    return {"fault": type(fault).__name__.lower(), **known}
