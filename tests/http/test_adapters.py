"""The choice of an adapter."""

from __future__ import annotations

import pytest

from orbitconnect._http.adapter import new_adapter, new_async_adapter
from orbitconnect._pipeline.clock import Clock


@pytest.mark.parametrize("create", [new_adapter, new_async_adapter])
def test_a_stack_without_an_adapter_does_not_fall_back_to_another(create: object) -> None:
    assert callable(create)
    with pytest.raises(NotImplementedError, match="'quic'"):
        create("quic", None, Clock())
