"""A method takes unknown fields as `extra` if the contract leaves its body open, and only then."""

from __future__ import annotations

from tests.contract.facade import CALLS, CONTRACT, EXTRA, Call, in_contract, in_facade, resolved
from tests.for_each import for_each


def is_open(call: Call) -> bool:
    """Whether the body can have fields that the contract does not list."""
    content = (CONTRACT.resolve(call.operation.data.get("requestBody")) or {}).get("content") or {}
    return any(resolved(node["schema"]).get("additionalProperties") is True for node in content.values())


@for_each("call", CALLS)
def test_a_method_takes_extra_if_its_body_is_open(call: Call) -> None:
    parameter = call.parameters.get(EXTRA)
    assert (parameter is not None) == is_open(call), (
        f"{in_facade(call.method)} takes the argument `extra` if, and only if, the schema of the body of "
        f"{in_contract(call.operation)} has `additionalProperties: true`"
    )
    if parameter is not None:
        assert parameter.kind is parameter.KEYWORD_ONLY
        assert str(parameter.annotation) == "collections.abc.Mapping[str, typing.Any] | None"
        assert parameter.default is None


def test_some_methods_take_extra() -> None:
    assert any(map(is_open, CALLS))
