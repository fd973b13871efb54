from __future__ import annotations

import pytest

# An inner run unloads the modules that it imported first. Modules that outlive it would then see two copies of a class.
import orbitconnect.errors
import orbitconnect.testing.inbox
import orbitconnect.testing.runs  # noqa: F401
from tests.testing.inner import WITH_ASYNCIO


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Provide a folder for an inner run, in which warnings are errors."""
    for name in ("PYTEST_ADDOPTS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD", "PYTEST_PLUGINS", "ORBIT_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    pytester.makeini(WITH_ASYNCIO)
    return pytester
