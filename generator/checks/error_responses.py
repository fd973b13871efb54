"""Checks the statuses of all operations, and the error codes and headers of their responses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..contract import Contract, JsonObject, Mistake, OperationNode, Pointer
from ..error_codes import is_error, response_codes

_STATUS = re.compile(r"[1-5]\d\d")
_REQUEST_ID = "#/components/headers/RequestId"
_RETRY_AFTER = "#/components/headers/RetryAfter"
_WAITING = frozenset({"429", "503"})
"""The statuses whose responses can say how long to wait."""
_ERROR_FIELDS = {"message", "code", "errors"}


def check_error_responses(contract: Contract) -> Iterator[Mistake]:
    """Check the responses of all operations and events."""
    for operation in contract.operations():
        pointer = (*operation.pointer, "responses")
        yield from _check_statuses(contract, pointer, operation.data)
        yield from _check_responses(contract, pointer, operation)
    for event in contract.events():
        yield from _check_statuses(contract, (*event.pointer, "responses"), event.data)


def _check_statuses(contract: Contract, pointer: Pointer, data: JsonObject) -> Iterator[Mistake]:
    for status in data.get("responses") or {}:
        if not _STATUS.fullmatch(str(status)):
            remedy = "List each status that can occur, such as `'500'` and `'503'`: many tools ignore ranges."
            yield contract.mistake((*pointer, status), f"`{status}` is not a single status", remedy)


def _check_responses(contract: Contract, pointer: Pointer, operation: OperationNode) -> Iterator[Mistake]:
    for status, node in (operation.data.get("responses") or {}).items():
        response, here = contract.resolve(node), (*pointer, status)
        if is_error(status) and not _lists_codes(contract, response):
            remedy = (
                "Use a response whose schema has only `message`, `code` and `errors`, and whose `code` is `anyOf` of "
                "`type: string` with `enum`, and `type: string`."
            )
            yield contract.mistake(here, f"the response `{status}` does not list its error codes", remedy)
        headers = [header.get("$ref") for header in (response.get("headers") or {}).values()]
        expected = (_REQUEST_ID, _RETRY_AFTER) if status in _WAITING else (_REQUEST_ID,) if is_error(status) else ()
        for reference in expected:
            if reference not in headers:
                name = reference.rpartition("/")[2]
                remedy = f"Add `$ref: '{reference}'` to its `headers`."
                yield contract.mistake(here, f"the response `{status}` does not declare the header {name}", remedy)


def _lists_codes(contract: Contract, response: JsonObject) -> bool:
    schema = contract.resolve(((response.get("content") or {}).get("application/json") or {}).get("schema") or {})
    return bool(response_codes(contract, response)) and (schema.get("properties") or {}).keys() <= _ERROR_FIELDS
