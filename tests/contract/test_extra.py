"""A method takes unknown fields as `extra` if the contract leaves its body open, and only then."""

from __future__ import annotations

import inspect
from typing import Any

from tests.contract.facade import method_of
from tests.contract.test_docstrings import CASES, Case, resolved
from tests.for_each import for_each


def is_open(operation: dict[str, Any]) -> bool:
    """Whether the body can have fields that the contract does not list."""
    if "requestBody" not in operation:
        return False
    content = resolved(operation["requestBody"])["content"]
    return resolved(content["application/json"]["schema"]).get("additionalProperties") is True


@for_each("case", CASES)
def test_a_method_takes_extra_if_its_body_is_open(case: Case) -> None:
    parameter = inspect.signature(method_of(case.method)).parameters.get("extra")
    assert (parameter is not None) == is_open(case.operation), (
        f"orbitconnect/_async/namespaces/{case.method.partition('.')[0]}.py: {case.method} takes the argument `extra` "
        "if, and only if, the schema of its body in openapi/orbit.yaml has `additionalProperties: true`"
    )
    if parameter is not None:
        assert parameter.kind is parameter.KEYWORD_ONLY
        assert str(parameter.annotation) == "collections.abc.Mapping[str, typing.Any] | None"
        assert parameter.default is None


def test_some_methods_take_extra() -> None:
    assert any(is_open(case.operation) for case in CASES)
