"""Chooses how to make attempts in a client that asks for pyreqwest: with that, wherever it can be used."""

from __future__ import annotations

import warnings

from .._pipeline.adapter import Adapter, AsyncAdapter
from .._pipeline.clock import Clock
from .loading import load_for_good

load_for_good("pyreqwest.client")


def new_adapter(clock: Clock) -> Adapter:
    """Makes an adapter for this process."""
    from .pyreqwest_adapter import PyreqwestAdapter

    try:
        return PyreqwestAdapter(clock)
    except RuntimeError as error:
        _warn(error)
    from .._sync.httpx_adapter import HttpxAdapter

    return HttpxAdapter(clock)


def new_async_adapter(clock: Clock) -> AsyncAdapter:
    """Makes an adapter for the running event loop."""
    from .pyreqwest_adapter import AsyncPyreqwestAdapter

    try:
        return AsyncPyreqwestAdapter(clock)
    except RuntimeError as error:
        _warn(error)
    from .._async.httpx_adapter import AsyncHttpxAdapter

    return AsyncHttpxAdapter(clock)


def _warn(error: RuntimeError) -> None:
    warnings.warn(
        "pyreqwest was used before this process was forked, and cannot be used in it: its calls are made with httpx. "
        f"Make clients, and calls, after forking only. ({error})",
        RuntimeWarning,
        stacklevel=2,
    )
