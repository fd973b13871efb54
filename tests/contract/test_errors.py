"""The docstrings name the errors that the contract declares for the operation, and no others."""

from __future__ import annotations

from typing import Final

from orbitconnect._pipeline.finish import error_class
from orbitconnect_api.error_codes import ERROR_CODES
from tests.contract.docstrings import docstring
from tests.contract.facade import CALLS, Call, in_contract, in_facade, method_of
from tests.for_each import for_each

NAMED: Final = {error_class(status).__name__: status for status in (403, 404, 409, 422)}
"""The errors that say something about the arguments or the state. All others can happen to every call."""

GENERAL: Final = {error_class(status).__name__: status for status in (400, 401, 429, 500)}

CANNOT_HAPPEN: Final = {("users.list", 422): "`active_only` is a bool, which is always valid."}
"""The declared errors that the facade prevents."""


@for_each("call", CALLS)
def test_the_errors_are_the_contracts(call: Call) -> None:
    described = docstring(method_of(call.method)).raises
    declared = {
        name: status
        for name, status in {**NAMED, **GENERAL}.items()
        if status in ERROR_CODES[call.operation.id] and (call.method, status) not in CANNOT_HAPPEN
    }
    surplus = [name for name in described if name in {**NAMED, **GENERAL} and name not in declared]
    assert not surplus, (
        f"{in_facade(call.method)}: the docstring describes {surplus}, but {in_contract(call.operation)} "
        f"does not declare these statuses"
    )
    missing = [name for name in declared if name in NAMED and name not in described]
    assert not missing, (
        f"{in_facade(call.method)}: describe {missing} below Raises, as {in_contract(call.operation)} declares "
        f"{[declared[name] for name in missing]} with the codes "
        f"{[ERROR_CODES[call.operation.id][declared[name]] for name in missing]}"
    )
