"""The settings of the inner runs of pytest, and a reader of their reports."""

from __future__ import annotations

import re

import pytest

# The project's other plugins would only slow down every inner run.
SETTINGS = """
[pytest]
filterwarnings = error
strict = true
addopts = -p no:hypothesispytest -p no:pytest_httpx -p no:respx
"""
WITH_ASYNCIO = f"{SETTINGS}asyncio_default_fixture_loop_scope = function\n"


def section(result: pytest.RunResult) -> str:
    """Return the journal's section of a report."""
    rest = result.stdout.str().partition("OrbitConnect emulator: requests")[2]
    return re.split(r"^[_=]{3,} ", rest, flags=re.MULTILINE)[0]
