"""Compare every response with `openapi/orbit.yaml`, which must list its status, error code, headers and body."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple

import pytest

from orbitconnect.emulator import Emulator, EmulatorRequest, EmulatorResponse
from orbitconnect.emulator.core import EmulatorCore
from orbitconnect.emulator.refusals import Refusal
from orbitconnect.emulator.router import find
from orbitconnect.emulator.rules import EMULATED, RULE_HEADER
from orbitconnect.emulator.store import check_database, opened
from orbitconnect.emulator.validation import Check, Compiler, Violation
from orbitconnect_api.operations import ERROR_CODE_FIELD, REQUEST_ID_HEADER
from tests.yaml_files import contract

PROSE = frozenset(
    {"description", "title", "examples", "example", "deprecated", "x-orbit-deprecated", "x-orbit-provenance"}
    | {"x-orbit-idempotency-key"}
)


NOT_DECLARED = frozenset({"content-type", "content-length", "connection", RULE_HEADER})
"""Headers that describe the message itself, and the emulator's own."""


class DescribedResponse(NamedTuple):
    """A response in the contract."""

    check: Check
    headers: frozenset[str]


class RecordedEvent(NamedTuple):
    type: str
    data: str


UNDECLARED: list[str] = []
"""What responses had that the contract does not describe. A fixture of all tests fails if this is not empty."""


def check_all_emulators() -> None:
    """Make every emulator of this process compare its responses with the contract."""
    handle = EmulatorCore.handle

    def checked(self: EmulatorCore, request: EmulatorRequest) -> EmulatorResponse:
        response = handle(self, request)
        try:
            check_response(request, response)
        except AssertionError as error:
            # A server turns the exception into a response, which a test may expect for another reason.
            UNDECLARED.append(str(error))
            raise
        return response

    pytest.MonkeyPatch().setattr(EmulatorCore, "handle", checked)


class CheckedEmulator(Emulator):
    """An emulator that checks its state when it is closed."""

    def recorded(self, prefix: str = "") -> list[tuple[str, dict[str, Any]]]:
        """Return the recorded events whose type begins with a prefix, with their payloads, oldest first."""
        rows = self._store.all(RecordedEvent, "SELECT type, data FROM events ORDER BY n")
        return [(row.type, json.loads(row.data)) for row in rows if row.type.startswith(prefix)]

    def close(self) -> None:
        """Check that the emulator's final state is a valid database, then close the emulator."""
        if not self._closed:
            with self._lock:  # A delivery thread may be in a transaction.
                copy = self._store.copy()
            with opened(copy) as db:
                check_database(db)
        super().close()


def check_response(request: EmulatorRequest, response: EmulatorResponse) -> None:
    if response.fault is not None:
        return  # A scripted response can be anything.
    try:
        operation = find(request.method, request.path)[0]
    except Refusal:
        operation = None
    if operation is not None and not responses_of(operation.id):
        return  # The operation is a test's own.
    assert response.headers[REQUEST_ID_HEADER]
    if response.stream is not None or request.method == "HEAD" or response.status == 304:
        return  # The response is a file, or there is no response.
    assert int(response.headers["content-length"]) == len(response.body)
    body = json.loads(response.body)
    if response.status >= 400:
        assert response.headers[RULE_HEADER].endswith(("; documented", "; inferred"))
    if operation is None:
        return  # No operation describes the response.
    answer = f"{operation.id} responded with {response.status} {body.get(ERROR_CODE_FIELD, '')}"
    if response.headers.get(RULE_HEADER) == str(EMULATED):
        return  # The emulator does not have the operation; the API does.
    described = responses_of(operation.id).get(str(response.status))
    assert described, f"{answer}, a status that openapi/orbit.yaml does not list under {operation.path}."
    if response.status >= 400:
        known = operation.errors[response.status]
        assert body[ERROR_CODE_FIELD] in known, f"{answer}, but openapi/orbit.yaml lists only {known}."
    undeclared = response.headers.keys() - described.headers - NOT_DECLARED
    assert not undeclared, f"{answer}, with headers that openapi/orbit.yaml does not declare: {undeclared}."
    found: list[Violation] = []
    described.check(body, "", found)
    assert not found, f"{answer}, but the body does not match openapi/orbit.yaml: {found}"


@cache
def schemas() -> dict[str, Any]:
    named: dict[str, Any] = without_prose(contract()["components"]["schemas"])
    return named


@cache
def responses_of(operation_id: str) -> dict[str, DescribedResponse]:
    """Return the responses that the contract lists for an operation, by status. Empty if it is not in the contract."""
    return {
        status: described_response(response["$ref"].rpartition("/")[2])
        for path in contract()["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict) and operation.get("operationId") == operation_id
        for status, response in operation["responses"].items()
    }


@cache
def described_response(name: str) -> DescribedResponse:
    """Compile a response of the contract's components."""
    response = contract()["components"]["responses"][name]
    schema = response["content"]["application/json"]["schema"]
    return DescribedResponse(Compiler(schemas()).compile(without_prose(schema)), frozenset(response["headers"]))


def without_prose(value: Any, *, names: bool = False) -> Any:
    """Return a schema without keywords that do not constrain values. Keys of `properties` are names, not keywords."""
    if isinstance(value, list):
        return [without_prose(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: without_prose(item, names=key == "properties" and not names)
        for key, item in value.items()
        if names or key not in PROSE
    }
