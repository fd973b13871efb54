from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.flows.harness import World


@pytest.fixture(params=["sync", "async"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    made = World(request.param)
    yield made
    made.close()
