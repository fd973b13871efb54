"""Every operation has the methods that the contract names, and these call it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from orbitconnect_api.operations import OPERATIONS
from tests.contract.facade import CALLS, CONTRACT, METHODS, Call, in_contract, in_facade, namespace_file
from tests.contract.requests import request_of, required_arguments
from tests.for_each import for_each
from tests.wire.conveniences import CONVENIENCES

NAMED: Counter[str] = Counter(
    method for operation in CONTRACT.operations() for method in operation.data.get("x-orbit-facade") or ()
)


@for_each("operation", CONTRACT.operations())
def test_the_methods_of_an_operation_exist(operation: Any) -> None:
    methods = operation.data.get("x-orbit-facade")
    assert methods, f"{in_contract(operation)}: name the method that calls it in x-orbit-facade"
    for method in methods:
        assert method in METHODS, (
            f"{in_contract(operation)}: there is no method {method}. Add it to {namespace_file(method)}, "
            f"or correct x-orbit-facade"
        )


@for_each("method", METHODS)
def test_a_method_has_one_operation_or_combines_several(method: str) -> None:
    if method in CONVENIENCES:
        assert method not in NAMED, f"{in_facade(method)} has an operation: delete it from tests/wire/conveniences.py"
    else:
        assert NAMED[method] == 1, (
            f"{in_facade(method)} is named by {NAMED[method]} operations. Name it in the x-orbit-facade of one "
            f"operation in openapi/orbit.yaml. If it combines operations, add it to "
            f"tests/wire/conveniences.py. Else delete it"
        )


def test_the_conveniences_exist() -> None:
    gone = sorted(CONVENIENCES.difference(METHODS))
    assert not gone, f"tests/wire/conveniences.py: these methods do not exist, delete them: {gone}"


@for_each("call", CALLS)
def test_a_method_calls_its_operation(call: Call) -> None:
    called = request_of(call, required_arguments(call)).operation
    assert called.id == call.operation.id, (
        f"{in_facade(call.method)} calls {called.id}, but {in_contract(call.operation)} names it in x-orbit-facade"
    )


@for_each("call", CALLS)
def test_a_method_takes_an_acting_user_if_its_operation_needs_one(call: Call) -> None:
    needs, takes = call.operation.data["x-orbit-actor"], "acting_user_id" in call.parameters
    assert takes == needs, (
        f"{in_facade(call.method)} {'takes' if takes else 'lacks'} acting_user_id, "
        f"but {in_contract(call.operation)} has x-orbit-actor: {str(needs).lower()}"
    )


def test_the_generated_table_has_the_contracts_operations() -> None:
    assert [*OPERATIONS] == [operation.id for operation in CONTRACT.operations()], "run `make generate`"
