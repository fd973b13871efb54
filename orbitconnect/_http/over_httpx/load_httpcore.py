"""Import httpcore, even if trio is installed but cannot be imported.

httpcore imports trio if it is installed, and handles only `ImportError`. Under eventlet, importing trio raises
`AttributeError`, because eventlet's sockets lack an attribute. The SDK does not need trio.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

try:
    import_module("httpcore")
except ImportError:
    raise
except Exception:  # noqa: BLE001  # trio may raise anything.
    known: ModuleType | None = sys.modules.get("trio")
    sys.modules["trio"] = None  # type: ignore[assignment]  # With None, importing trio raises ImportError.
    try:
        import_module("httpcore")
    finally:
        del sys.modules["trio"]
        if known is not None:
            sys.modules["trio"] = known
