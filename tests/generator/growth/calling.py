"""Calls the operations of `calls.yaml` with both clients and all HTTP stacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.generator.growth.package import Package
from tests.pipeline.harness import Sdk
from tests.transports import TRANSPORTS


@pytest.fixture(scope="module")
def calls(grown: Callable[[str], Package]) -> Callable[[str], Any]:
    """The module of an operation."""
    package = grown("calls")
    return lambda name: package.module(f"api.things.{name}")


@pytest.fixture(scope="module")
def models(grown: Callable[[str], Package]) -> Any:
    return grown("calls").module("models")


@pytest.fixture(params=TRANSPORTS, ids="-".join)
def sdk(request: pytest.FixtureRequest) -> Iterator[Sdk]:
    driven = Sdk(*request.param)
    yield driven
    driven.finish()


def call(sdk: Sdk, operation: Any, *arguments: Any, detailed: bool = False, **options: Any) -> Any:
    """Call an operation's function for the driven client, with a new client."""
    client = sdk.client(**options.pop("client", {})).with_options(**options.pop("view", {}))
    function = ("sync" if sdk.kind == "sync" else "asyncio") + ("_detailed" if detailed else "")
    return sdk.run(getattr(operation, function)(*arguments, client=client.raw, **options))
