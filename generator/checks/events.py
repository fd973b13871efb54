"""Checks the webhook events: the shape of their bodies, and whether their names can become class names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..contract import EVENT, Contract, EventNode, Mistake
from .vocabulary import PROVENANCES, one_of

_EVENT_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


def check_events(contract: Contract) -> Iterator[Mistake]:
    """Check all webhook events."""
    for event in contract.events():
        yield from _check_event(contract, event)
    yield from _check_names(contract)


def _check_event(contract: Contract, event: EventNode) -> Iterator[Mistake]:
    if len(event.data.get("tags") or []) != 1 or event.data.get("x-orbit-provenance") not in PROVENANCES:
        problem = "the event needs exactly one tag and `x-orbit-provenance`"
        yield contract.mistake(event.pointer, problem, f"Provenance: {one_of(PROVENANCES)}")
    content = contract.resolve(event.data.get("requestBody") or {}).get("content") or {}
    schema = contract.resolve((content.get("application/json") or {}).get("schema") or {})
    parts = schema.get("allOf") or []
    properties = parts[1].get("properties") or {} if len(parts) == 2 and parts[0] == {"$ref": EVENT} else {}
    data = contract.resolve(properties.get("data") or {})
    if (properties.get("type") or {}).get("const") != event.name or "properties" not in data:
        remedy = (
            f"Write `allOf` with `$ref: '{EVENT}'` and an object with `type` (const: {event.name}) and `data` ($ref)."
        )
        yield contract.mistake(event.pointer, "the event's body does not use the event envelope", remedy)


def _check_names(contract: Contract) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for event in contract.events():
        if not _EVENT_NAME.fullmatch(event.name):
            remedy = "Use two or more lower-case words with dots between them, such as `thing.made`."
            yield contract.mistake(event.pointer[:2], f"no class can be named after `{event.name}`", remedy)
        words = event.name.replace(".", "_")
        if words in seen:
            remedy = "Choose a name that differs in more than its dots: both events would generate the same class."
            yield contract.mistake(event.pointer[:2], f"`{event.name}` collides with `{seen[words]}`", remedy)
        seen[words] = event.name
