"""Compare every response with `openapi/orbit.yaml`, which must describe its status and body."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple

from orbitconnect.emulator import Emulator, EmulatorRequest, EmulatorResponse
from orbitconnect.emulator.refusals import Refusal
from orbitconnect.emulator.router import find
from orbitconnect.emulator.rules import RULE_HEADER
from orbitconnect.emulator.store import check_database, opened
from orbitconnect.emulator.validation import Check, Compiler, Violation
from orbitconnect_api.operations import REQUEST_ID_HEADER
from tests.yaml_files import contract

PROSE = frozenset({"description", "examples", "example", "x-orbit-provenance", "x-orbit-idempotency-key"})


class RecordedEvent(NamedTuple):
    type: str
    data: str


class CheckedEmulator(Emulator):
    """An emulator that checks its own responses against the contract."""

    def handle(self, request: EmulatorRequest) -> EmulatorResponse:
        response = super().handle(request)
        check_response(request, response)
        return response

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
    assert response.headers[REQUEST_ID_HEADER]
    if response.stream is not None or request.method == "HEAD" or response.status == 304:
        return  # The response is a file, or there is no response.
    assert int(response.headers["content-length"]) == len(response.body)
    body = json.loads(response.body)
    if response.status >= 400:
        assert response.headers[RULE_HEADER].endswith(("; documented", "; inferred"))
    try:
        operation, _ = find(request.method, request.path)
    except Refusal:  # No operation describes the response.
        return
    found: list[Violation] = []
    response_check(operation.id, str(response.status))(body, "", found)
    assert not found, (operation.id, response.status, found)


@cache
def schemas() -> dict[str, Any]:
    named: dict[str, Any] = without_prose(contract()["components"]["schemas"])
    return named


@cache
def response_check(operation_id: str, status: str) -> Check:
    operation = next(
        operation
        for path in contract()["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict) and operation.get("operationId") == operation_id
    )
    described = operation["responses"]
    response = described.get(status) or described[f"{status[0]}XX"]
    name = response["$ref"].rpartition("/")[2]
    schema = contract()["components"]["responses"][name]["content"]["application/json"]["schema"]
    return Compiler(schemas()).compile(without_prose(schema))


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
