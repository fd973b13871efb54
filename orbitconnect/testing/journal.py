"""Formats the emulator's journal for the report of a failed test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from .._later import Later

if TYPE_CHECKING:
    from .. import emulator as emulators
else:
    emulators = Later("orbitconnect.emulator")

MAX_ENTRIES: Final = 50
_MAX_BODY: Final = 300
_FIRST_ERROR: Final = 400


def describe(entries: Sequence[emulators.Entry]) -> str:
    """Return text with one line for each request. Failed requests are shown with their request and response bodies.

    Args:
        entries: The journal's entries, the oldest first. Only the latest 50 are shown.
    """
    shown = entries[-MAX_ENTRIES:]
    lines = [] if len(shown) == len(entries) else [f"({len(entries) - len(shown)} earlier requests are not shown)"]
    for entry in shown:
        lines += _lines(entry)
    return "\n".join(lines)


def _lines(entry: emulators.Entry) -> list[str]:
    target = f"{entry.path}?{entry.query}" if entry.query else entry.path
    parts = [f"{entry.number:>3}  {entry.at:%H:%M:%S}  {entry.method} {target}"]
    if entry.operation is not None:
        parts.append(f"({entry.operation})")
    if entry.actor is not None:
        parts.append(f"as {entry.actor}")
    parts.append(f"→ {entry.status or 'no answer'}")
    lines = [" ".join(parts)]
    if entry.fault is not None:
        lines.append(f"       scripted fault: {entry.fault}")
    if entry.error is not None:
        lines.append(f"       the emulator failed: {entry.error}")
    if entry.rule is not None:
        lines.append(f"       rule: {entry.rule}")
    if not 0 < entry.status < _FIRST_ERROR:
        for name, body in (("sent", entry.request_body), ("answered", entry.response_body)):
            if body:
                lines.append(f"       {name}: {body[:_MAX_BODY]}{'…' if len(body) > _MAX_BODY else ''}")
    return lines
