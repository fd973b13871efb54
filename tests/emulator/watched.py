"""An emulator that tells a test what it has recorded, and by which rule it has refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from orbitconnect import OrbitServerError
from orbitconnect.emulator import EmulatorRequest, EmulatorResponse
from orbitconnect.emulator.rules import RULE_HEADER
from tests.emulator.conformance import CheckedEmulator


class WatchedEmulator(CheckedEmulator):
    """Remembers the rule of its last refusal."""

    rule: str | None = None

    def handle(self, request: EmulatorRequest) -> EmulatorResponse:
        response = super().handle(request)
        self.rule = response.headers.get(RULE_HEADER)
        return response

    def refuses(self, status: int, rule: str, attempt: Callable[..., object], *values: str) -> OrbitServerError:
        """Sees to it that an attempt is refused by an inferred rule, and records nothing."""
        before = self.told("")
        with pytest.raises(OrbitServerError) as caught:
            attempt(*values)
        assert (caught.value.status, self.rule) == (status, f"{rule}; inferred")
        assert self.told("") == before
        return caught.value

    def told(self, about: str) -> list[tuple[str, dict[str, Any]]]:
        """The events whose names begin so, each with its payload, oldest first."""
        rows = self._store.all("SELECT type, data FROM events ORDER BY n")
        return [(row["type"], json.loads(row["data"])) for row in rows if row["type"].startswith(about)]

    def told_names(self, about: str) -> list[str]:
        """The names of these events."""
        return [name for name, _ in self.told(about)]
