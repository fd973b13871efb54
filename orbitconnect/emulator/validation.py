"""Checks values against the contract's schemas. Supports the part of JSON Schema that the contract uses.

Each schema is compiled once, into a function. Unknown keywords raise an error during compilation, so that nothing goes
unchecked.

Some clients, such as PHP's, cannot tell an empty object from an empty array. If a property, an entry or an additional
property can be an object and cannot be an array, an empty array is replaced by an empty object before the check.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from .formats import NUMBERS, STRINGS
from .json_text import Json, JsonObject

Schema = Mapping[str, Any]
"""A JSON Schema. Each keyword has its own type of value."""


class Violation(NamedTuple):
    """A violation of the schema."""

    field: str
    """The path of the invalid field, such as `participant_ids.0`; empty for the whole value."""
    message: str
    """The text that follows the field's name, such as `must not be empty`."""
    keyword: str
    """The schema keyword that was violated."""


Check = Callable[[Json, str, list[Violation]], None]
"""Takes a value and its path, and appends the violations to the list."""


class UnknownKeyword(ValueError):
    """A schema has a keyword, type, format or reference that is not supported."""


class Compiler:
    """Compiles a contract's schemas into checks."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas
        self._named: dict[str, Check] = {}

    def compile(self, schema: Schema) -> Check:
        """Compile a schema.

        Raises:
            UnknownKeyword: If the schema has a keyword, type, format or reference that is not supported.
        """
        checks: list[Check] = []
        for keyword, value in schema.items():
            if keyword not in _COMPILERS:
                raise UnknownKeyword(f"The schema keyword {keyword!r} is not supported.")
            check = _COMPILERS[keyword](self, value, schema)
            if check is not None:
                checks.append(check)
        if len(checks) == 1:
            return checks[0]

        def check_all(value: Json, path: str, violations: list[Violation]) -> None:
            before = len(violations)
            for check in checks:
                check(value, path, violations)
                # If the type is wrong, the other checks do not apply.
                if len(violations) > before and violations[-1].keyword == "type" and violations[-1].field == path:
                    return

        return check_all

    def named(self, reference: str) -> Check:
        """The check for a reference to a schema.

        The schema is compiled when it is first used, because schemas can be recursive.
        """
        name = reference.rpartition("/")[2]

        def check(value: Json, path: str, violations: list[Violation]) -> None:
            compiled = self._named.get(name)
            if compiled is None:
                compiled = self._named[name] = self.compile(self._schemas[name])
            compiled(value, path, violations)

        if name not in self._schemas:
            raise UnknownKeyword(f"There is no schema {name!r}.")
        return check

    def is_for_objects(self, schema: Schema) -> bool:
        """Whether the schema accepts objects but not arrays."""
        types = self._types(schema)
        return "object" in types and "array" not in types

    def _types(self, schema: Schema) -> frozenset[str]:
        """The types that the schema accepts, or all types if it names none."""
        types = frozenset(_TYPES)
        if "type" in schema:
            named: str | list[str] = schema["type"]
            types &= {named} if isinstance(named, str) else frozenset(named)
        if "$ref" in schema:
            types &= self._types(self._schemas[schema["$ref"].rpartition("/")[2]])
        for key in ("anyOf", "oneOf"):
            if key in schema:
                types &= frozenset[str]().union(*map(self._types, schema[key]))
        for part in schema.get("allOf", ()):
            types &= self._types(part)
        return types


def _is_integer(value: Json) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())


_TYPES: Final[dict[str, tuple[str, Callable[[Json], bool]]]] = {
    "object": ("an object", lambda value: isinstance(value, dict)),
    "array": ("a list", lambda value: isinstance(value, list)),
    "string": ("a string", lambda value: isinstance(value, str)),
    "integer": ("an integer", _is_integer),
    "number": ("a number", lambda value: isinstance(value, (int, float)) and not isinstance(value, bool)),
    "boolean": ("true or false", lambda value: isinstance(value, bool)),
    "null": ("null", lambda value: value is None),
}


def _type(compiler: Compiler, value: str | list[str], schema: Schema) -> Check:
    names = [value] if isinstance(value, str) else value
    if not _TYPES.keys() >= set(names):
        raise UnknownKeyword(f"The type {value!r} is not supported.")
    tests = [_TYPES[name][1] for name in names]
    message = f"must be {' or '.join(_TYPES[name][0] for name in names)}"

    def check(value: Json, path: str, violations: list[Violation]) -> None:
        if not any(test(value) for test in tests):
            violations.append(Violation(path, message, "type"))

    return check


def _required(compiler: Compiler, names: Sequence[str], schema: Schema) -> Check:
    def check(value: Json, path: str, violations: list[Violation]) -> None:
        if isinstance(value, dict):
            violations.extend(
                Violation(_join(path, name), "is required", "required") for name in names if name not in value
            )

    return check


def _properties(compiler: Compiler, properties: Mapping[str, Schema], schema: Schema) -> Check:
    checks = {name: compiler.compile(property_schema) for name, property_schema in properties.items()}
    objects = frozenset(
        name for name, property_schema in properties.items() if compiler.is_for_objects(property_schema)
    )

    def check(value: Json, path: str, violations: list[Violation]) -> None:
        if isinstance(value, dict):
            for name, property_check in checks.items():
                if name in value:
                    if name in objects and value[name] == []:
                        value[name] = {}
                    property_check(value[name], _join(path, name), violations)

    return check


def _additional_properties(compiler: Compiler, allowed: bool | Schema, schema: Schema) -> Check | None:
    if allowed is True:
        return None
    known = frozenset(schema.get("properties", ()))
    inner = compiler.compile(allowed) if allowed else None
    is_object = compiler.is_for_objects(allowed) if allowed else False

    def check(value: Json, path: str, violations: list[Violation]) -> None:
        if not isinstance(value, dict):
            return
        for name, item in value.items():
            if name in known:
                continue
            if is_object and item == []:
                value[name] = item = JsonObject()
            if inner is None:
                violations.append(Violation(_join(path, name), "is not allowed", "additionalProperties"))
            else:
                inner(item, _join(path, name), violations)

    return check


def _items(compiler: Compiler, item_schema: Schema, schema: Schema) -> Check:
    inner = compiler.compile(item_schema)
    is_object = compiler.is_for_objects(item_schema)

    def check(value: Json, path: str, violations: list[Violation]) -> None:
        if isinstance(value, list):
            for index, item in enumerate(value):
                if is_object and item == []:
                    value[index] = item = JsonObject()
                inner(item, _join(path, str(index)), violations)

    return check


def _enum(compiler: Compiler, values: Sequence[Json], schema: Schema) -> Check:
    return _refuse("enum", lambda value: value not in values, f"must be one of {', '.join(map(str, values))}")


def _any_of(compiler: Compiler, branches: Sequence[Schema], schema: Schema) -> Check:
    return _alternatives(compiler, branches, schema, only_one=False)


def _one_of(compiler: Compiler, branches: Sequence[Schema], schema: Schema) -> Check:
    return _alternatives(compiler, branches, schema, only_one=True)


def _alternatives(compiler: Compiler, branches: Sequence[Schema], schema: Schema, *, only_one: bool) -> Check:
    if "discriminator" in schema:
        return _chosen(compiler, schema["discriminator"], nullable={"type": "null"} in branches)
    checks = [compiler.compile(branch) for branch in branches]

    def check(value: Json, path: str, violations: list[Violation]) -> None:
        failures: list[list[Violation]] = []
        for branch in checks:
            failure: list[Violation] = []
            branch(value, path, failure)
            if failure:
                failures.append(failure)
            elif not only_one:
                return
        if len(failures) < len(checks):
            if len(failures) < len(checks) - 1:
                violations.append(Violation(path, "must be only one of the alternatives", "oneOf"))
            return
        # Report the violations of the branch whose type matches. If no type matches, report the types of all branches.
        # The last branch of an open enum accepts more than the enum, so its violations are the relevant ones.
        fitting = [failure for failure in failures if (failure[0].keyword, failure[0].field) != ("type", path)]
        if fitting:
            violations.extend(next((failure for failure in fitting if failure[0].keyword != "enum"), fitting[0]))
        else:
            types = dict.fromkeys(failure[0].message.removeprefix("must be ") for failure in failures)
            violations.append(Violation(path, f"must be {' or '.join(types)}", "type"))

    return check


def _chosen(compiler: Compiler, discriminator: Mapping[str, Any], *, nullable: bool) -> Check:
    """The check of an object whose discriminator says which schema applies."""
    name = discriminator["propertyName"]
    checks = {kind: compiler.named(reference) for kind, reference in discriminator["mapping"].items()}

    def check(value: Json, path: str, violations: list[Violation]) -> None:
        if value is None and nullable:
            return
        if not isinstance(value, dict):
            violations.append(Violation(path, f"must be an object{' or null' if nullable else ''}", "type"))
        elif name not in value:
            violations.append(Violation(_join(path, name), "is required", "required"))
        elif not isinstance(kind := value[name], str) or kind not in checks:
            violations.append(Violation(_join(path, name), f"must be one of {', '.join(checks)}", "discriminator"))
        else:
            checks[kind](value, path, violations)

    return check


def _all_of(compiler: Compiler, parts: Sequence[Schema], schema: Schema) -> Check:
    checks = [compiler.compile(part) for part in parts]

    def check(value: Json, path: str, violations: list[Violation]) -> None:
        for part in checks:
            part(value, path, violations)

    return check


def _refuse(keyword: str, wrong: Callable[[Json], bool], message: str) -> Check:
    def check(value: Json, path: str, violations: list[Violation]) -> None:
        if wrong(value):
            violations.append(Violation(path, message, keyword))

    return check


def _number(keyword: str, wrong: Callable[[float, float], bool], message: str) -> Callable[..., Check]:
    def compiled(compiler: Compiler, bound: float, schema: Schema) -> Check:
        def beyond(value: Json) -> bool:
            return isinstance(value, (int, float)) and not isinstance(value, bool) and wrong(value, bound)

        return _refuse(keyword, beyond, message.format(bound))

    return compiled


def _size(
    keyword: str, kind: type[str] | type[list[object]], least: bool, one: str, several: str
) -> Callable[..., Check]:
    def compiled(compiler: Compiler, bound: int, schema: Schema) -> Check:
        def beyond(value: Json) -> bool:
            return isinstance(value, kind) and (len(value) < bound if least else len(value) > bound)

        if least and bound == 1:
            return _refuse(keyword, beyond, "must not be empty")
        unit = one if bound == 1 else several
        return _refuse(keyword, beyond, f"must have at {'least' if least else 'most'} {bound} {unit}")

    return compiled


def _repeats(values: list[Json]) -> bool:
    """Whether a list has two equal entries. Unlike in Python, true is not 1 in JSON."""
    texts = [json.dumps(value, sort_keys=True) for value in values]
    return len(set(texts)) < len(texts)


def _pattern(compiler: Compiler, pattern: str, schema: Schema) -> Check:
    # In JSON Schema, `$` matches only at the end. In Python, it also matches before a line break at the end.
    search = re.compile(re.sub(r"\$(?=\)*$)", r"\\Z", pattern)).search
    return _refuse(
        "pattern", lambda value: isinstance(value, str) and search(value) is None, f"must match the pattern {pattern}"
    )


def _format(compiler: Compiler, name: str, schema: Schema) -> Check:
    if name in STRINGS:
        message, fits = STRINGS[name]
        return _refuse("format", lambda value: isinstance(value, str) and not fits(value), message)
    if name in NUMBERS:
        limit = NUMBERS[name]
        return _refuse(
            "format",
            lambda value: limit is not None and isinstance(value, (int, float)) and not -limit <= value < limit,
            f"must fit {name}",
        )
    raise UnknownKeyword(f"The format {name!r} is not supported.")


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


_COMPILERS: Final[dict[str, Callable[[Compiler, Any, Schema], Check | None]]] = {
    "$ref": lambda compiler, reference, schema: compiler.named(reference),
    "type": _type,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional_properties,
    "items": _items,
    "enum": _enum,
    "anyOf": _any_of,
    "oneOf": _one_of,
    # `_alternatives` reads it.
    "discriminator": lambda compiler, discriminator, schema: None,
    "allOf": _all_of,
    "const": lambda compiler, constant, schema: _refuse("const", lambda v: v != constant, f"must be {constant}"),
    "minimum": _number("minimum", lambda value, bound: value < bound, "must be {} or more"),
    "maximum": _number("maximum", lambda value, bound: value > bound, "must be {} or less"),
    "exclusiveMinimum": _number("exclusiveMinimum", lambda value, bound: value <= bound, "must be more than {}"),
    "exclusiveMaximum": _number("exclusiveMaximum", lambda value, bound: value >= bound, "must be less than {}"),
    "minLength": _size("minLength", str, least=True, one="character", several="characters"),
    "maxLength": _size("maxLength", str, least=False, one="character", several="characters"),
    "minItems": _size("minItems", list, least=True, one="entry", several="entries"),
    "maxItems": _size("maxItems", list, least=False, one="entry", several="entries"),
    "uniqueItems": lambda compiler, unique, schema: _refuse(
        "uniqueItems",
        lambda value: bool(unique) and isinstance(value, list) and _repeats(value),
        "must not repeat an entry",
    ),
    "pattern": _pattern,
    "format": _format,
}
