"""Imports httpcore where trio is installed but cannot be imported.

httpcore imports trio if it is there, and is prepared for an `ImportError` only. Under eventlet, whose sockets lack what
trio looks for, that fails with an `AttributeError`, though nothing here needs trio.
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
    sys.modules["trio"] = None  # type: ignore[assignment]  # That is how Python marks a module that is not to be found.
    try:
        import_module("httpcore")
    finally:
        del sys.modules["trio"]
        if known is not None:
            sys.modules["trio"] = known
