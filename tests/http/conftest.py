from __future__ import annotations

from tests.pipeline.conftest import no_proxy, sdk

__all__ = ["no_proxy", "sdk"]
