from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pipeline.harness import Sdk


@pytest.fixture(params=["sync", "async"], scope="module")
def sdk(request: pytest.FixtureRequest) -> Iterator[Sdk]:
    """A client for a whole module, since examples of Hypothesis cannot have their own fixtures."""
    driven = Sdk(request.param)
    yield driven
    driven.finish()
