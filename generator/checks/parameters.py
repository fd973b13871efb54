"""Checks the parameters of the operations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import naming
from ..contract import ACTING_USER, Contract, JsonObject, Mistake, OperationNode, Pointer
from ..parameters import SCALARS, style_of, types_of
from .vocabulary import EXTENSIONS

_KEYS = frozenset(
    {"name", "in", "required", "description", "schema", "example", "examples", "style", "explode", "deprecated"}
)
_LOCATIONS = ("path", "query", "header")
_OWN_HEADERS = frozenset(
    {
        "accept", "accept-encoding", "authorization", "connection", "cookie", "expect", "host", "keep-alive",
        "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
    }
)  # fmt: skip
"""The headers that the SDK sets itself, besides those of `components`."""
_HEADER_COMPONENTS = ("ActingUser", "RequestSignature", "RequestTimestamp")
_USED_NAMES = frozenset(
    {
        "async_client", "asyncio", "body_of", "build", "date", "datetime", "header_fields", "multipart_form", "parse",
        "path_segment", "query_string", "styled_query", "sync", "sync_client", "urlencoded_form", "whole_file",
        "write_boolean", "write_dict", "write_integer", "write_number", "write_since", "write_text",
    }
)  # fmt: skip
"""The names that the generated functions use themselves."""
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_STYLES = {
    "path": "Remove `style` and `explode`: a value of a path is written as it is.",
    "header": "Remove `style` and `explode`: a header is written as it is.",
    "query": (
        "Write `style: form`, with or without `explode`; for a list, `spaceDelimited` or `pipeDelimited` with "
        "`explode: false`; for an object, `deepObject`."
    ),
}


def check_parameters(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    """Check the parameters of an operation and of its path item."""
    arguments = {"client", "body", "acting_user_id", *_USED_NAMES}
    in_path: list[str] = []
    for pointer, node in operation.parameters:
        if node.get("$ref") == ACTING_USER:
            continue
        parameter = contract.resolve(node)
        name, location = str(parameter.get("name")), parameter.get("in")
        if location not in _LOCATIONS:
            remedy = "Write `in: query` or `in: header`, or remove it: the SDK sends no cookies."
            yield contract.mistake(pointer, f"the {location} parameter `{name}` is not supported", remedy)
            continue
        if location == "path":
            in_path.append(name)
        yield from _check_parameter(contract, pointer, name, parameter)
        argument = naming.attribute(name, parameter)
        if not naming.is_attribute(argument.removesuffix("_")):
            remedy = f"Add `x-orbit-name` with a name in snake_case, such as `{naming.suggested(name)}`."
            yield contract.mistake(pointer, f"`{argument}` cannot be the name of an argument", remedy)
        elif argument in arguments:
            remedy = f"Add `x-orbit-name` with another name, such as `{naming.suggested(name)}`."
            yield contract.mistake(pointer, f"`{name}` collides with another argument `{argument}`", remedy)
        arguments.add(argument)
    expected = re.findall(r"{([^}]*)}", operation.path)
    if sorted(expected) != sorted(in_path):
        problem = f"the path contains {_listed(expected)}, but `parameters` describes {_listed(in_path)}"
        remedy = "Describe each parameter of the path once, under `parameters`."
        yield contract.mistake(operation.pointer, problem, remedy)


def _check_parameter(contract: Contract, pointer: Pointer, name: str, parameter: JsonObject) -> Iterator[Mistake]:
    for key in parameter.keys() - _KEYS - set(EXTENSIONS):
        remedy = "Remove it: the generator would ignore it. Describe the parameter with `schema`."
        yield contract.mistake(pointer, f"`{key}` is not supported on the parameter `{name}`", remedy)
    if not parameter.get("description"):
        yield contract.mistake(pointer, f"the parameter `{name}` has no description", "Describe what it means.")
    if parameter["in"] == "header":
        yield from _check_header_name(contract, pointer, name)
    if "deprecated" in (parameter.get("schema") or {}):
        remedy = "Write it beside `schema`, not inside."
        yield contract.mistake(pointer, f"the schema of the parameter `{name}` is deprecated", remedy)
    if "schema" in parameter:
        yield from _check_type(contract, pointer, name, parameter)


def _check_header_name(contract: Contract, pointer: Pointer, name: str) -> Iterator[Mistake]:
    lower = name.lower()
    components = contract.data["components"]
    signed = [components["parameters"].get(known) or {} for known in _HEADER_COMPONENTS]
    own = _OWN_HEADERS | {str(node.get("name")).lower() for node in (*components["securitySchemes"].values(), *signed)}
    if lower in own or lower.startswith("content-"):
        remedy = "Remove the parameter. (The acting user is the parameter ActingUser.)"
        yield contract.mistake(pointer, f"the SDK sets the header `{name}` itself", remedy)
    elif not _HEADER_NAME.fullmatch(name):
        remedy = "Use letters, digits and hyphens."
        yield contract.mistake(pointer, f"`{name}` cannot be the name of a header", remedy)


def _check_type(contract: Contract, pointer: Pointer, name: str, parameter: JsonObject) -> Iterator[Mistake]:
    schema, location = contract.resolve(parameter["schema"]), parameter["in"]
    types = types_of(contract, schema)
    if location == "path":
        is_known = types == {"string"}
        remedy = "Write `type: string`: what a path contains is an id."
    elif location == "header":
        is_known = len(types) == 1 and types <= SCALARS
        remedy = "Write a string, a number or a boolean."
    else:
        is_known = len(types) == 1 and (types <= SCALARS or _is_flat(contract, schema))
        remedy = "Write a string, a number, a boolean, or a list or an object of these."
    if not is_known:
        yield contract.mistake(pointer, f"the type of the parameter `{name}` is not supported", remedy)
    elif style_of(contract, parameter) is None:
        yield contract.mistake(
            pointer, f"the parameter `{name}` has a style that its type does not have", _STYLES[location]
        )


def _is_flat(contract: Contract, schema: JsonObject) -> bool:
    """Whether a list or an object contains only plain values."""
    if schema.get("type") == "array":
        parts = [schema.get("items") or {}]
    elif schema.get("properties"):
        parts = list(schema["properties"].values())
    else:
        parts = [schema["additionalProperties"]] if isinstance(schema.get("additionalProperties"), dict) else []
        return all(_is_scalar(contract, part) for part in parts) and schema.get("additionalProperties") is not None
    return all(_is_scalar(contract, part) for part in parts)


def _is_scalar(contract: Contract, schema: JsonObject) -> bool:
    types = types_of(contract, schema)
    return len(types) == 1 and types <= SCALARS


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "no parameters"
