"""An operation's parameters: where they are sent, how their values are written, and the names of their arguments."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from . import naming
from .contract import ACTING_USER, Contract, JsonObject, OperationNode
from .deprecation import note, since

SCALARS = frozenset({"string", "integer", "number", "boolean"})

Style = Literal["single", "repeated", "commas", "spaces", "pipes", "fields", "field_list", "deep"]
"""How a value of the query is written.

- `single`: one value.
- Lists: `repeated` (`tag=a&tag=b`), or one value with `commas`, `spaces` or `pipes` between the items.
- Objects: each of the `fields` as a parameter (`min=1&max=2`), a `field_list` (`size=min,1,max,2`), or `deep`
  (`size[min]=1&size[max]=2`).
"""

_STYLES: dict[tuple[str, str, bool], Style] = {
    ("array", "form", True): "repeated",
    ("array", "form", False): "commas",
    ("array", "spaceDelimited", False): "spaces",
    ("array", "pipeDelimited", False): "pipes",
    ("object", "form", True): "fields",
    ("object", "form", False): "field_list",
    ("object", "deepObject", False): "deep",
    ("object", "deepObject", True): "deep",
}


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation that becomes an argument."""

    name: str
    """The name on the wire. Names of headers are in lower case."""
    location: Literal["path", "query", "header"]
    argument: str
    """The name of the argument."""
    description: str
    required: bool
    schema: JsonObject
    """The schema as written, which may be a reference."""
    style: Style
    deprecated_since: str
    """Since when it is deprecated, and what to use instead. Empty if it is not deprecated."""

    @property
    def encoded_name(self) -> str:
        """The name in a query."""
        return quote(self.name, safe="")


def parameters(contract: Contract, operation: OperationNode) -> list[Parameter]:
    """An operation's parameters, except the acting user."""
    return [
        _parameter(contract, contract.resolve(node))
        for _, node in operation.parameters
        if node.get("$ref") != ACTING_USER
    ]


def _parameter(contract: Contract, data: JsonObject) -> Parameter:
    location = data["in"]
    return Parameter(
        name=data["name"].lower() if location == "header" else data["name"],
        location=location,
        argument=naming.attribute(data["name"], data),
        description=_description(contract, data),
        required=data.get("required", False),
        schema=data["schema"],
        style=style_of(contract, data) or "single",
        deprecated_since=since(data, naming.identifier),
    )


def _description(contract: Contract, data: JsonObject) -> str:
    text, schema = str(data["description"]).strip(), contract.resolve(data["schema"])
    if "default" in schema:
        default = schema["default"]
        shown = repr(default) if isinstance(default, str) else json.dumps(default)
        text = f"{text} The server's default is {shown}."
    return f"{text} {note(data, naming.identifier)}".strip()


def style_of(contract: Contract, data: JsonObject) -> Style | None:
    """How a parameter's value is written. None if OpenAPI does not define the combination of type and style."""
    types = types_of(contract, data.get("schema") or {})
    style = data.get("style", "form" if data["in"] == "query" else "simple")
    kind = "array" if "array" in types else "object" if "object" in types else "scalar"
    if kind == "scalar":
        return "single" if style == ("form" if data["in"] == "query" else "simple") else None
    return _STYLES.get((kind, style, data.get("explode", style == "form")))


def types_of(contract: Contract, schema: JsonObject) -> set[str]:
    """The JSON types that a schema allows, except null."""
    resolved = contract.resolve(schema)
    if alternatives := resolved.get("anyOf"):
        return set[str]().union(*(types_of(contract, part) for part in alternatives))
    kind = resolved.get("type")
    return {str(entry) for entry in (kind if isinstance(kind, list) else [kind]) if entry not in (None, "null")}
