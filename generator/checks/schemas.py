"""Checks the schemas: everything they contain can become a model or the type of a property."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from .. import naming
from ..codecs import CODEC_FORMATS, PLAIN_FORMATS
from ..composition import CannotMerge, merged
from ..contract import Contract, JsonObject, Mistake, Pointer, known_values
from ..error_codes import error_schemas
from ..expansion import input_name, two_way
from .vocabulary import PROVENANCES, one_of

_ANNOTATIONS = frozenset(
    {
        "default", "deprecated", "description", "examples", "readOnly", "writeOnly", "x-orbit-deprecated",
        "x-orbit-idempotency-key", "x-orbit-name", "x-orbit-provenance",
    }
)  # fmt: skip
_VALIDATION = frozenset(
    {
        "type", "format", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength",
        "maxLength", "pattern", "items", "minItems", "maxItems", "uniqueItems", "properties", "required",
        "additionalProperties", "allOf", "anyOf", "oneOf", "discriminator", "$ref",
    }
)  # fmt: skip
_REMEDIES = {
    "nullable": "Write `type: [string, 'null']`, or `anyOf` with `type: 'null'`.",
}
_SCALARS = frozenset({"string", "integer", "number", "boolean"})
_TYPES = _SCALARS | {"object", "array", "null"}
_FORMATS = {**PLAIN_FORMATS, "string": (*PLAIN_FORMATS["string"], *CODEC_FORMATS, "binary")}
_RESERVED = frozenset(
    {
        "to_dict", "from_dict", "additional_properties", "copy", "raw", "self", "cls", "src_dict", "get", "mro",
        *naming.USED_IN_CLASSES,
        # The classes of models call these functions after their attributes.
        "deprecated", "field", "mask", "read_any", "read_bool", "read_datetime", "read_dict", "read_float", "read_int",
        "read_list", "read_object", "read_str", "show_file", "write_boolean", "write_datetime", "write_dict",
        "write_file", "write_integer", "write_list", "write_model", "write_models", "write_number", "write_text",
        "write_texts",
    }
)  # fmt: skip
# Generated modules import or define these names. A model with the same name would hide the original.
_RESERVED_CLASSES = frozenset(
    {
        "Any", "AsyncClient", "Request", "Client", "ClassVar", "CodecField", "CodecModel", "Decimal", "Enum", "Field",
        "Final", "Literal", "Mapping", "Model", "Operation", "RequestModel", "Response", "Self", "Sequence",
        "UnknownVariant", "Unset", "UnexpectedData", "Variant", "WriteModel", "FileContent", "Payload", "Reading",
        "WriteItems",
    }
)  # fmt: skip


def check_schemas(contract: Contract) -> Iterator[Mistake]:
    """Check all schemas under `components`."""
    classes: dict[str, str] = {}
    errors = error_schemas(contract)  # `check_error_responses` checks their properties.
    for name, schema in contract.data["components"]["schemas"].items():
        pointer: Pointer = ("components", "schemas", name)
        chosen = str(schema.get("x-orbit-name", name))
        class_name = naming.class_name(chosen)
        if class_name in _RESERVED_CLASSES or class_name != chosen:
            remedy = "Add `x-orbit-name` with a PascalCase name that the generated code does not use itself."
            yield contract.mistake(pointer, f"`{chosen}` cannot be the name of a model", remedy)
        if class_name.lower() in classes:
            remedy = "Add `x-orbit-name` to one: on case-insensitive file systems, both would use the same module."
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
        if _contains_itself(contract, schema, (f"#/components/schemas/{name}",)):
            remedy = "Put an object with `properties` in between: a type alone cannot refer to itself."
            yield contract.mistake(pointer, f"`{name}` contains itself without an object between", remedy)


def check_directions(contract: Contract) -> Iterator[Mistake]:
    """Check the schemas that occur in requests and responses, in a contract whose `allOf` are merged."""
    schemas = contract.data["components"]["schemas"]
    for name in sorted(two_way(contract)):
        if (taken := input_name(name)) in schemas:
            remedy = f"Add `x-orbit-name` to {taken}: {name} without its `readOnly` properties has this name."
            yield contract.mistake(("components", "schemas", taken), f"`{taken}` collides with `{name}`", remedy)


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
    yield from _check_composition(contract, pointer, schema, named=named)
    yield from _check_placement(contract, pointer, schema, named=named)
    for key in ("anyOf", "oneOf", "allOf"):
        for index, part in enumerate(schema.get(key) or []):
            # The parts of an `allOf` become part of the named schema, so they may have properties. The first part of an
            # open enum is the enum.
            is_part = key == "allOf" or known_values(schema) is not None
            yield from _check_schema(contract, (*pointer, key, index), part, named=is_part and named)


def _check_type(contract: Contract, pointer: Pointer, schema: JsonObject) -> Iterator[Mistake]:
    kind = schema.get("type")
    kinds = [entry for entry in kind if entry != "null"] if isinstance(kind, list) else [kind] if kind else []
    if len(kinds) > 1:
        remedy = "Write `anyOf` with one type in each alternative."
        yield contract.mistake(pointer, f"the schema has several types: {', '.join(map(str, kinds))}", remedy)
    for unknown in [entry for entry in kinds if entry not in _TYPES]:
        yield contract.mistake(pointer, f"{unknown!r} is not a type", one_of(sorted(_TYPES)))
    if "array" in kinds and "items" not in schema:
        yield contract.mistake(pointer, "`items` is missing", "Describe the items of the list.")
    form = schema.get("format")
    if form is not None and not any(form in _FORMATS.get(kind, ()) for kind in kinds):
        known = sorted({name for kind in kinds for name in _FORMATS.get(kind, ())})
        remedy = f"{one_of(known)} Or remove it" if known else "Remove it"
        problem = f"the format `{form}` is not supported for {' and '.join(map(str, kinds)) or 'any type'}"
        yield contract.mistake(pointer, problem, f"{remedy}, and explain the format in the description.")


def _check_composition(contract: Contract, pointer: Pointer, schema: JsonObject, *, named: bool) -> Iterator[Mistake]:
    """Check `allOf`."""
    parts = schema.get("allOf")
    if not parts:
        return
    if not named:
        if len(parts) > 1 or parts[0].keys() != {"$ref"}:
            remedy = "Move it to components.schemas, and use `$ref`. Otherwise its model gets a made-up name."
            yield contract.mistake((*pointer, "allOf"), "the composed object has no name", remedy)
        return
    try:
        whole = merged(contract, schema)
    except CannotMerge as error:
        yield contract.mistake((*pointer, "allOf"), error.problem, error.remedy)
    else:
        yield from _check_names(contract, pointer, whole)


def _check_placement(contract: Contract, pointer: Pointer, schema: JsonObject, *, named: bool) -> Iterator[Mistake]:
    """Check that keys about one property are on a property, where they have an effect."""
    is_property = pointer[-2:-1] == ("properties",) and len(pointer) > 4
    for key in ("default", "readOnly", "writeOnly", "x-orbit-name"):
        if key in schema and not is_property and not (key == "x-orbit-name" and len(pointer) == 3):
            remedy = "Write it on the property that has this type."
            yield contract.mistake((*pointer, key), f"`{key}` has no effect here", remedy)
    if schema.get("readOnly") and schema.get("writeOnly"):
        remedy = "Remove one of them: the property would occur neither in requests nor in responses."
        yield contract.mistake(pointer, "the property is both `readOnly` and `writeOnly`", remedy)


def _contains_itself(contract: Contract, schema: Any, within: tuple[str, ...]) -> bool:
    """Whether a list, a map or a choice of types leads back to itself. Objects with properties end the search."""
    if not isinstance(schema, dict) or schema.keys() & {"properties", "allOf"}:
        return False
    if reference := schema.get("$ref"):
        return reference in within or _contains_itself(contract, contract.lookup(reference), (*within, reference))
    parts = [schema.get("items"), schema.get("additionalProperties")]
    parts += [*(schema.get("anyOf") or ()), *(schema.get("oneOf") or ())]
    return any(_contains_itself(contract, part, within) for part in parts)


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
    # The parts of an `allOf` can require each other's properties. `_check_composition` checks them together.
    is_part = "allOf" in pointer
    if not is_part and "allOf" not in schema:
        yield from _check_names(contract, pointer, schema)
    if properties is None:
        return
    if not named:
        remedy = "Move it to components.schemas, and use `$ref`. Otherwise its model gets a made-up name."
        yield contract.mistake(pointer, "the object has properties but no name", remedy)
    for name, node in properties.items():
        here = (*pointer, "properties", name)
        if isinstance(node, dict) and not node.get("description"):
            yield contract.mistake(
                here, "the property has no description", "Describe what it means, with its unit and limits."
            )
        yield from _check_schema(contract, here, node, named=False)


def _check_names(contract: Contract, pointer: Pointer, schema: JsonObject) -> Iterator[Mistake]:
    """Check the names of an object's properties."""
    properties = schema.get("properties") or {}
    for name in set(schema.get("required") or []) - set(properties):
        yield contract.mistake(
            (*pointer, "required"),
            f"`{name}` is required but not described",
            "Describe the property, or remove it from `required`.",
        )
    attributes: dict[str, str] = {}
    for name, node in properties.items():
        here = (*pointer, "properties", name)
        chosen = node.get("x-orbit-name") if isinstance(node, dict) else None
        attribute = str(chosen or naming.identifier(name))
        # A name that only differs in its underscores from what the contract says would be a surprise.
        is_readable = name.isascii() and not name.startswith("_") if chosen is None else naming.is_attribute(attribute)
        if attribute in _RESERVED or not is_readable:
            remedy = f"Add `x-orbit-name` with a name in snake_case, such as `{naming.suggested(name)}`."
            yield contract.mistake(
                here, f"`{attribute if chosen else name}` cannot be the name of an attribute", remedy
            )
        if attribute in attributes:
            remedy = "Add `x-orbit-name` to one of them: both would become the same attribute."
            yield contract.mistake(here, f"`{name}` collides with `{attributes[attribute]}`", remedy)
        attributes[attribute] = name
