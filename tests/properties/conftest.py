from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pipeline.harness import Sdk


@pytest.fixture(params=["sync", "async"], scope="module")
def sdk(request: pytest.FixtureRequest) -> Iterator[Sdk]:
    """A client that is shared by a whole module, because Hypothesis examples cannot have their own fixtures."""
    driven = Sdk(request.param)
    yield driven
    driven.finish()
