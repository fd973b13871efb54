"""Writes `error_codes.py`: the error codes of each operation, by status."""

from __future__ import annotations

from .contract import Contract, JsonObject, OperationNode, known_values

_MODULE = '''\
"""The error codes of the API's operations, by status. The lists are open: the API can add codes at any time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ERRORS: Final[tuple[Mapping[int, tuple[str, ...]], ...]] = {errors}

ERROR_CODES: Final[Mapping[str, Mapping[int, tuple[str, ...]]]] = {operations}
"""The error statuses of each operation, and the known codes of each status. The keys are `operationId`s."""
'''


def error_codes(contract: Contract) -> str:
    """The source text of `error_codes.py`. Operations with the same errors share them."""
    different: dict[str, int] = {}
    numbers = {
        operation.id: different.setdefault(repr(codes_by_status(contract, operation)), len(different))
        for operation in contract.operations()
    }
    operations = ", ".join(f"{name!r}: _ERRORS[{number}]" for name, number in numbers.items())
    return _MODULE.format(errors=f"({', '.join(different)},)", operations=f"{{{operations}}}")


def codes_by_status(contract: Contract, operation: OperationNode) -> dict[int, tuple[str, ...]]:
    """The error statuses of an operation, and the known codes of each."""
    return {
        int(status): tuple(response_codes(contract, contract.resolve(response)) or ())
        for status, response in operation.data["responses"].items()
        if is_error(status)
    }


def response_codes(contract: Contract, response: JsonObject) -> list[str] | None:
    """The known error codes of a response. None if the response does not list any."""
    content = (response.get("content") or {}).get("application/json") or {}
    schema = contract.resolve(content.get("schema") or {})
    return known_values(contract.resolve((schema.get("properties") or {}).get("code") or {}))


def error_schemas(contract: Contract) -> set[str]:
    """The names of the schemas that only error responses use. No models are generated from them."""
    return {
        str(content["schema"]["$ref"]).rpartition("/")[2]
        for operation in contract.operations()
        for status, response in (operation.data.get("responses") or {}).items()
        if is_error(status)
        for content in (contract.resolve(response).get("content") or {}).values()
        if "$ref" in (content.get("schema") or {})
    }


def is_error(status: str) -> bool:
    """Whether a key of `responses` is the status of an error."""
    return status.startswith(("4", "5"))
