"""Import the adapter, even if the environment names a file for TLS keys that cannot be written."""

from __future__ import annotations

from types import ModuleType

from ..tls import shared_context


def load_adapter() -> ModuleType:
    """Import the adapter and aiohttp, which builds TLS contexts when it is imported.

    Raises:
        SetupError: If these contexts cannot be built.
    """
    try:
        from . import adapter
    except OSError:
        shared_context()
        raise
    return adapter
