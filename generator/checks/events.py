"""Checks the webhook events: the shape of their bodies, and whether their names can become class names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..contract import Contract, EventNode, Mistake
from .vocabulary import PROVENANCES, one_of

_EVENT_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


def check_events(contract: Contract) -> Iterator[Mistake]:
    """Check all webhook events."""
    for event in contract.events():
        yield from _check_event(contract, event)
    yield from _check_names(contract)


def _check_event(contract: Contract, event: EventNode) -> Iterator[Mistake]:
    if event.data.get("x-orbit-provenance") not in PROVENANCES:
        yield contract.mistake(event.pointer, "`x-orbit-provenance` is missing", one_of(PROVENANCES))
    tags = event.data.get("tags") or []
    used = {tag for operation in contract.operations() for tag in operation.data.get("tags") or []}
    known = [tag["name"] for tag in contract.data.get("tags") or []]
    if len(tags) != 1 or tags[0] in used or tags[0] not in known:
        remedy = f"{one_of(tag for tag in known if tag not in used)} Some tools write one module per tag and kind."
        yield contract.mistake(event.pointer, "the event needs exactly one tag, which no operation has", remedy)
    content = contract.resolve(event.data.get("requestBody") or {}).get("content") or {}
    schema = contract.resolve((content.get("application/json") or {}).get("schema") or {})
    properties = schema.get("properties") or {}
    envelope = contract.data["components"]["schemas"].get("Event") or {"properties": {}}
    data = contract.resolve(properties.get("data") or {})
    if (
        (properties.get("type") or {}).get("const") != event.name
        or "properties" not in data
        or properties.keys() != envelope["properties"].keys()
        or schema.get("required") != envelope.get("required")
    ):
        remedy = (
            "Repeat the properties of the schema Event and its `required`, with "
            f"`const: {event.name}` in `type`, and with the payload's schema as `$ref` in `data`."
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
