"""Finds the types that need a codec of `templates/codecs.py.jinja`, and writes the expressions that create the codecs.

Plain values, models, and lists of these need none: `expressions.py` writes faster code for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from attrs import define
from openapi_python_client.parser.properties import AnyProperty, ModelProperty

from .contract import Contract, JsonObject, known_values

PLAIN_FORMATS: Final = {
    "string": ("date-time", "uri", "password"),
    "integer": ("int32", "int64"),
    "number": ("float", "double"),
}
"""The formats, by type, that need no codec."""
CODEC_FORMATS: Final = {
    "date": ("DATE", "date_", "date_ | str"),
    "time": ("TIME", "time_", "time_ | str"),
    "uuid": ("UUID_TEXT", "UUID", "UUID | str"),
    "decimal": ("DECIMAL", "Decimal", "Decimal | int | str"),
    "byte": ("BASE64", "bytes", "bytes"),
}
"""The formats of strings that need a codec: its name, its type in results, and its type in arguments."""
_SCALARS: Final = {
    "string": ("TEXT", "str"),
    "integer": ("INTEGER", "int"),
    "number": ("NUMBER", "float"),
    "boolean": ("BOOLEAN", "bool"),
}


class Codec(NamedTuple):
    """How a type is read and written."""

    expression: str
    """Creates the codec."""
    result: str
    """The Python type in results."""
    argument: str
    """The Python type in arguments."""
    models: tuple[str, ...] = ()
    """The models that the types mention."""
    nullable: bool = False


@define
class CodecProperty(AnyProperty):
    """A property whose values are read and written by a codec."""

    codec: Codec
    models: list[ModelProperty]
    """The models of the codec."""

    @classmethod
    def replacing(cls, prop: Any, codec: Codec, models: dict[str, ModelProperty]) -> CodecProperty:
        """The property with the name of another one."""
        return cls(
            name=prop.name,
            required=prop.required,
            default=None,
            python_name=prop.python_name,
            description=None,
            example=None,
            codec=codec,
            models=[models[name] for name in codec.models],
        )


def alternatives(schema: JsonObject) -> tuple[list[JsonObject], bool]:
    """The alternatives of a resolved schema without null, and whether null is allowed.

    A schema with one type, or an open enum, is its own alternative.
    """
    if known_values(schema) is not None:
        return [schema], False
    kinds = schema.get("type")
    if isinstance(kinds, list):
        plain = [kind for kind in kinds if kind != "null"]
        return [{**schema, "type": kind} for kind in plain], len(plain) < len(kinds)
    parts = schema.get("oneOf") or schema.get("anyOf")
    if not parts:
        return [schema], False
    left = [part for part in parts if part != {"type": "null"}]
    return left, len(left) < len(parts)


def is_model(contract: Contract, schema: JsonObject) -> bool:
    """Whether a schema is a reference to an object with described properties."""
    return "$ref" in schema and "properties" in contract.resolve(schema)


def needs_codec(contract: Contract, schema: Any) -> bool:
    """Whether the values of a type are read and written by a codec."""
    if not isinstance(schema, dict) or is_model(contract, schema):
        return False
    node = contract.resolve(schema)
    parts, _ = alternatives(node)
    if len(parts) > 1:
        return True
    if parts[:1] != [node]:
        return bool(parts) and needs_codec(contract, parts[0])
    match node.get("type"):
        case "string":
            return node.get("format") in CODEC_FORMATS
        case "array":
            return not _is_plain_item(contract, node["items"])
        case "object":
            return "properties" not in node and _values(contract, node) is not None
    return False


def _values(contract: Contract, node: JsonObject) -> JsonObject | None:
    """The type of the values of a map. None for an object that is read as it was received.

    That includes maps of secrets, such as signed headers: to leave out an entry would break the signature.
    """
    values = node.get("additionalProperties")
    return values if isinstance(values, dict) and values and not contract.is_secret(values) else None


def _is_plain_item(contract: Contract, schema: JsonObject) -> bool:
    node = contract.resolve(schema)
    parts, nullable = alternatives(node)
    if is_model(contract, schema):
        return True
    if nullable or len(parts) > 1 or node.get("format") == "date-time" or needs_codec(contract, schema):
        return False
    return bool(node.get("type") != "array")


def codec_of(contract: Contract, schema: JsonObject) -> Codec:
    """The codec of a type."""
    if is_model(contract, schema):
        name = _name(contract, schema)
        find = f"lambda: models.{name}"
        return Codec(f"model_of({find})", name, f"{name} | Mapping[str, Any]", (name,))
    node = contract.resolve(schema)
    parts, nullable = alternatives(node)
    if parts == [node]:
        return _single(contract, node)
    if len(parts) == 1:
        inner = codec_of(contract, parts[0])
        return inner._replace(nullable=nullable or inner.nullable)
    return _union(contract, node, parts)._replace(nullable=_allows_null(contract, node))


def _single(contract: Contract, node: JsonObject) -> Codec:
    if values := known_values(node) or node.get("enum"):
        literals = ", ".join(f'"{value}"' for value in sorted(values))
        return Codec("TEXT", f"Literal[{literals}] | str", f"Literal[{literals}] | str")
    kind, form = node.get("type"), node.get("format")
    if kind == "string" and form in CODEC_FORMATS:
        return Codec(*CODEC_FORMATS[form])
    if kind == "string" and form == "date-time":
        return Codec("INSTANT", "datetime", "datetime | str")
    if kind in _SCALARS:
        expression, python_type = _SCALARS[kind]
        return Codec(expression, python_type, python_type)
    if kind == "array":
        item = codec_of(contract, node["items"])
        result, argument = _optional(item)
        nulls = ", nulls=True" if item.nullable else ""
        return Codec(f"list_of({item.expression}{nulls})", f"list[{result}]", f"Sequence[{argument}]", item.models)
    if kind == "object" and (values := _values(contract, node)) is not None:
        value = codec_of(contract, values)
        result, argument = _optional(value)
        nulls = ", nulls=True" if value.nullable else ""
        return Codec(
            f"map_of({value.expression}{nulls})", f"dict[str, {result}]", f"Mapping[str, {argument}]", value.models
        )
    if kind == "object":
        return Codec("OBJECT", "dict[str, Any]", "Mapping[str, Any]")
    return Codec("ANYTHING", "Any", "Any")


def _union(contract: Contract, node: JsonObject, parts: list[JsonObject]) -> Codec:
    """The codec of several alternatives. Those that are models share one codec, which chooses between them."""
    flat = [inner for part in parts for inner in _flattened(contract, part)]
    variants = [part for part in flat if is_model(contract, part)]
    codecs = [codec_of(contract, part) for part in flat if not is_model(contract, part)]
    if variants:
        codecs.insert(0, _variants(contract, node, variants))
    if len(codecs) == 1:
        return codecs[0]
    return Codec(
        f"first_of({', '.join(codec.expression for codec in codecs)})",
        _joined(codec.result for codec in codecs),
        _joined(codec.argument for codec in codecs),
        tuple(dict.fromkeys(name for codec in codecs for name in codec.models)),
    )


def _flattened(contract: Contract, part: JsonObject) -> list[JsonObject]:
    """The alternatives of an alternative. A discriminator of its own would be lost, and `checks/` rejects it."""
    if is_model(contract, part):
        return [part]
    node = contract.resolve(part)
    inner, _ = alternatives(node)
    return [part] if inner == [node] else [found for each in inner for found in _flattened(contract, each)]


def _allows_null(contract: Contract, schema: JsonObject) -> bool:
    """Whether null is one of the alternatives, or of their alternatives."""
    node = contract.resolve(schema)
    parts, nullable = alternatives(node)
    return nullable or (parts != [node] and any(_allows_null(contract, part) for part in parts))


def _variants(contract: Contract, node: JsonObject, variants: list[JsonObject]) -> Codec:
    names = [_name(contract, variant) for variant in variants]
    if len(names) == 1:
        return codec_of(contract, variants[0])
    discriminator = node.get("discriminator")
    if discriminator:
        pairs = ", ".join(
            f"{value!r}: models.{_name(contract, {'$ref': target})}"
            for value, target in discriminator["mapping"].items()
        )
        expression = f"chosen_by({discriminator['propertyName']!r}, lambda: {{{pairs}}})"
    else:
        expression = f"best_of(lambda: ({', '.join(_variant(contract, variant) for variant in variants)}))"
    result = _joined([*names, "UnknownVariant"])
    return Codec(expression, result, f"{result} | Mapping[str, Any]", tuple(names))


def _variant(contract: Contract, schema: JsonObject) -> str:
    node = contract.resolve(schema)
    constants = {
        name: resolved["const"]
        for name, prop in node["properties"].items()
        if "const" in (resolved := contract.resolve(prop))
    }
    return f"Variant(models.{_name(contract, schema)}, {tuple(node.get('required') or ())!r}, {constants!r})"


def _name(contract: Contract, schema: JsonObject) -> str:
    """The name of the component that a reference leads to, also through other references."""
    while "$ref" in (target := contract.lookup(schema["$ref"])):
        schema = target
    return str(schema["$ref"]).rpartition("/")[2]


def _optional(codec: Codec) -> tuple[str, str]:
    suffix = " | None" if codec.nullable else ""
    return f"{codec.result}{suffix}", f"{codec.argument}{suffix}"


def _joined(types: Iterable[str]) -> str:
    """A union of types, each of which occurs once."""
    return " | ".join(dict.fromkeys(types))
