"""No request can damage the state. If a response cannot be encoded, the change is undone."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from orbitconnect import OrbitServer, ServerError
from orbitconnect.emulator import Emulator
from orbitconnect.emulator.composition import all_handlers
from orbitconnect.emulator.operation_schemas import schema_of
from orbitconnect_api import operations
from orbitconnect_api.models.platform_event import PlatformEvent
from orbitconnect_api.operations import OPERATIONS
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.conftest import Wire, user
from tests.emulator.test_state import dump


def listings(wire: Wire, actor: str) -> Iterator[httpx.Response]:
    """Yield the responses of all GET operations without an id in the path and without a query."""
    for operation in OPERATIONS.values():
        if operation.method == "GET" and "{" not in operation.path and not schema_of(operation).query:
            yield wire("GET", operation.path, actor=actor)


class TestAnEmptyListForAnObject:
    """PHP encodes an empty object as `[]`."""

    def test_in_a_property(self, wire: Wire, alice: str) -> None:
        published = wire("POST", "/events/publish", json={"type": "a.b", "payload": []})
        assert published.json()["data"]["payload"] == {}
        assert wire("GET", "/events").json()["data"][0]["payload"] == {}
        made = wire("POST", "/app-users", json={"external_id": "m", "display_name": "M", "metadata": []})
        assert made.json()["data"]["metadata"] == {}
        changed = wire("PATCH", f"/app-users/{alice}", json={"metadata": []})
        assert changed.json()["data"]["metadata"] == {}

    def test_in_nested_values(self, wire: Wire, alice: str, bob: str) -> None:
        body: dict[str, Any] = {"type": "group", "participant_ids": [bob], "context": {"type": "booking", "actor": []}}
        made = wire("POST", "/conversations", actor=alice, json=body)
        assert made.json()["data"]["context"] == {"type": "booking", "actor": {}}
        made = wire("POST", "/conversations", actor=alice, json={**body, "context": []})
        assert made.json()["data"]["context"] == {}

    def test_a_list_stays_a_list_if_any_value_is_allowed(self, wire: Wire) -> None:
        body = {"external_id": "m", "display_name": "M", "metadata": {"tags": [], "deep": [[], {}]}}
        assert wire("POST", "/app-users", json=body).json()["data"]["metadata"] == body["metadata"]
        body = {"type": "group", "participant_ids": []}
        assert wire("POST", "/conversations", json=body).status_code in (400, 422)

    @pytest.mark.parametrize("given", [[1], [[]], [{}], ["a"]])
    def test_any_other_list_is_refused(self, wire: Wire, given: list[Any]) -> None:
        assert wire("POST", "/events/publish", json={"type": "a.b", "payload": given}).status_code == 422
        assert wire("POST", "/events/publish", json=given).status_code == 400
        assert wire("GET", "/events").json()["data"] == []

    def test_it_is_delivered_as_an_object(self, wire: Wire, emulator: CheckedEmulator, orbit: OrbitServer) -> None:
        webhook = orbit.webhooks.create(url="http://127.0.0.1:9/x")
        orbit.webhooks.subscribe(webhook.id, "*")
        wire("POST", "/events/publish", json={"type": "a.b", "payload": []})
        assert emulator.recorded("a.b") == [("a.b", {})]


class Unwritable(PlatformEvent):
    """A result that cannot be encoded as JSON."""

    value: Any = None

    def to_dict(self) -> dict[str, Any]:
        return {"value": type(self).value}


@pytest.mark.parametrize("value", [{1, 2}, float("nan"), float("inf"), "\ud800", complex(1), b"bytes"], ids=repr)
def test_a_change_whose_result_cannot_be_encoded_is_undone(
    emulator: CheckedEmulator, orbit: OrbitServer, alice: str, monkeypatch: pytest.MonkeyPatch, value: Any
) -> None:
    handlers: dict[str, Any] = all_handlers()  # type: ignore[assignment]
    real = handlers[operations.PUBLISH_EVENT.id]

    def unwritable(call: Any) -> Unwritable:
        real(call)
        return Unwritable(id="evt_1")

    monkeypatch.setattr(Unwritable, "value", value)
    monkeypatch.setitem(handlers, operations.PUBLISH_EVENT.id, unwritable)
    before = dump(emulator)
    with pytest.raises(ServerError) as caught:
        orbit.webhooks.publish("order.paid", {"order": 7})
    assert (caught.value.status, caught.value.code) == (500, "server_error")
    assert dump(emulator) == before
    with emulator.serve() as server:
        response = httpx.post(
            f"{server.api_url}/events/publish",
            headers={"x-api-key": "sk_test_x"},
            json={"type": "order.paid", "payload": {}},
            trust_env=False,
        )
    assert (response.status_code, response.json()["code"]) == (500, "server_error")
    assert dump(emulator) == before
    assert [entry.status for entry in emulator.journal.entries[-2:]] == [500, 500]


def test_a_job_that_fails_is_dropped(
    emulator: CheckedEmulator,
    orbit: OrbitServer,
    alice: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    call = orbit.as_user(alice).calls.initiate(callee_id=user(orbit, "Bob"), type="voice")
    emulator._store.run("UPDATE jobs SET subject = 'call_none'")
    emulator.advance(timedelta(days=1))
    assert orbit.as_user(alice).calls.get(call.id).status == "ringing"
    assert [(record.levelno, "call_none" in record.message) for record in caplog.records] == [(logging.ERROR, True)]
    assert emulator.next_due() is None


class TestInstants:
    @pytest.mark.parametrize(
        "instant", ["9999-12-31T23:59:59-23:00", "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:60Z", "+10000-01-01"]
    )
    def test_out_of_range(self, wire: Wire, alice: str, instant: str) -> None:
        body = {"title": "x", "scheduled_at": instant}
        assert wire("POST", "/meetings", actor=alice, json=body).status_code == 422
        for period in ({"from": instant}, {"to": instant}):
            assert wire("POST", "/invoices/generate", json=period).status_code == 422
        assert all(response.status_code == 200 for response in listings(wire, alice))

    @pytest.mark.parametrize("instant", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2030-01-01t00:00:00.1234z"])
    def test_first_and_last(self, wire: Wire, alice: str, instant: str) -> None:
        response = wire("POST", "/meetings", actor=alice, json={"title": "x", "scheduled_at": instant})
        assert response.status_code == 200
        assert wire("GET", f"/meetings/{response.json()['data']['id']}", actor=alice).status_code == 200


@pytest.mark.parametrize("number", ["1" + "0" * 400, "1e308", "1e-320", "-0.0", "1" + "0" * 5000, "1e999", "NaN"])
def test_numbers_of_every_size(wire: Wire, emulator: Emulator, alice: str, bob: str, number: str) -> None:
    def post(path: str, body: str) -> int:
        return wire("POST", path, actor=alice, content=body).status_code

    call = wire("POST", "/calls/initiate", actor=alice, json={"callee_id": bob, "type": "voice"}).json()["data"]["id"]
    for _ in range(2):
        assert post(f"/calls/{call}/metrics", f'{{"bitrate": {number}, "rtt": {number}}}') < 500
    assert post("/usage/events", f'{{"event_type": "message.sent", "quantity": {number}}}') < 500
    assert post("/wallet/top-up", f'{{"amount": {number}}}') < 500
    assert post("/alerts", f'{{"type": "low", "threshold": {number}}}') < 500
    assert post(f"/app-users/{alice}/token", f'{{"ttl": {number}}}') < 500
    assert post("/events/publish", f'{{"type": "a.b", "payload": {{"n": [{number}]}}}}') < 500
    assert wire("GET", f"/calls/{call}/metrics", actor=alice).status_code == 200
    assert all(response.status_code == 200 for response in listings(wire, alice))
    assert json.loads(wire("GET", "/events").content)
