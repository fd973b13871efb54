"""Checks `oneOf`, `anyOf` and discriminators: a reader can tell the alternatives apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from ..codecs import alternatives, is_model
from ..contract import Contract, JsonObject, Mistake, Pointer
from .vocabulary import did_you_mean

_SCHEMAS = "#/components/schemas/"


def check_alternatives(contract: Contract) -> Iterator[Mistake]:
    """Check the alternatives of all schemas, in a contract whose `allOf` are merged."""
    for name, schema in contract.data["components"]["schemas"].items():
        yield from _check(contract, ("components", "schemas", name), schema)


def _check(contract: Contract, pointer: Pointer, schema: Any) -> Iterator[Mistake]:
    if not isinstance(schema, dict):
        return
    yield from _check_schema(contract, pointer, schema)
    for key in ("items", "additionalProperties"):
        yield from _check(contract, (*pointer, key), schema.get(key))
    for name, node in (schema.get("properties") or {}).items():
        yield from _check(contract, (*pointer, "properties", name), node)
    for key in ("oneOf", "anyOf"):
        for index, part in enumerate(schema.get(key) or []):
            yield from _check(contract, (*pointer, key, index), part)


def _check_schema(contract: Contract, pointer: Pointer, schema: JsonObject) -> Iterator[Mistake]:
    if "oneOf" in schema and "anyOf" in schema:
        remedy = "List all alternatives in one of them."
        yield contract.mistake(pointer, "the schema has both `oneOf` and `anyOf`", remedy)
        return
    if not {"oneOf", "anyOf", "discriminator"} & schema.keys():
        return
    parts, _ = alternatives(schema)
    parts = [] if parts == [schema] else parts
    models = [part for part in parts if is_model(contract, part)]
    if "discriminator" in schema:
        yield from _check_discriminator(contract, (*pointer, "discriminator"), schema, parts)
    elif len(models) > 1:
        yield from _check_models(contract, pointer, models)
    others = [contract.resolve(part) for part in parts if part not in models]
    if sum(other.get("type") == "array" for other in others) > 1:
        remedy = "Write one list, whose `items` have alternatives."
        yield contract.mistake(pointer, "several alternatives are lists", remedy)
    maps = sum(other.get("type") == "object" for other in others)
    if maps > 1 or (maps and models):
        remedy = "Remove it, or describe its properties: any object would fit it. Objects that fit no model are kept."
        yield contract.mistake(pointer, "an alternative is an object without described properties", remedy)
    if len(parts) > 1 and any("discriminator" in other for other in others):
        remedy = "List the alternatives of the nested schema here, with one discriminator for all of them."
        yield contract.mistake(pointer, "an alternative has a discriminator of its own", remedy)


def _check_discriminator(
    contract: Contract, pointer: Pointer, schema: JsonObject, parts: list[JsonObject]
) -> Iterator[Mistake]:
    if len(parts) < 2 or not all(is_model(contract, part) for part in parts):
        remedy = (
            "Add `oneOf` with a `$ref` to each variant, all of them objects with `properties`. Null may be another."
        )
        yield contract.mistake(pointer, "the discriminator does not choose between models", remedy)
        return
    discriminator = schema["discriminator"]
    name = discriminator.get("propertyName")
    for part in parts:
        variant = part["$ref"].rpartition("/")[2]
        properties = contract.resolve(part)["properties"]
        if name not in properties:
            remedy = did_you_mean(str(name), properties, f"Describe `{name}` in {variant}.")
            problem = f"{variant} has no property `{name}`"
            yield contract.mistake((*pointer, "propertyName"), problem, remedy)
    known = [part["$ref"].rpartition("/")[2] for part in parts]
    for value, target in (discriminator.get("mapping") or {}).items():
        variant = str(target).removeprefix(_SCHEMAS)
        if variant not in known:
            remedy = did_you_mean(variant, known, f"Add `$ref: '{_SCHEMAS}{variant}'` to the alternatives.")
            here = (*pointer, "mapping", value)
            yield contract.mistake(here, f"`{variant}` is not one of the alternatives", remedy)


def _check_models(contract: Contract, pointer: Pointer, models: list[JsonObject]) -> Iterator[Mistake]:
    """Without a discriminator, two models need different properties, required properties or constants."""
    for one, other in combinations(models, 2):
        if _traits(contract, one) == _traits(contract, other):
            names = " and ".join(part["$ref"].rpartition("/")[2] for part in (one, other))
            remedy = "Add a `discriminator`, or a required property that only one of them has."
            yield contract.mistake(pointer, f"nothing tells {names} apart", remedy)


def _traits(contract: Contract, model: JsonObject) -> tuple[object, ...]:
    node = contract.resolve(model)
    types = {name: contract.resolve(schema) for name, schema in node["properties"].items()}
    described = {
        name: (schema.get("type"), schema.get("format"), schema.get("const")) for name, schema in types.items()
    }
    return described, set(node.get("required") or ())
