"""The rules for schemas: what becomes a model, and what no model could hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import naming
from .contract import Contract, Mistake, Pointer

_ANNOTATIONS = frozenset(
    {"description", "examples", "x-orbit-provenance", "x-orbit-open-enum", "x-orbit-idempotency-key"}
)
_VALIDATION = frozenset(
    {
        "type", "format", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength",
        "maxLength", "pattern", "items", "minItems", "maxItems", "uniqueItems", "properties", "required",
        "additionalProperties", "allOf", "anyOf", "$ref",
    }
)  # fmt: skip
_REMEDIES = {
    "default": "Say in the description what the server takes when it is left out: the SDK sends nothing of its own.",
    "oneOf": "Write `anyOf`: the reader takes the variant that fits best.",
    "discriminator": "Remove it: the reader takes the variant of `anyOf` that fits best.",
    "nullable": "Write `type: [string, 'null']`, or `anyOf` with `type: 'null'`.",
    "deprecated": "Say so in the description: the mark would be dropped without a word.",
    "readOnly": "Use different schemas for requests and answers.",
    "writeOnly": "Use different schemas for requests and answers.",
}
EVENT = "#/components/schemas/Event"
_SCALARS = frozenset({"string", "integer", "number", "boolean"})
_TYPES = _SCALARS | {"object", "array", "null"}
_FORMATS = frozenset({"date-time", "uri", "password"})
_RESERVED = frozenset(
    {"to_dict", "from_dict", "additional_properties", "copy", "raw", "self", "cls", "src_dict", "get", "mro"}
)
# Names that a generated module imports or defines, which a model of the same name would hide.
_RESERVED_CLASSES = frozenset(
    {
        "Any", "AsyncClient", "Request", "Client", "ClassVar", "Enum", "Field", "Final", "Literal", "Mapping", "Model",
        "Operation", "RequestModel", "Response", "Self", "Sequence", "Unset", "UnexpectedData",
    }
)  # fmt: skip


def check_schemas(contract: Contract) -> Iterator[Mistake]:
    """Checks all schemas of the components."""
    classes: dict[str, str] = {}
    for name, schema in contract.data["components"]["schemas"].items():
        pointer: Pointer = ("components", "schemas", name)
        class_name = naming.class_name(name)
        if class_name in _RESERVED_CLASSES or class_name != name:
            remedy = "Give it a PascalCase name that the generated code does not use itself."
            yield contract.mistake(pointer, f"no model can be named `{name}`", remedy)
        if class_name.lower() in classes:
            remedy = "Rename one of them: they would share a module on file systems that ignore case."
            yield contract.mistake(pointer, f"`{name}` collides with `{classes[class_name.lower()]}`", remedy)
        classes[class_name.lower()] = name
        for key, remedy in (
            ("description", "Say what it is; it becomes the docstring."),
            ("examples", "Give one realistic example, as a list of one."),
            ("x-orbit-provenance", "Write `observed` or `inferred`."),
        ):
            if key not in schema:
                yield contract.mistake(pointer, f"`{key}` is missing", remedy)
        yield from _check_schema(contract, pointer, schema, named=True)


def check_parameter_schema(
    contract: Contract, pointer: Pointer, name: str, parameter: dict[str, Any]
) -> Iterator[Mistake]:
    """Checks that a parameter is one plain value."""
    schema = contract.resolve(parameter.get("schema") or {})
    location = parameter.get("in")
    if schema.get("type") not in _SCALARS or (location == "path" and schema.get("type") != "string"):
        remedy = "Path parameters are strings; query parameters are strings, numbers or booleans."
        yield contract.mistake(pointer, f"the type of `{name}` cannot be sent", remedy)
    if "default" in schema:
        yield contract.mistake(pointer, f"`{name}` has a default", _REMEDIES["default"])


def _check_schema(contract: Contract, pointer: Pointer, schema: Any, *, named: bool) -> Iterator[Mistake]:
    if not isinstance(schema, dict):
        yield contract.mistake(pointer, "the schema is no mapping", "Describe it by `type` or `$ref`.")
        return
    for key in schema.keys() - _ANNOTATIONS - _VALIDATION:
        remedy = _REMEDIES.get(key, "Remove it: it would be dropped without a word.")
        yield contract.mistake((*pointer, key), f"`{key}` is not supported in a schema", remedy)
    if "$ref" in schema and schema.keys() - _ANNOTATIONS - {"$ref"}:
        yield contract.mistake(pointer, "`$ref` stands beside what it would hide", "Put the rest into the component.")
    yield from _check_type(contract, pointer, schema)
    yield from _check_enum(contract, pointer, schema, named=named)
    yield from _check_properties(contract, pointer, schema, named=named)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _check_schema(contract, (*pointer, key), schema[key], named=False)
    yield from _check_alternatives(contract, pointer, schema)
    if "allOf" in schema and schema["allOf"][:1] != [{"$ref": EVENT}]:
        remedy = "Write the properties out: a model is made of the properties that its own schema describes."
        yield contract.mistake((*pointer, "allOf"), "`allOf` is for the envelopes of answers and events", remedy)
    for key in ("anyOf", "allOf"):
        for index, part in enumerate(schema.get(key) or []):
            # The parts of an `allOf` are mixed into the named schema, so they may have properties.
            yield from _check_schema(contract, (*pointer, key, index), part, named=key == "allOf" and named)


def _check_type(contract: Contract, pointer: Pointer, schema: dict[str, Any]) -> Iterator[Mistake]:
    kind = schema.get("type")
    kinds = [entry for entry in kind if entry != "null"] if isinstance(kind, list) else [kind] if kind else []
    if len(kinds) > 1:
        remedy = "Name one type beside 'null'."
        yield contract.mistake(pointer, f"several types: {', '.join(map(str, kinds))}", remedy)
    for unknown in [entry for entry in kinds if entry not in _TYPES]:
        yield contract.mistake(pointer, f"{unknown!r} is no type", f"Write one of: {', '.join(sorted(_TYPES))}.")
    if "array" in kinds and "items" not in schema:
        yield contract.mistake(pointer, "`items` is missing", "Say what the list holds.")
    form = schema.get("format")
    if form is not None and form not in _FORMATS:
        remedy = f"Use one of {', '.join(sorted(_FORMATS))}, or describe the form in words."
        yield contract.mistake(pointer, f"the format `{form}` is not supported", remedy)


def _check_alternatives(contract: Contract, pointer: Pointer, schema: dict[str, Any]) -> Iterator[Mistake]:
    alternatives = [part for part in schema.get("anyOf") or [] if part != {"type": "null"}]
    if len(alternatives) > 1:
        remedy = "Only a result can be one of several objects; give a property one type, and null beside it."
        yield contract.mistake(pointer, "several alternatives for one value", remedy)


def _check_enum(contract: Contract, pointer: Pointer, schema: dict[str, Any], *, named: bool) -> Iterator[Mistake]:
    if "enum" not in schema:
        return
    values = schema["enum"]
    if not named:
        yield contract.mistake(pointer, "an enum without a name", "Make it a component, so that it is described once.")
    if schema.get("type") != "string" or not all(isinstance(value, str) for value in values):
        yield contract.mistake(pointer, "an enum that does not hold strings", "Write `type: string` and strings only.")
    elif len(set(values)) != len(values):
        yield contract.mistake(pointer, "a value stands twice in the enum", "Remove one.")
    if "x-orbit-open-enum" not in schema:
        remedy = "Write `true` where other values may come, `false` where they cannot."
        yield contract.mistake(pointer, "`x-orbit-open-enum` is missing", remedy)


def _check_properties(
    contract: Contract, pointer: Pointer, schema: dict[str, Any], *, named: bool
) -> Iterator[Mistake]:
    properties = schema.get("properties")
    for name in set(schema.get("required") or []) - set(properties or {}):
        yield contract.mistake(
            (*pointer, "required"), f"`{name}` is required but not described", "Describe or drop it."
        )
    if properties is None:
        return
    if not named:
        remedy = "Make it a component and refer to it: otherwise its model gets a made-up name."
        yield contract.mistake(pointer, "an object with properties but without a name", remedy)
    attributes: dict[str, str] = {}
    for name, node in properties.items():
        here = (*pointer, "properties", name)
        attribute = naming.identifier(name)
        if attribute in _RESERVED or name.startswith("_") or not name.isascii():
            remedy = "Such a property would break its model. Name it otherwise in a schema of its own."
            yield contract.mistake(here, f"no attribute can be named `{name}`", remedy)
        if attribute in attributes:
            remedy = "Two properties of a model cannot share an attribute; drop or rename one."
            yield contract.mistake(here, f"`{name}` collides with `{attributes[attribute]}`", remedy)
        attributes[attribute] = name
        if isinstance(node, dict) and not node.get("description"):
            yield contract.mistake(here, "the property has no description", "Say what it means, with unit and limits.")
        yield from _check_schema(contract, here, node, named=False)
