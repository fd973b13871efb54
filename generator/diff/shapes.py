"""Reduces a schema to what can be compared: its types, values, limits and parts, however they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..contract import ENVELOPE, Contract, Pointer
from .change import Node, flat

LOWER_LIMITS = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER_LIMITS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
OTHER_LIMITS = ("multipleOf", "uniqueItems")
_ALTERNATIVES = ("anyOf", "oneOf")


@dataclass
class Shape:
    """What a value can be."""

    types: set[str] = field(default_factory=set)
    """JSON types, and the names of components that are objects."""

    name: str | None = None
    """The component with a scalar type, such as an enum, that the schema refers to."""

    enum: list[Any] | None = None
    is_open: bool = False
    format: str | None = None
    limits: dict[str, Any] = field(default_factory=dict)
    pattern: str | None = None
    default: Any = None
    has_default: bool = False
    items: Node = None
    values: Node = None
    """The schema of additional properties, if the value is a map."""

    python_name: str | None = None
    """The name that the contract chooses for the attribute or argument."""

    discriminator: str | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    """The component of each value of the discriminator."""

    description: str = ""
    provenance: str | None = None
    is_deprecated: bool = False

    @property
    def is_secret(self) -> bool:
        """Whether the value must not be displayed."""
        return self.format == "password"


def shape(contract: Contract, node: Node) -> Shape:
    """The shape of a schema. The references of alternatives are followed, those to objects are kept as names."""
    found = Shape()
    if isinstance(node, dict):
        _collect(contract, node, found)
        found.description = flat(node.get("description") or found.description)
        found.provenance = node.get("x-orbit-provenance")
        found.is_deprecated = node.get("deprecated") is True
        found.python_name = node.get("x-orbit-name")
    return found


def _collect(contract: Contract, node: Node, found: Shape) -> None:
    reference = node.get("$ref")
    if isinstance(reference, str):
        target = contract.resolve(node)
        name = reference.rpartition("/")[2]
        if is_object(contract, target):
            found.types.add(name)
        else:
            found.name = name
            _collect(contract, target, found)
        return
    for key in _ALTERNATIVES:
        for part in node.get(key) or ():
            inner = Shape()
            _collect(contract, part, inner)
            _merge(found, inner)
    parts = list(node.get("allOf") or ())
    if len(parts) == 1:
        _collect(contract, parts[0], found)
    elif parts:
        found.types.add("object")
    _collect_own(node, found)


def _collect_own(node: Node, found: Shape) -> None:
    kinds = node.get("type")
    found.types.update(map(str, kinds if isinstance(kinds, list) else [kinds] if kinds else []))
    if "const" in node:
        found.enum = [node["const"]]
    if isinstance(node.get("enum"), list):
        found.enum, found.is_open = list(node["enum"]), node.get("x-orbit-open-enum") is True
    found.format = node.get("format") or found.format
    found.pattern = node.get("pattern") or found.pattern
    found.limits.update({key: node[key] for key in (*LOWER_LIMITS, *UPPER_LIMITS, *OTHER_LIMITS) if key in node})
    if "default" in node:
        found.default, found.has_default = node["default"], True
    found.items = node.get("items", found.items)
    found.discriminator = (node.get("discriminator") or {}).get("propertyName") or found.discriminator
    found.mapping = found.mapping or _mapping(node)
    if isinstance(node.get("additionalProperties"), dict):
        found.values = node["additionalProperties"]


def _mapping(node: Node) -> dict[str, str]:
    """The component of each value of a discriminator. A component that the contract does not map has its own name."""
    if "discriminator" not in node:
        return {}
    found = {
        str(value): str(target).rpartition("/")[2]
        for value, target in (node["discriminator"].get("mapping") or {}).items()
    }
    names = [
        str(part["$ref"]).rpartition("/")[2] for key in _ALTERNATIVES for part in node.get(key) or () if "$ref" in part
    ]
    return found | {name: name for name in names if name not in found.values()}


def _merge(found: Shape, inner: Shape) -> None:
    """Add an alternative. An enum beside a plain string is an open enum."""
    if inner.enum is not None and found.enum is not None:
        found.enum = [*found.enum, *(value for value in inner.enum if value not in found.enum)]
    elif inner.enum is not None:
        found.is_open = inner.is_open or "string" in found.types
        found.enum = inner.enum
    elif found.enum is not None and "string" in inner.types:
        found.is_open = True
    found.types |= inner.types
    found.name = found.name or inner.name
    found.format = found.format or inner.format
    found.pattern = found.pattern or inner.pattern
    found.limits = {**inner.limits, **found.limits}
    found.discriminator, found.mapping = found.discriminator or inner.discriminator, found.mapping or inner.mapping
    found.items, found.values = found.items or inner.items, found.values or inner.values


def is_object(contract: Contract, node: Node, seen: tuple[int, ...] = ()) -> bool:
    """Whether a schema describes an object with fields, or alternatives of such objects."""
    node = contract.resolve(node)
    if not isinstance(node, dict) or id(node) in seen:
        return False
    if "properties" in node:
        return True
    parts = [part for key in ("allOf", *_ALTERNATIVES) for part in node.get(key) or ()]
    return any(is_object(contract, part, (*seen, id(node))) for part in parts)


@dataclass(frozen=True)
class FieldNode:
    """A field of an object."""

    schema: Node
    is_required: bool
    pointer: Pointer


def fields(contract: Contract, node: Node, pointer: Pointer, *, inherited: bool) -> dict[str, FieldNode]:
    """The fields of an object by name.

    Args:
        contract: The contract that contains the schema.
        node: The schema.
        pointer: Where the schema is.
        inherited: Whether to include the fields of components that an `allOf` refers to.
    """
    found: dict[str, FieldNode] = {}
    required: set[str] = set()
    for part, here in _parts(contract, node, pointer, inherited=inherited):
        required |= set(map(str, part.get("required") or ()))
        for name, schema in (part.get("properties") or {}).items():
            found[name] = FieldNode(schema, is_required=False, pointer=(*here, "properties", name))
    return {name: FieldNode(entry.schema, name in required, entry.pointer) for name, entry in found.items()}


def bases(node: Node) -> set[str]:
    """The components that an object takes over with `allOf`."""
    parts = node.get("allOf") or () if isinstance(node, dict) else ()
    return {str(part["$ref"]).rpartition("/")[2] for part in parts if "$ref" in part}


def required_of_bases(node: Node) -> set[str]:
    """The fields that an object requires and only the components of its `allOf` describe."""
    own = [node, *(part for part in node.get("allOf") or () if "$ref" not in part)] if isinstance(node, dict) else []
    required = {str(name) for part in own for name in part.get("required") or ()}
    return required.difference(*(part.get("properties") or () for part in own))


def _parts(contract: Contract, node: Node, pointer: Pointer, *, inherited: bool) -> Iterator[tuple[Node, Pointer]]:
    """A schema and the parts of its `allOf`, each with its pointer."""
    if not isinstance(node, dict):
        return
    if "$ref" in node:
        if inherited:
            yield from _parts(contract, contract.resolve(node), pointer, inherited=True)
        return
    for index, part in enumerate(node.get("allOf") or ()):
        yield from _parts(contract, part, (*pointer, "allOf", index), inherited=inherited)
    yield node, pointer


def result_field(contract: Contract) -> str:
    """The field of a successful response that has the result."""
    envelope = contract.lookup(ENVELOPE)
    return next(iter(envelope.get("properties") or {}), "data")
