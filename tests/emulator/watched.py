"""An emulator for tests of recorded events and of the rules by which requests are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orbitconnect import OrbitServerError
from orbitconnect.emulator import EmulatorRequest, EmulatorResponse
from orbitconnect.emulator.rules import RULE_HEADER
from tests.emulator.conformance import CheckedEmulator


class WatchedEmulator(CheckedEmulator):
    """An emulator that remembers the rule by which it last refused a request."""

    rule: str | None = None

    def handle(self, request: EmulatorRequest) -> EmulatorResponse:
        response = super().handle(request)
        self.rule = response.headers.get(RULE_HEADER)
        return response

    def refuses(self, status: int, rule: str, attempt: Callable[..., object], *values: str) -> OrbitServerError:
        """Check that an attempt is refused by a rule and records no event."""
        before = self.recorded()
        with pytest.raises(OrbitServerError) as caught:
            attempt(*values)
        assert (caught.value.status, self.rule.partition(";")[0]) == (status, rule)
        assert self.recorded() == before
        return caught.value

    def recorded_types(self, prefix: str) -> list[str]:
        """Return the types of the recorded events that begin with a prefix, oldest first."""
        return [event_type for event_type, _ in self.recorded(prefix)]
