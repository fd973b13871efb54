"""Compares the webhook events."""

from __future__ import annotations

from ..contract import Contract, EventNode
from .change import Pair, compare_remarks, flat
from .shapes import fields, shape


def compare_events(pair: Pair) -> None:
    """Record the differences between the events of two contracts. Payloads are compared as components."""
    old = {event.name: event for event in pair.old.events()}
    new = {event.name: event for event in pair.new.events()}
    for name, event in old.items():
        if name not in new:
            pair.add("event-removed", name, "the event is gone", event.pointer, is_old=True)
    for name, event in new.items():
        if name in old:
            _compare(pair, old[name], event)
        else:
            pair.add(
                "event-added", name, "the event is new", event.pointer, subject=flat(event.data.get("description"))
            )


def _compare(pair: Pair, old: EventNode, new: EventNode) -> None:
    before, after = _payload(pair.old, old), _payload(pair.new, new)
    if before != after:
        detail = f"`event.data` is {after} instead of {before}"
        pair.add("event-payload-changed", new.name, detail, new.pointer, subject=after)
    if new.data.get("deprecated") is True and old.data.get("deprecated") is not True:
        pair.add("event-deprecated", new.name, "is deprecated now", new.pointer)
    compare_remarks(pair, new.name, old.data, new.data, new.pointer)


def _payload(contract: Contract, event: EventNode) -> str:
    """The type of an event's payload."""
    for media in (contract.resolve(event.data.get("requestBody") or {}).get("content") or {}).values():
        found = fields(contract, media.get("schema") or {}, (), inherited=True)
        if "data" in found:
            return " or ".join(sorted(shape(contract, found["data"].schema).types)) or "anything"
    return "nothing"
