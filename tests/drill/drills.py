"""The mistakes of `make drill`: all that a change of the API can leave out or get wrong."""

from __future__ import annotations

from typing import Final

from generator.loading import load
from tests.drill import in_contract, in_emulator, in_facade, in_tables
from tests.drill.edits import CONTRACT, ROOT, TABLE, Drill
from tests.drill.edits import in_contract as edit_contract

UNSAFE: Final = [
    (operation.id, operation.data["x-orbit-retry"])
    for operation in load(ROOT / CONTRACT).operations()
    if operation.data["x-orbit-retry"] != "safe"
]
"""The operations that cannot be repeated after any failure, and their retry classes."""

_AT_A_TIME: Final = 12
"""The check reports all operations together, so that a run for each is not needed. pytest shows at most 15 failures."""


def _declared_safe(operations: list[tuple[str, str]]) -> Drill:
    return Drill(
        f"declared safe: {', '.join(operation_id for operation_id, _ in operations)}",
        tuple(
            edit_contract(operation_id, f"x-orbit-retry: {retry}\n", "x-orbit-retry: safe\n")
            for operation_id, retry in operations
        ),
        "tests/contract/test_table.py::test_the_retry_class_is_the_tables",
        tuple(
            rf"{CONTRACT}:\d+: {operation_id} has x-orbit-retry: safe, but {TABLE} has retry: {retry}"
            for operation_id, retry in operations
        ),
    )


RETRY_CLASSES: Final = [
    _declared_safe(UNSAFE[start : start + _AT_A_TIME]) for start in range(0, len(UNSAFE), _AT_A_TIME)
]
"""A wrong retry class for each operation that is not safe. Each must be reported."""

DRILLS: Final = (*RETRY_CLASSES, *in_contract.DRILLS, *in_facade.DRILLS, *in_emulator.DRILLS, *in_tables.DRILLS)
