"""What an operation returns: the data of its envelope, the whole envelope, the bytes of the response, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from . import naming
from .codecs import is_model
from .contract import ENVELOPE, Contract, JsonObject, OperationNode

JSON = "application/json"

Part = Literal["data", "envelope", "content"]
"""The part of a response that is the result."""


@dataclass(frozen=True)
class Success:
    """A success response of an operation."""

    status: int
    part: Part
    schema: JsonObject | None = None
    """The schema of the result. None for bytes, and if nothing is returned."""
    media_type: str = JSON

    @property
    def is_nothing(self) -> bool:
        """Whether the operation returns nothing with this status."""
        return self.schema is None and self.part != "content"


def successes(contract: Contract, operation: OperationNode) -> list[Success]:
    """The success responses of an operation, in the order of their status."""
    responses = operation.data["responses"]
    statuses = sorted(int(status) for status in responses if status.isdigit() and status.startswith("2"))
    return [_success(contract, operation, status, responses[str(status)]) for status in statuses]


def _success(contract: Contract, operation: OperationNode, status: int, response: JsonObject) -> Success:
    content = contract.resolve(response).get("content") or {}
    if content and JSON not in content:
        return Success(status, "content", media_type=next(iter(content)))
    schema = (content.get(JSON) or {}).get("schema")
    if schema is None or schema.get("$ref") == ENVELOPE:
        return Success(status, "data")
    properties = envelope_properties(schema)
    if len(properties) > 1:
        return Success(status, "envelope", {"$ref": f"#/components/schemas/{result_name(operation, status)}"})
    (result,) = properties.values()
    return Success(status, "data", dict(result))


def is_model_result(contract: Contract, schema: JsonObject) -> bool:
    """Whether a result is a model, a list of models, or one of up to two models and one list. Others need a codec."""
    parts = [part for part in schema.get("anyOf") or [schema] if part != {"type": "null"}]
    models = [part for part in parts if is_model(contract, part)]
    lists = [part for part in parts if part.get("type") == "array" and is_model(contract, part.get("items") or {})]
    return 0 < len(models) + len(lists) == len(parts) and len(models) <= 2 and len(lists) <= 1


def envelope_properties(schema: JsonObject) -> JsonObject:
    """The properties that a response adds to the envelope: the data and the fields beside it."""
    return dict(schema["allOf"][1].get("properties") or {})


def data_field(contract: Contract) -> str:
    """The envelope's field for the data."""
    (name,) = contract.data["components"]["schemas"]["Envelope"]["properties"]
    return str(name)


def result_name(operation: OperationNode, status: int) -> str:
    """The name of the model for an envelope that has fields beside its data."""
    statuses = [known for known in operation.data["responses"] if str(known).startswith("2")]
    return f"{naming.class_name(operation.id)}Result{status if len(statuses) > 1 else ''}"


def with_result_schemas(contract: Contract) -> Contract:
    """A copy of the contract that has a schema for every envelope with fields beside its data."""
    added: JsonObject = {}
    for operation in contract.operations():
        for success in successes(contract, operation):
            if success.part == "envelope":
                added[result_name(operation, success.status)] = _result_schema(contract, operation, success.status)
    components = contract.data["components"]
    schemas = {**components["schemas"], **added}
    return replace(contract, data={**contract.data, "components": {**components, "schemas": schemas}})


def _result_schema(contract: Contract, operation: OperationNode, status: int) -> JsonObject:
    response = contract.resolve(operation.data["responses"][str(status)])
    schema = response["content"][JSON]["schema"]["allOf"][1]
    field = data_field(contract)
    data = {"description": "The result without the fields beside it.", **schema["properties"][field]}
    return {
        "description": f"The result of `{operation.id}`. {response['description']}",
        "x-orbit-provenance": operation.data["x-orbit-provenance"],
        "type": "object",
        **schema,
        "properties": {**schema["properties"], field: data},
    }
