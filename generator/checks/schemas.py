"""Checks the schemas: everything they contain can become a model or the type of a property."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from .. import naming
from ..contract import EVENT, Contract, JsonObject, Mistake, Pointer, known_values
from ..error_codes import error_schemas
from .vocabulary import PROVENANCES, one_of

_ANNOTATIONS = frozenset(
    {
        "description", "examples", "deprecated", "x-orbit-deprecated", "x-orbit-provenance",
        "x-orbit-idempotency-key",
    }
)  # fmt: skip
_VALIDATION = frozenset(
    {
        "type", "format", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength",
        "maxLength", "pattern", "items", "minItems", "maxItems", "uniqueItems", "properties", "required",
        "additionalProperties", "allOf", "anyOf", "$ref",
    }
)  # fmt: skip
_REMEDIES = {
    "default": "State the server's default in the description. The SDK sends no defaults of its own.",
    "oneOf": "Write `anyOf`. The reader picks the alternative that fits best.",
    "discriminator": "Remove it. The reader picks the alternative of `anyOf` that fits best.",
    "nullable": "Write `type: [string, 'null']`, or `anyOf` with `type: 'null'`.",
    "readOnly": "Use separate schemas for requests and responses.",
    "writeOnly": "Use separate schemas for requests and responses.",
}
_SCALARS = frozenset({"string", "integer", "number", "boolean"})
_TYPES = _SCALARS | {"object", "array", "null"}
_FORMATS = frozenset({"date-time", "uri", "password"})
_RESERVED = frozenset(
    {"to_dict", "from_dict", "additional_properties", "copy", "raw", "self", "cls", "src_dict", "get", "mro"}
)
# Generated modules import or define these names. A model with the same name would hide the original.
_RESERVED_CLASSES = frozenset(
    {
        "Any", "AsyncClient", "Request", "Client", "ClassVar", "Enum", "Field", "Final", "Literal", "Mapping", "Model",
        "Operation", "RequestModel", "Response", "Self", "Sequence", "Unset", "UnexpectedData",
    }
)  # fmt: skip


def check_schemas(contract: Contract) -> Iterator[Mistake]:
    """Check all schemas under `components`."""
    classes: dict[str, str] = {}
    errors = error_schemas(contract)  # `check_error_responses` checks their properties.
    for name, schema in contract.data["components"]["schemas"].items():
        pointer: Pointer = ("components", "schemas", name)
        class_name = naming.class_name(name)
        if class_name in _RESERVED_CLASSES or class_name != name:
            remedy = "Choose a PascalCase name that the generated code does not use itself."
            yield contract.mistake(pointer, f"`{name}` cannot be the name of a model", remedy)
        if class_name.lower() in classes:
            remedy = "Rename one of them: on case-insensitive file systems, both would use the same module."
            yield contract.mistake(pointer, f"`{name}` collides with `{classes[class_name.lower()]}`", remedy)
        classes[class_name.lower()] = name
        for key, remedy in (
            ("description", "Describe the schema. The text becomes the docstring."),
            ("examples", "Add a list with one realistic example."),
            ("x-orbit-provenance", one_of(PROVENANCES)),
        ):
            if key not in schema:
                yield contract.mistake(pointer, f"`{key}` is missing", remedy)
        if name not in errors:
            yield from _check_schema(contract, pointer, schema, named=True)


def check_inline_object(
    contract: Contract, pointer: Pointer, schema: JsonObject, described: Collection[str]
) -> Iterator[Mistake]:
    """Check an object that becomes a model although it is not under `components`.

    Args:
        contract: The contract.
        pointer: Where the object is.
        schema: The object.
        described: The properties that need no description.
    """
    properties = {
        name: {"description": name, **node} if name in described else node
        for name, node in schema["properties"].items()
    }
    yield from _check_schema(contract, pointer, {**schema, "properties": properties}, named=True)


def _check_schema(contract: Contract, pointer: Pointer, schema: Any, *, named: bool) -> Iterator[Mistake]:
    if not isinstance(schema, dict):
        yield contract.mistake(pointer, "the schema is not a mapping", "Describe it with `type` or `$ref`.")
        return
    for key in schema.keys() - _ANNOTATIONS - _VALIDATION:
        remedy = _REMEDIES.get(key, "Remove it: the generator would ignore it.")
        yield contract.mistake((*pointer, key), f"`{key}` is not supported in a schema", remedy)
    if "$ref" in schema and schema.keys() - _ANNOTATIONS - {"$ref"}:
        yield contract.mistake(pointer, "`$ref` hides the keys beside it", "Move them into the component.")
    if "deprecated" in schema and pointer[-2] not in ("schemas", "properties"):
        remedy = "Write it on the property, the parameter or the named schema: the generator would ignore it here."
        yield contract.mistake((*pointer, "deprecated"), "`deprecated` is not supported here", remedy)
    yield from _check_type(contract, pointer, schema)
    yield from _check_enum(contract, pointer, schema, named=named)
    yield from _check_properties(contract, pointer, schema, named=named)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _check_schema(contract, (*pointer, key), schema[key], named=False)
    yield from _check_alternatives(contract, pointer, schema)
    if "allOf" in schema and schema["allOf"][:1] != [{"$ref": EVENT}]:
        remedy = "List the properties directly: a model only gets the properties of its own schema."
        yield contract.mistake(
            (*pointer, "allOf"), "`allOf` is only supported for the envelopes of responses and events", remedy
        )
    for key in ("anyOf", "allOf"):
        for index, part in enumerate(schema.get(key) or []):
            # The parts of an `allOf` become part of the named schema, so they may have properties. The first part of an
            # open enum is the enum.
            is_part = key == "allOf" or known_values(schema) is not None
            yield from _check_schema(contract, (*pointer, key, index), part, named=is_part and named)


def _check_type(contract: Contract, pointer: Pointer, schema: JsonObject) -> Iterator[Mistake]:
    kind = schema.get("type")
    kinds = [entry for entry in kind if entry != "null"] if isinstance(kind, list) else [kind] if kind else []
    if len(kinds) > 1:
        remedy = "Write one type, or one type and 'null'."
        yield contract.mistake(pointer, f"the schema has several types: {', '.join(map(str, kinds))}", remedy)
    for unknown in [entry for entry in kinds if entry not in _TYPES]:
        yield contract.mistake(pointer, f"{unknown!r} is not a type", one_of(sorted(_TYPES)))
    if "array" in kinds and "items" not in schema:
        yield contract.mistake(pointer, "`items` is missing", "Describe the items of the list.")
    form = schema.get("format")
    if form is not None and form not in _FORMATS:
        remedy = f"{one_of(sorted(_FORMATS))} Or remove it, and explain the format in the description."
        yield contract.mistake(pointer, f"the format `{form}` is not supported", remedy)


def _check_alternatives(contract: Contract, pointer: Pointer, schema: JsonObject) -> Iterator[Mistake]:
    alternatives = [part for part in schema.get("anyOf") or [] if part != {"type": "null"}]
    if len(alternatives) > 1 and known_values(schema) is None:
        remedy = (
            "Write one type, or one type and null. For an open enum, write `type: string` and `enum` in the first "
            "alternative, and `type: string` in the second. Only an operation's result can have other alternatives."
        )
        yield contract.mistake(pointer, "the value has several alternatives", remedy)


def _check_enum(contract: Contract, pointer: Pointer, schema: JsonObject, *, named: bool) -> Iterator[Mistake]:
    if "enum" not in schema:
        return
    values = schema["enum"]
    if not named:
        yield contract.mistake(pointer, "the enum has no name", "Move it to components.schemas, and use `$ref`.")
    if schema.get("type") != "string" or not all(isinstance(value, str) for value in values):
        yield contract.mistake(
            pointer, "the enum contains values that are not strings", "Write `type: string`, and list only strings."
        )
    elif len(set(values)) != len(values):
        yield contract.mistake(pointer, "the enum contains a value twice", "Remove one of them.")


def _check_properties(contract: Contract, pointer: Pointer, schema: JsonObject, *, named: bool) -> Iterator[Mistake]:
    properties = schema.get("properties")
    for name in set(schema.get("required") or []) - set(properties or {}):
        yield contract.mistake(
            (*pointer, "required"),
            f"`{name}` is required but not described",
            "Describe the property, or remove it from `required`.",
        )
    if properties is None:
        return
    if not named:
        remedy = "Move it to components.schemas, and use `$ref`. Otherwise its model gets a made-up name."
        yield contract.mistake(pointer, "the object has properties but no name", remedy)
    attributes: dict[str, str] = {}
    for name, node in properties.items():
        here = (*pointer, "properties", name)
        attribute = naming.identifier(name)
        if attribute in _RESERVED or name.startswith("_") or not name.isascii():
            remedy = "Rename or remove the property: it would break the generated model."
            yield contract.mistake(here, f"`{name}` cannot be the name of an attribute", remedy)
        if attribute in attributes:
            remedy = "Rename or remove one of them: both would become the same attribute."
            yield contract.mistake(here, f"`{name}` collides with `{attributes[attribute]}`", remedy)
        attributes[attribute] = name
        if isinstance(node, dict) and not node.get("description"):
            yield contract.mistake(
                here, "the property has no description", "Describe what it means, with its unit and limits."
            )
        yield from _check_schema(contract, here, node, named=False)
