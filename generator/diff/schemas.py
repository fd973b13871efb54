"""Compares the components that are sent or received: models and enums, each once, however often they are used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..contract import ENVELOPE, Contract, Pointer, idempotency_properties
from .change import Node, Pair, compare_remarks, flat, methods_of
from .shapes import FieldNode, bases, fields, is_object, required_of_bases, result_field, shape
from .values import Direction, Place, compare_values

_EVENT = "Event"
"""The envelope of events. Its class is generated even if no schema refers to it."""


@dataclass
class Usage:
    """Where a component occurs."""

    directions: set[Direction] = field(default_factory=set)
    is_generated: bool = False
    """Whether a class or a type is generated for the component. The bodies of errors have none."""

    methods: dict[str, None] = field(default_factory=dict)


def usages(contract: Contract) -> dict[str, Usage]:
    """All components that occur in requests, responses and deliveries, by name."""
    found: dict[str, Usage] = {}

    def mark(node: Node, direction: Direction, methods: tuple[str, ...], *, is_generated: bool = True) -> None:
        seen: set[str] = set()
        for name in _reachable(contract, node, seen):
            usage = found.setdefault(name, Usage())
            usage.is_generated |= is_generated
            usage.directions.add(direction)
            usage.methods.update(dict.fromkeys(methods))

    for operation in contract.operations():
        methods = methods_of(operation.data)
        sent = [operation.data.get("requestBody"), [node for _, node in operation.parameters]]
        mark(sent, Direction.REQUEST, methods)
        for status, response in (operation.data.get("responses") or {}).items():
            is_success = str(status).startswith("2")
            mark(response, Direction.RESPONSE, methods, is_generated=is_success)
    for event in contract.events():
        mark(event.data.get("requestBody"), Direction.RESPONSE, ())
    if any(True for _ in contract.events()) and _EVENT in _schemas(contract):
        mark({"$ref": f"#/components/schemas/{_EVENT}"}, Direction.RESPONSE, ())
    envelope = ENVELOPE.rpartition("/")[2]
    for name in _wrappers(contract):
        if name != envelope:
            found.pop(name, None)
    found.setdefault(envelope, Usage()).is_generated = False
    return found


def compare_schemas(pair: Pair) -> None:
    """Record the differences between the components of two contracts."""
    old_usages, new_usages = usages(pair.old), usages(pair.new)
    old, new = _schemas(pair.old), _schemas(pair.new)
    renamed = _compare_names(pair, old_usages, new_usages)
    for name in old:
        new_name = renamed.get(name, name)
        if name in old_usages and new_name in new_usages and new_name in new:
            usage = new_usages[new_name]
            for direction in sorted(old_usages[name].directions & usage.directions):
                place = Place(new_name, ("components", "schemas", new_name), direction, tuple(usage.methods))
                before, after = old[name], new[new_name]
                if not usage.is_generated:
                    before, after = _without_code(before), _without_code(after)
                _compare_component(pair, place, before, after, ("components", "schemas", name))


def _without_code(body: Node) -> Node:
    """The body of an error without its codes, which are compared for each operation."""
    return {
        **body,
        "properties": {name: node for name, node in (body.get("properties") or {}).items() if name != "code"},
    }


def _schemas(contract: Contract) -> dict[str, Node]:
    found = (contract.data.get("components") or {}).get("schemas") or {}
    return dict(found)


def _compare_names(pair: Pair, old: Mapping[str, Usage], new: Mapping[str, Usage]) -> dict[str, str]:
    """Record models that were added, removed or renamed. Returns the renamed ones."""
    schemas, new_schemas = _schemas(pair.old), _schemas(pair.new)
    removed = [name for name in old if name not in new and _is_type(pair.old, schemas.get(name), old[name])]
    added = [name for name in new if name not in old and _is_type(pair.new, new_schemas.get(name), new[name])]
    contents = {_content(new_schemas[name]): name for name in added}
    renamed: dict[str, str] = {}
    for name in removed:
        pointer: Pointer = ("components", "schemas", name)
        new_name = contents.get(_content(schemas[name]))
        if new_name:
            renamed[name] = new_name
            detail = f"the model is named `{new_name}` now"
            pair.add("model-renamed", name, detail, ("components", "schemas", new_name), subject=new_name)
        else:
            pair.add("model-removed", name, "the model is gone", pointer, is_old=True, methods=old[name].methods)
    for name in added:
        if name not in renamed.values():
            pointer = ("components", "schemas", name)
            subject = flat(new_schemas[name].get("description"))
            pair.add("model-added", name, "the model is new", pointer, subject=subject, methods=new[name].methods)
    return renamed


def _is_type(contract: Contract, schema: Node, usage: Usage) -> bool:
    """Whether a component becomes a class or the alias of a `Literal`."""
    return usage.is_generated and (is_object(contract, schema) or shape(contract, schema).enum is not None)


def _content(schema: Node) -> str:
    """The parts of a schema that a renamed one keeps."""
    kept = {key: value for key, value in schema.items() if key not in ("description", "examples")}
    return json.dumps(kept, sort_keys=True, default=str)


def _compare_component(pair: Pair, place: Place, old: Node, new: Node, old_pointer: Pointer) -> None:
    if is_object(pair.old, old) and is_object(pair.new, new):
        before, after = old.get("x-orbit-name", place.name), new.get("x-orbit-name", place.name)
        if old.get("x-orbit-name") != new.get("x-orbit-name"):
            pair.add("model-renamed", before, f"the model is named `{after}` now", place.pointer, subject=after)
        compare_objects(pair, place, old, new, old_pointer)
        compare_remarks(pair, place.name, old, new, place.pointer)
    else:
        compare_values(pair, place, old, new)


def compare_objects(pair: Pair, place: Place, old: Node, new: Node, old_pointer: Pointer) -> None:
    """Record the differences between the fields of two objects."""
    inherited = bases(old) != bases(new) or required_of_bases(old) != required_of_bases(new)
    before = _directed(place, fields(pair.old, old, old_pointer, inherited=inherited))
    after = _directed(place, fields(pair.new, new, place.pointer, inherited=inherited))
    for name, entry in before.items():
        if name not in after:
            pair.add(
                f"{place.direction}-field-removed",
                f"{place.name}.{name}",
                "the field is gone",
                entry.pointer,
                methods=place.methods,
                is_old=True,
            )
    for name, entry in after.items():
        here = Place(f"{place.name}.{name}", entry.pointer, place.direction, place.methods)
        if name in before:
            _compare_field(pair, here, before[name], entry)
        else:
            _add_field(pair, here, entry)
    if place.is_sent:
        _compare_keys(pair, place, old, new)
        _compare_extra_fields(pair, place, old, new)
    for key in ("anyOf", "oneOf"):
        if old.get(key) or new.get(key):
            kept = (key, "discriminator")
            before_parts, after_parts = [{part: node[part] for part in kept if part in node} for node in (old, new)]
            compare_values(pair, place, before_parts, after_parts)


def _directed(place: Place, found: dict[str, FieldNode]) -> dict[str, FieldNode]:
    """The fields that occur in a direction: neither `readOnly` ones in requests, nor `writeOnly` ones in responses."""
    excluded = "readOnly" if place.is_sent else "writeOnly"
    return {name: entry for name, entry in found.items() if entry.schema.get(excluded) is not True}


def _add_field(pair: Pair, place: Place, entry: FieldNode) -> None:
    kind = f"{place.direction}-field-added"
    if place.is_sent and entry.is_required:
        kind = "required-request-field-added"
    detail = "the field is new" + (" and required" if place.is_sent and entry.is_required else "")
    subject = shape(pair.new, entry.schema).description
    pair.add(kind, place.name, detail, place.pointer, methods=place.methods, subject=subject)


def _compare_field(pair: Pair, place: Place, old: FieldNode, new: FieldNode) -> None:
    if old.is_required != new.is_required:
        kind = f"{place.direction}-field-{'required' if new.is_required else 'optional'}"
        verb = "is required" if place.is_sent else "is always present"
        detail = f"{verb} now" if new.is_required else ("can be omitted now" if place.is_sent else "can be absent now")
        pair.add(kind, place.name, detail, place.pointer, methods=place.methods)
    compare_values(pair, place, old.schema, new.schema)


def _compare_keys(pair: Pair, place: Place, old: Node, new: Node) -> None:
    before, after = idempotency_properties(old), idempotency_properties(new)
    if before and after and before != after:
        detail = f"the idempotency key is sent in `{after[0]}` instead of `{before[0]}`"
        pair.add("idempotency-key-moved", place.name, detail, place.pointer, methods=place.methods)


def _compare_extra_fields(pair: Pair, place: Place, old: Node, new: Node) -> None:
    was, is_now = old.get("additionalProperties") is not False, new.get("additionalProperties") is not False
    if was != is_now:
        kind = f"request-extra-fields-{'allowed' if is_now else 'refused'}"
        detail = f"fields that are not listed are {'allowed' if is_now else 'refused'} now"
        pair.add(kind, place.name, detail, place.pointer, methods=place.methods)


def _wrappers(contract: Contract) -> Iterator[str]:
    """The schemas of whole deliveries and of whole responses. They are no models: their contents are."""
    for event in contract.events():
        yield from _references_of(contract.resolve(event.data.get("requestBody") or {}))
    result = result_field(contract)
    for operation in contract.operations():
        for response in (operation.data.get("responses") or {}).values():
            for name in _references_of(contract.resolve(response)):
                if result in fields(contract, _schemas(contract).get(name) or {}, (), inherited=True):
                    yield name


def _references_of(body: Node) -> Iterator[str]:
    """The components that a body or a response refers to directly."""
    for media in (body.get("content") or {}).values():
        if isinstance(reference := (media.get("schema") or {}).get("$ref"), str):
            yield reference.rpartition("/")[2]


def _reachable(contract: Contract, node: Any, seen: set[str]) -> Iterator[str]:
    """The names of all schemas that a node refers to, through responses, parameters and other schemas."""
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str):
            if reference in seen:
                return
            seen.add(reference)
            if "/schemas/" in reference:
                yield reference.rpartition("/")[2]
            yield from _reachable(contract, contract.resolve(node), seen)
        for key, value in node.items():
            if key not in ("example", "examples", "$ref"):
                yield from _reachable(contract, value, seen)
    elif isinstance(node, list):
        for value in node:
            yield from _reachable(contract, value, seen)
