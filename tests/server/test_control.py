"""The control API, below /_emulator/."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from orbitconnect.emulator import Emulator, ManualClock, RunningClock
from orbitconnect.emulator.server.control.actions import ACTIONS
from orbitconnect.emulator.server.control.snapshots import MOST_SNAPSHOTS
from orbitconnect.emulator.server.run import LoopbackServer
from orbitconnect.testing import WebhookInbox
from orbitconnect_api.operations import OPERATIONS
from tests.emulator.conformance import CheckedEmulator
from tests.server.conftest import KEY

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "emulator.md"


class Control:
    def __init__(self, server: LoopbackServer) -> None:
        self.http = httpx.Client(base_url=f"{server.url}/_emulator", trust_env=False)

    def __call__(self, method: str, path: str, expected: int = 200, **options: Any) -> Any:
        response = self.http.request(method, path, **options)
        assert response.status_code == expected, response.text
        return response.json()


@pytest.fixture
def control(server: LoopbackServer) -> Iterator[Control]:
    control = Control(server)
    with control.http:
        yield control


def add_user(emulator: Emulator, name: str) -> str:
    with emulator.client() as orbit:
        return orbit.users.create(external_id=name, display_name=name).id


def names(emulator: Emulator) -> list[str | None]:
    with emulator.client() as orbit:
        return [user.external_id for user in orbit.users.list()]


def test_health(control: Control) -> None:
    health = control("GET", "/health")
    assert (health["status"], health["operations"], health["frozen"]) == ("ok", len(OPERATIONS), True)


class TestClock:
    def test_manual_clock(self, control: Control, emulator: Emulator) -> None:
        before = emulator.clock.now()
        response = control("POST", "/clock/advance", json={"seconds": 90.5})
        assert datetime.fromisoformat(response["now"]) == emulator.clock.now() == before + timedelta(seconds=90.5)
        assert control("POST", "/clock/freeze", 409)["code"] == "conflict"
        assert control("POST", "/clock/resume", 409)["code"] == "conflict"

    def test_running_clock(self) -> None:
        with Emulator(clock=RunningClock()) as emulator, emulator.serve() as server:
            control = Control(server)
            with control.http:
                assert control("GET", "/clock")["frozen"] is False
                frozen = control("POST", "/clock/freeze")
                assert control("GET", "/clock") == frozen
                assert frozen["frozen"] is True
                later = datetime.fromisoformat(control("POST", "/clock/advance", json={"seconds": 86400})["now"])
                assert later == datetime.fromisoformat(frozen["now"]) + timedelta(days=1)
                assert control("POST", "/clock/resume")["frozen"] is False
                assert later <= emulator.clock.now() < later + timedelta(hours=1)

    @pytest.mark.parametrize(
        "body",
        [{}, {"seconds": -1}, {"seconds": "1"}, {"seconds": True}, {"seconds": 1e13}, {"seconds": 1e12}, {"x": 1}],
    )
    def test_invalid_fields(self, control: Control, body: dict[str, Any]) -> None:
        assert control("POST", "/clock/advance", 422, json=body)["code"] == "validation_failed"

    @pytest.mark.parametrize("timeout", [86401, 1e12, -1, "5", True, 0.5])
    def test_timeouts(self, control: Control, timeout: Any) -> None:
        for path, more in (("/settle", {}), ("/clock/advance", {"seconds": 1})):
            assert control("POST", path, 422, json={**more, "timeout": timeout})["code"] == "validation_failed"

    def test_advancing_delivers_to_a_receiver_that_calls_back(
        self, control: Control, emulator: Emulator, server: LoopbackServer
    ) -> None:
        with WebhookInbox() as inbox, emulator.client() as orbit:
            webhook = orbit.webhooks.create(url=inbox.url)
            orbit.webhooks.subscribe(webhook.id, "order.paid")
            orbit.webhooks.publish("order.paid", {"order": 7})
            control("POST", "/settle", json={"timeout": 5})
            assert len(inbox.received) == 1
            listed = control("GET", "/webhooks/deliveries", params={"webhook_id": webhook.id})["deliveries"]
            assert [one["status"] for one in listed] == ["succeeded"]
            assert listed[0]["attempts"][0]["response_status"] in range(200, 300)
            again = control("POST", f"/webhooks/deliveries/{listed[0]['id']}/resend", 201)
            assert again["is_replay"] is True
            control("POST", "/settle")
            assert len(inbox.received) == 2
            assert len(control("GET", "/webhooks/deliveries")["deliveries"]) == 2
            assert control("GET", "/webhooks/deliveries", params={"status": "failed"})["deliveries"] == []
            orbit.webhooks.update(webhook.id, is_active=False)
            control("POST", f"/webhooks/deliveries/{listed[0]['id']}/resend", 409)
        control("POST", "/webhooks/deliveries/dlv_none/resend", 404)


class TestState:
    def test_snapshots(self, control: Control, emulator: Emulator) -> None:
        add_user(emulator, "a")
        snapshot = control("POST", "/state/snapshots", 201)["id"]
        second = add_user(emulator, "b")
        assert control("GET", "/state/snapshots") == {"snapshots": [{"id": snapshot}]}
        control("POST", f"/state/snapshots/{snapshot}/restore")
        assert names(emulator) == ["a"]
        assert add_user(emulator, "b") == second
        emulator.advance(60)
        control("POST", f"/state/snapshots/{snapshot}/restore", json={"keep_clock": True})
        control("DELETE", f"/state/snapshots/{snapshot}")
        control("POST", f"/state/snapshots/{snapshot}/restore", 404)
        control("DELETE", f"/state/snapshots/{snapshot}", 404)

    def test_snapshot_limit(self, control: Control) -> None:
        for _ in range(MOST_SNAPSHOTS):
            control("POST", "/state/snapshots", 201)
        control("POST", "/state/snapshots", 409)

    def test_reset(self, control: Control, emulator: Emulator) -> None:
        first = add_user(emulator, "a")
        control("POST", "/state/reset")
        assert names(emulator) == []
        assert add_user(emulator, "a") == first

    def test_export_and_load(self, control: Control, emulator: Emulator) -> None:
        add_user(emulator, "a")
        response = control.http.get("/state/export")
        assert response.headers["content-type"] == "application/zip"
        assert zipfile.ZipFile(io.BytesIO(response.content)).testzip() is None
        with Emulator(clock=ManualClock()) as other, other.serve() as server, httpx.Client(trust_env=False) as http:
            loaded = http.post(f"{server.url}/_emulator/state/load", content=response.content)
            assert loaded.status_code == 200, loaded.text
            assert names(other) == ["a"]

    @pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04" + b"\x00" * 100])
    def test_loading_an_invalid_state(self, control: Control, emulator: Emulator, content: bytes) -> None:
        add_user(emulator, "a")
        control("POST", "/state/load", 422, content=content)
        assert names(emulator) == ["a"]


class TestFaults:
    def test_add_list_clear(self, control: Control, server: LoopbackServer) -> None:
        faults: list[dict[str, Any]] = [
            {"fault": "status", "status": 503, "body": {"a": [1]}, "headers": {"retry-after": "1"}},
            {"fault": "latency", "seconds": 0.5},
            {"fault": "reset", "when": "after"},
            {"fault": "truncate", "bytes": 10},
            {"fault": "drip", "chunk": 1, "pause": 0.1},
            {"fault": "garbage"},
            {"fault": "stall", "when": "before"},
        ]
        for fault in faults:
            added = control("POST", "/faults", 201, json={**fault, "operation": "listAppUsers", "nth": 2, "times": 3})
            assert added.items() >= {**fault, "operation": "listAppUsers", "nth": 2, "times": 3, "fired": 0}.items()
        listed = control("GET", "/faults")
        assert [one["fault"] for one in listed["faults"]] == [fault["fault"] for fault in faults]
        assert listed["unused"] == 7
        url = f"{server.api_url}/app-users"
        with httpx.Client(headers=KEY, trust_env=False) as http:
            assert [http.get(url).status_code for _ in range(2)] == [200, 503]
        listed = control("GET", "/faults")
        assert (listed["faults"][0]["seen"], listed["faults"][0]["fired"], listed["unused"]) == (2, 1, 6)
        control("DELETE", "/faults")
        assert control("GET", "/faults") == {"faults": [], "unused": 0}

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"fault": "earthquake"},
            {"fault": "status"},
            {"fault": "status", "status": 99},
            {"fault": "status", "status": "503"},
            {"fault": "status", "status": 503, "headers": {"a": 1}},
            {"fault": "truncate", "bytes": 1.5},
            {"fault": "drip", "chunk": 0, "pause": 0},
            {"fault": "reset", "when": "later"},
            {"fault": "garbage", "extra": 1},
            {"fault": "garbage", "operation": "listAppUser"},
            {"fault": "garbage", "nth": 0},
        ],
    )
    def test_invalid_fields(self, control: Control, emulator: Emulator, body: dict[str, Any]) -> None:
        assert control("POST", "/faults", 422, json=body)["code"] == "validation_failed"
        assert emulator.faults.scripted == []

    def test_empty_lists_count_as_empty_objects(self, control: Control) -> None:
        added = control("POST", "/faults", 201, json={"fault": "status", "status": 503, "headers": []})
        assert added["headers"] == {}
        assert control("DELETE", "/faults", json=[]) == {}
        control("POST", "/faults", 422, json={"fault": "status", "status": 503, "headers": [1]})
        control("POST", "/settle", 400, json=[1])

    def test_headers_that_would_break_the_response(self, control: Control, server: LoopbackServer) -> None:
        for headers in ({"a": "b\r\nc: d"}, {"a b": "c"}, {"a": "ü€"}, {"": "x"}):
            control("POST", "/faults", 422, json={"fault": "status", "status": 503, "headers": headers})


def test_the_journal(control: Control, emulator: CheckedEmulator, server: LoopbackServer) -> None:
    with httpx.Client(headers=KEY, trust_env=False) as http:
        http.get(f"{server.api_url}/app-users")
        http.post(f"{server.api_url}/app-users", json={})
        http.get(f"{server.api_url}/nothing")
    journal = control("GET", "/journal")
    assert [entry["status"] for entry in journal["entries"]] == [200, 422, 404]
    assert journal["entries"][0]["at"] == emulator.clock.now().astimezone(UTC).isoformat()
    assert journal["entries"][1]["rule"] == "fields; documented"
    assert "sk_test_x" not in str(journal)
    assert len(control("GET", "/journal", params={"status": 422})["entries"]) == 1
    assert len(control("GET", "/journal", params={"operation": "listAppUsers"})["entries"]) == 1
    limited = control("GET", "/journal", params={"limit": 1})
    assert (len(limited["entries"]), limited["entries"][0]["status"], limited["found"]) == (1, 404, 3)
    assert control("GET", "/journal", 422, params={"status": "x"})["code"] == "validation_failed"
    misspelt = control("GET", "/journal", 422, params={"stauts": "200"})
    assert misspelt["message"] == "stauts is not a field of this request."
    control("DELETE", "/journal")
    assert control("GET", "/journal") == {"entries": [], "found": 0}


def test_invalid_requests(control: Control) -> None:
    assert control("GET", "/nothing", 404)["code"] == "not_found"
    assert control("GET", "", 404)["code"] == "not_found"
    response = control.http.put("/faults")
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert {"GET", "POST", "DELETE"} <= set(response.headers["allow"].split(", "))
    assert control("POST", "/faults", 400, content=b"[1]")["code"] == "bad_request"
    assert control("POST", "/clock/freeze", 409, content=b"[]")["code"] == "conflict"
    assert control("POST", "/faults", 413, content=b" " * 1_100_000)["code"] == "too_large"
    assert control.http.head("/health").status_code == 200


def test_a_closed_emulator(control: Control, emulator: Emulator) -> None:
    emulator.close()
    control("POST", "/state/snapshots", 409)


def test_failure_of_the_emulator_in_a_control_request(
    control: Control, emulator: Emulator, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(emulator, "export", failing)
    assert control("GET", "/state/export", 500)["code"] == "server_error"
    assert "No space left" in caplog.text
    assert control("GET", "/health")["status"] == "ok"


def test_every_action_is_documented() -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    paths = [*ACTIONS, ("GET", "/state/export"), ("POST", "/state/load")]
    assert [f"{method} {path}" for method, path in paths if f"`{method} {path}`" not in text] == []
