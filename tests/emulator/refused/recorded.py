"""An emulator that remembers which operations refused requests, with what status, code and rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

import pytest

from orbitconnect import OrbitServerError
from orbitconnect.emulator import EmulatorRequest, EmulatorResponse
from orbitconnect.emulator.refusals import Refusal
from orbitconnect.emulator.router import find
from orbitconnect.emulator.rules import RULE_HEADER
from orbitconnect_api.operations import ERROR_CODE_FIELD
from tests.emulator.conformance import CheckedEmulator

NOT_UTF_8 = "%FF"


class Refused(NamedTuple):
    """A response to a refused request."""

    operation: str | None
    status: int
    code: str
    rule: str


def refused(method: str, path: str, status: int, body: bytes, rule: str) -> Refused:
    try:
        operation = find(method, path.replace(NOT_UTF_8, "x"))[0].id
    except Refusal:
        operation = None
    return Refused(operation, status, json.loads(body)[ERROR_CODE_FIELD], rule.partition(";")[0])


class RecordingEmulator(CheckedEmulator):
    """An emulator that records every refusal."""

    refusals: set[Refused]

    def handle(self, request: EmulatorRequest) -> EmulatorResponse:
        response = super().handle(request)
        if response.status >= 400:
            rule = response.headers[RULE_HEADER]
            self.refusals.add(refused(request.method, request.path, response.status, response.body, rule))
        return response


class People:
    """The clients of some users. All of them refuse to retry."""

    def __init__(self, emulator: RecordingEmulator) -> None:
        self.backend = emulator.client(max_retries=0)
        self.alice_id, self.bob_id, self.carol_id, self.gone_id = (
            self.backend.users.create(external_id=name, display_name=name).id
            for name in ("alice", "bob", "carol", "gone")
        )
        self.backend.users.deactivate(self.gone_id)
        self.alice, self.bob, self.carol = (
            self.backend.as_user(user_id) for user_id in (self.alice_id, self.bob_id, self.carol_id)
        )


def fails(attempt: Callable[..., object], *values: object, **named: object) -> None:
    """Check that the API refuses a call."""
    with pytest.raises(OrbitServerError):
        attempt(*values, **named)
