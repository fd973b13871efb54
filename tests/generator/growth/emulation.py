"""An emulator of a contract of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from orbitconnect.emulator import Emulator, router
from orbitconnect_api.operations import OPERATIONS
from orbitconnect_api.request_schemas import REQUESTS, SCHEMAS
from tests.emulator import conformance
from tests.generator.growth.package import Package


@contextmanager
def emulator_of(package: Package, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """Run an emulator that has the operations of a package besides its own."""
    # The contract that it compares responses with does not have these operations.
    monkeypatch.setattr(conformance, "check_response", lambda request, response: None)
    schemas = package.module("request_schemas")
    for name, value in package.module("operations").OPERATIONS.items():
        monkeypatch.setitem(OPERATIONS, name, value)  # type: ignore[arg-type]  # A dict.
        monkeypatch.setitem(REQUESTS, name, schemas.REQUESTS[name])
    for name, value in schemas.SCHEMAS.items():
        monkeypatch.setitem(SCHEMAS, name, value)
    router._routes.cache_clear()
    with Emulator() as emulator:
        yield emulator
    router._routes.cache_clear()
