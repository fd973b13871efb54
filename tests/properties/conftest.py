from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pipeline.harness import Sdk


@pytest.fixture(params=["sync", "async"], scope="module")
def sdk(request: pytest.FixtureRequest) -> Iterator[Sdk]:
    """For a whole module: an example of Hypothesis cannot have a fixture of its own."""
    driven = Sdk(request.param)
    yield driven
    driven.finish()
