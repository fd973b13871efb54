"""Loads what the first call of a client would load, so that it does not have to."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from .adapter import HTTPX


def preload(stack: str) -> None:
    """Loads what a synchronous call needs."""
    _load_stack(stack)


def preload_async(stack: str) -> None:
    """Loads what an asynchronous call needs."""
    import_module("asyncio")
    _load_stack(stack)
    if stack == HTTPX:
        with suppress(ImportError):  # anyio loads it with the first connection; it may call it otherwise one day.
            import_module("anyio._backends._asyncio")


def _load_stack(stack: str) -> None:
    for name in ("hmac", "encodings.idna", "orbitconnect._pipeline.raw", "certifi"):
        import_module(name)
    if stack == HTTPX:
        import_module("orbitconnect._pipeline.one_connection")
        from .tls import shared_context

        shared_context()
    else:
        import_module(f"orbitconnect._fast.{stack}")
