"""What the contract says about an operation, in the form that the stubs need."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from .. import naming
from ..contract import Contract, JsonObject, OperationNode, idempotency_properties
from ..lower import body_schema, result_schemas

_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


@dataclass(frozen=True)
class Argument:
    """An argument of a facade method."""

    name: str
    wire_name: str
    place: str
    """`path`, `query` or `body`."""

    annotation: str
    default: str | None
    """The default's source text. None if the argument is required."""

    description: str
    kind: str
    """The JSON type."""

    example: Any
    has_inferred_values: bool
    """Whether the value is from an enum whose values are inferred."""


@dataclass(frozen=True)
class Facts:
    """An operation and one of its facade methods."""

    operation: OperationNode
    namespace: str
    method: str
    arguments: list[Argument]
    body: str | None
    """The class of the request body, if it has fields."""

    has_object: bool
    """Whether a JSON object is sent at all."""

    result: str
    """The annotation of the result. `None` if there is none."""

    returned: str
    """The description of the successful response."""

    models: list[str]
    """The models in the signature, the body among them."""

    literals: list[str]
    check: str | None
    """A method of the namespace that shows whether a call took effect whose response was lost."""

    statuses: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The method's name, such as `users.get`."""
        return f"{self.namespace}.{self.method}"

    @property
    def module(self) -> str:
        """The raw function's module."""
        return naming.module(self.operation.id)

    @property
    def actor(self) -> bool:
        """Whether the call needs an acting user."""
        return self.operation.data.get("x-orbit-actor") is True

    def of(self, *places: str) -> list[Argument]:
        """The arguments that are sent in the given places."""
        return [argument for argument in self.arguments if argument.place in places]


def facts(contract: Contract, operation: OperationNode, name: str) -> Facts:
    """Collect the facts about an operation for one of its facade methods."""
    types = _Types(contract)
    arguments = []
    for _, node in operation.parameters:
        parameter = contract.resolve(node)
        if parameter["in"] in ("path", "query"):
            arguments.append(types.argument(parameter["name"], parameter["schema"], parameter, parameter["in"]))
    body = body_schema(contract, operation)
    if body is not None:
        schema = contract.resolve(body)
        examples = (schema.get("examples") or [{}])[0]
        key = idempotency_properties(schema)
        for wire_name, node in (schema.get("properties") or {}).items():
            required = wire_name in (schema.get("required") or ()) and wire_name not in key
            remarks = {
                "required": required,
                "example": examples.get(wire_name),
                "description": _described(contract, node),
            }
            arguments.append(types.argument(wire_name, node, remarks, "body"))
    results = dict.fromkeys(types.result(schema) for schema in result_schemas(contract, operation))
    annotation = " | ".join(results) or "None"
    body_class = str((body or {}).get("$ref") or "").rpartition("/")[2] or None
    namespace, _, method = name.partition(".")
    return Facts(
        operation,
        namespace,
        method,
        arguments,
        body_class,
        "requestBody" in operation.data,
        annotation,
        str(contract.resolve(_success(operation)).get("description") or "The result."),
        sorted({*types.models, *([body_class] if body_class else [])}),
        sorted(types.literals),
        _check_with(contract, operation, namespace),
        [str(status) for status in operation.data["responses"]],
    )


def _success(operation: OperationNode) -> JsonObject:
    """The first successful response."""
    responses: JsonObject = operation.data["responses"]
    return dict(next(node for status, node in responses.items() if str(status).startswith("2")))


def _described(contract: Contract, node: JsonObject) -> str:
    return str(node.get("description") or contract.resolve(node).get("description") or "")


def shared_segments(one: str, other: str) -> int:
    """How many segments two paths share at their beginning."""
    pairs = zip(one.split("/"), other.split("/"), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_enum(schema: JsonObject) -> bool:
    return any("enum" in part for part in (schema, *(schema.get("anyOf") or ())))


def _check_with(contract: Contract, operation: OperationNode, namespace: str) -> str | None:
    """The method of the namespace that reads what is nearest to the operation's path."""
    found = [
        (shared_segments(other.path, operation.path), str(name).partition(".")[2])
        for other in contract.operations()
        for name in other.data.get("x-orbit-facade") or ()
        if other.method == "get" and other.data.get("x-orbit-retry") == "safe" and str(name).startswith(f"{namespace}.")
    ]
    return max(found, key=lambda entry: entry[0])[1] if found else None


class _Types:
    """Converts schemas to annotations, and collects the classes and aliases that they need."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self.models: set[str] = set()
        self.literals: set[str] = set()

    def argument(self, wire_name: str, schema: JsonObject, remarks: JsonObject, place: str) -> Argument:
        resolved = self._contract.resolve(schema)
        kinds = resolved.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        can_be_null = "null" in kinds or {"type": "null"} in (resolved.get("anyOf") or ())
        annotation, default = self._annotation(schema), None
        if place != "path" and not remarks.get("required"):
            if can_be_null:
                annotation, default = f"{annotation} | Unset | None", "UNSET"
            else:
                annotation, default = f"{annotation} | None", "None"
        return Argument(
            naming.attribute(wire_name, remarks if "x-orbit-name" in remarks else schema),
            wire_name,
            place,
            annotation,
            default,
            " ".join(str(remarks.get("description") or resolved.get("description") or "").split()),
            next((str(kind) for kind in kinds if kind and kind != "null"), "string"),
            remarks.get("example"),
            bool(resolved.get("x-orbit-provenance") == "inferred" and _is_enum(resolved)),
        )

    def result(self, schema: JsonObject) -> str:
        """The annotation of a result."""
        if "anyOf" in schema:
            return " | ".join(self.result(part) for part in schema["anyOf"])
        if schema.get("type") == "null":
            return "None"
        if schema.get("type") == "array":
            return f"list[{self.result(schema['items'])}]"
        return self._model(schema)

    def _annotation(self, schema: JsonObject) -> str:
        resolved = self._contract.resolve(schema)
        name = str(schema.get("$ref") or "").rpartition("/")[2]
        alternatives = [part for part in resolved.get("anyOf") or () if part != {"type": "null"}]
        if _is_enum(resolved) and name:
            self.literals.add(name)
            return f"{name} | str"
        if len(alternatives) == 1:
            return self._annotation(alternatives[0])
        if "properties" in resolved and name:
            return f"{self._model(schema)} | Mapping[str, Any]"
        kind = resolved.get("type")
        kind = next((entry for entry in kind if entry != "null"), None) if isinstance(kind, list) else kind
        if kind == "array":
            return f"Sequence[{self._annotation(resolved['items'])}]"
        if kind == "string" and resolved.get("format") == "date-time":
            return "datetime | str"
        return _PLAIN.get(str(kind), "Mapping[str, Any]" if kind == "object" else "Any")

    def _model(self, schema: JsonObject) -> str:
        name = str(schema.get("$ref") or "").rpartition("/")[2]
        self.models.add(name)
        return name
