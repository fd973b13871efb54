"""Compares what operations take: parameters, and request bodies."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract import ACTING_USER, EMPTY_BODY, Contract, OperationNode, Pointer
from .change import Node, Pair, flat, methods_of
from .schemas import compare_objects
from .values import Direction, Place, compare_values

_STYLES = {"query": ("form", True), "cookie": ("form", True), "path": ("simple", False), "header": ("simple", False)}


@dataclass(frozen=True)
class _Parameter:
    """A parameter without references."""

    name: str
    location: str
    node: Node
    pointer: Pointer

    @property
    def is_required(self) -> bool:
        return self.node.get("required") is True

    @property
    def style(self) -> tuple[object, object]:
        style, explode = _STYLES.get(self.location, ("form", True))
        return self.node.get("style", style), self.node.get("explode", explode)


def compare_parameters(pair: Pair, old: OperationNode, new: OperationNode) -> None:
    """Record the differences between the parameters of two operations."""
    before, after = _parameters(pair.old, old), _parameters(pair.new, new)
    methods = methods_of(new.data)
    renamed = _renamed_in_path(pair, old, new)
    for name, parameter in before.items():
        if renamed.get(name, name) not in after:
            place = f"{new.id}.{name}"
            pair.add(
                "parameter-removed", place, "the parameter is gone", parameter.pointer, methods=methods, is_old=True
            )
    matching = {renamed.get(name, name): parameter for name, parameter in before.items()}
    for name, parameter in after.items():
        if name in matching:
            _compare(pair, new, matching[name], parameter)
            continue
        kind = "required-parameter-added" if parameter.is_required else "parameter-added"
        detail = f"the {parameter.location} parameter is new" + (" and required" if parameter.is_required else "")
        subject = flat(parameter.node.get("description"))
        pair.add(kind, f"{new.id}.{name}", detail, parameter.pointer, methods=methods, subject=subject)


def _parameters(contract: Contract, operation: OperationNode) -> dict[str, _Parameter]:
    """The parameters by name. The acting user has extensions of its own."""
    found = {}
    for pointer, node in operation.parameters:
        if node.get("$ref") != ACTING_USER:
            resolved = contract.resolve(node)
            name = str(resolved.get("name"))
            found[name] = _Parameter(name, str(resolved.get("in")), resolved, pointer)
    return found


def _renamed_in_path(pair: Pair, old: OperationNode, new: OperationNode) -> dict[str, str]:
    """Record path parameters that have another name in the same place of the path. Returns old and new names."""
    renamed = {}
    for was, is_now in zip(old.path.split("/"), new.path.split("/"), strict=False):
        if was != is_now and was.startswith("{") and is_now.startswith("{"):
            renamed[was.strip("{}")] = is_now.strip("{}")
    for was, is_now in renamed.items():
        detail = f"the argument is named `{is_now}` now"
        methods = methods_of(new.data)
        pair.add("path-parameter-renamed", f"{new.id}.{was}", detail, new.pointer[:2], methods=methods, subject=is_now)
    return renamed


def _compare(pair: Pair, operation: OperationNode, old: _Parameter, new: _Parameter) -> None:
    place = Place(f"{operation.id}.{new.name}", new.pointer, Direction.REQUEST, methods_of(operation.data))

    def add(kind: str, detail: str) -> None:
        pair.add(kind, place.name, detail, place.pointer, methods=place.methods)

    if old.is_required != new.is_required:
        state = "is required now" if new.is_required else "can be omitted now"
        add(f"parameter-{'required' if new.is_required else 'optional'}", state)
    if old.location != new.location:
        add("parameter-moved", f"is sent in the {new.location} instead of the {old.location}")
    elif old.style != new.style:
        add("parameter-style-changed", f"is written as {new.style[0]} instead of {old.style[0]}")
    before, after = old.node.get("x-orbit-name"), new.node.get("x-orbit-name")
    if before != after:
        add("python-name-changed", f"the argument is named `{after or new.name}` instead of `{before or old.name}` now")
    if new.node.get("deprecated") is True and old.node.get("deprecated") is not True:
        add("parameter-deprecated", "is deprecated now")
    if flat(old.node.get("description")) != flat(new.node.get("description")):
        add("description-changed", "the description changes")
    compare_values(pair, place, old.node.get("schema") or {}, new.node.get("schema") or {})


def compare_body(pair: Pair, old: OperationNode, new: OperationNode) -> None:
    """Record whether an operation gained, lost or changed its body. The fields are compared as components."""
    before, after = _body(pair.old, old), _body(pair.new, new)
    methods = methods_of(new.data)
    pointer = (*new.pointer, "requestBody")

    def add(kind: str, detail: str) -> None:
        pair.add(kind, new.id, detail, pointer, methods=methods)

    if before is None or after is None:
        if after is not None:
            add("body-added", "the request has a body now")
            _require_fields(pair, new, after)
        elif before is not None:
            add("body-removed", "the request has no body any more")
        return
    was, is_now = before.get("required") is True, after.get("required") is True
    if was != is_now:
        add(f"body-{'required' if is_now else 'optional'}", f"the body {'is required' if is_now else 'can be omitted'}")
    old_types, new_types = before.get("content") or {}, after.get("content") or {}
    for media in new_types.keys() - old_types.keys():
        add("body-media-type-added", f"the body can be sent as {media}")
    for media in old_types.keys() - new_types.keys():
        add("body-media-type-removed", f"the body can no longer be sent as {media}")
    for media in old_types.keys() & new_types.keys():
        _compare_schema(pair, new, old_types[media].get("schema") or {}, new_types[media].get("schema") or {})


def _body(contract: Contract, operation: OperationNode) -> Node:
    """An operation's body without references. None if it has no fields."""
    body = operation.data.get("requestBody")
    return None if not body or body.get("$ref") == EMPTY_BODY else contract.resolve(body)


def _require_fields(pair: Pair, operation: OperationNode, body: Node) -> None:
    """Record the required fields of a body that is new."""
    for media in (body.get("content") or {}).values():
        schema = pair.new.resolve(media.get("schema") or {})
        required = schema.get("required") or ()
        for name in required:
            detail = "the field is new and required"
            pointer = (*operation.pointer, "requestBody")
            methods = methods_of(operation.data)
            pair.add("required-request-field-added", f"{operation.id}.{name}", detail, pointer, methods=methods)


def _compare_schema(pair: Pair, operation: OperationNode, old: Node, new: Node) -> None:
    """Compare a body that is another component now, or none. The same component is compared elsewhere."""
    if old.get("$ref") == new.get("$ref") and "$ref" in old:
        return
    pointer = (*operation.pointer, "requestBody")
    place = Place(operation.id, pointer, Direction.REQUEST, methods_of(operation.data))
    before, after = pair.old.resolve(old), pair.new.resolve(new)
    if "properties" in before and "properties" in after:
        compare_objects(pair, place, before, after, pointer)
    else:
        compare_values(pair, place, old, new)
