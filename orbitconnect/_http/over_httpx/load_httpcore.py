"""Imports httpcore even if trio is installed but cannot be imported.

httpcore imports trio if it is installed, and handles only an `ImportError`. Under eventlet, whose sockets lack what
trio needs, importing trio fails with an `AttributeError`. The SDK does not need trio.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

try:
    import_module("httpcore")
except ImportError:
    raise
except Exception:  # noqa: BLE001  # Whatever trio raises.
    known: ModuleType | None = sys.modules.get("trio")
    sys.modules["trio"] = None  # type: ignore[assignment]  # This makes Python raise `ImportError` for the module.
    try:
        import_module("httpcore")
    finally:
        del sys.modules["trio"]
        if known is not None:
            sys.modules["trio"] = known
