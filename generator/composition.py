"""Merges the parts of `allOf` into one object."""

from __future__ import annotations

from typing import Any

from .contract import Contract, JsonObject

_DESCRIPTIVE = frozenset({"description", "examples", "default", "deprecated", "readOnly", "writeOnly"})
_OBJECT_KEYS = frozenset({"type", "properties", "required", "additionalProperties", "allOf", "discriminator"})


class CannotMerge(Exception):
    """The parts of an `allOf` do not form one object.

    Args:
        problem: What is wrong.
        remedy: What to write instead.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


def merged(contract: Contract, schema: JsonObject, within: tuple[str, ...] = ()) -> JsonObject:
    """The object that has the properties of all parts of an `allOf`, including nested ones.

    The schema's own keys, such as its description, stay. A property of a later part narrows the same property of an
    earlier part, for example with `const`.

    Raises:
        CannotMerge: If a part is not an object, contains itself, or contradicts another part.
    """
    own = {key: value for key, value in schema.items() if key != "allOf"}
    properties: JsonObject = {}
    required: list[str] = []
    for part in (*(schema.get("allOf") or ()), own):
        resolved = _part(contract, part, within) if part is not own else own
        for name, node in (resolved.get("properties") or {}).items():
            properties[name] = _narrowed(contract, name, properties[name], node) if name in properties else node
        required += [name for name in resolved.get("required") or () if name not in required]
    found = {key: value for key, value in own.items() if key != "discriminator"}
    return {**found, "type": "object", "properties": properties, **({"required": required} if required else {})}


def _part(contract: Contract, part: JsonObject, within: tuple[str, ...]) -> JsonObject:
    while "$ref" in part:
        if (reference := str(part["$ref"])) in within:
            name = reference.rpartition("/")[2]
            raise CannotMerge(f"`allOf` contains {name} in itself", f"Remove the reference to {name} from one of them.")
        within = (*within, reference)
        part = contract.lookup(reference)
    others = part.keys() - _OBJECT_KEYS - _DESCRIPTIVE
    if part.get("type", "object") != "object" or any(not key.startswith("x-") for key in others):
        remedy = "Use only objects with `properties` as parts. Describe anything else as a property."
        raise CannotMerge("a part of `allOf` is not an object", remedy)
    return merged(contract, part, within) if "allOf" in part else part


def _narrowed(contract: Contract, name: str, first: Any, second: Any) -> JsonObject:
    """A property that two parts describe. Descriptions and examples of the second one win."""
    if first.get("$ref") == second.get("$ref") and "$ref" in first:
        return {**first, **second}
    # A reference is only resolved if the two differ, because the type of an enum has a name.
    one = {**contract.resolve(first), **{key: value for key, value in first.items() if key != "$ref"}}
    two = {**contract.resolve(second), **{key: value for key, value in second.items() if key != "$ref"}}
    for key in one.keys() & two.keys() - _DESCRIPTIVE:
        if one[key] != two[key] and not key.startswith("x-"):
            remedy = "Describe it in one of them only, or write the same value in both."
            raise CannotMerge(f"the parts of `allOf` describe `{name}` with different values for `{key}`", remedy)
    both = {**one, **two}
    if "const" in both:
        both = {key: value for key, value in both.items() if key not in ("enum", "anyOf")}
    return both


def whole(contract: Contract, schema: JsonObject) -> JsonObject:
    """A schema, resolved and with merged parts. If the parts cannot be merged, only resolved: a check reports them."""
    node: JsonObject = contract.resolve(schema)
    try:
        return merged(contract, node) if "allOf" in node else node
    except CannotMerge:
        return node
