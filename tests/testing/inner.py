"""What the tests of the plugin share: the settings of the inner runs, and a look at their reports."""

from __future__ import annotations

import re

import pytest

# What the project's other plugins load would be loaded again in every run.
SETTINGS = """
[pytest]
filterwarnings = error
strict = true
addopts = -p no:hypothesispytest -p no:pytest_httpx -p no:respx
"""
WITH_ASYNCIO = f"{SETTINGS}asyncio_default_fixture_loop_scope = function\n"


def section(result: pytest.RunResult) -> str:
    """What the report shows of the journal."""
    rest = result.stdout.str().partition("OrbitConnect emulator: requests")[2]
    return re.split(r"^[_=]{3,} ", rest, flags=re.MULTILINE)[0]
