"""The journal: which entries are kept, which values are masked, and how to search."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from orbitconnect import NotFoundError, OrbitServer
from orbitconnect.emulator import EmulatorRequest, EmulatorResponse, Entry, Journal, ManualClock, Reset, Status
from orbitconnect.emulator.composition import all_handlers
from orbitconnect_api import operations
from orbitconnect_api.models.conversation import Conversation
from tests.base_url import ORIGIN
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.conftest import Wire, user

KEY = "sk_test_very_secret"


def last(emulator: CheckedEmulator) -> Entry:
    return emulator.journal.entries[-1]


def everything(emulator: CheckedEmulator) -> str:
    """The whole content of the journal, as text."""
    return repr([(entry, entry.request_headers, entry.request_body) for entry in emulator.journal.entries]) + repr(
        [(entry.response_headers, entry.response_body) for entry in emulator.journal.entries]
    )


def test_an_entry(
    emulator: CheckedEmulator, orbit: OrbitServer, alice: str, direct: Conversation, clock: ManualClock
) -> None:
    clock.advance(60)
    orbit.as_user(alice).messages.send(conversation_id=direct.id, content="Hi", idempotency_key="k")
    entry = last(emulator)
    assert entry.number == len(emulator.journal) == 4
    assert entry.at == clock.now()
    assert (entry.method, entry.path) == ("POST", f"/conversations/{direct.id}/messages")
    assert (entry.query, entry.operation, entry.actor) == ("", "sendMessage", alice)
    assert (entry.status, entry.rule, entry.fault, entry.error) == (200, None, None, None)
    assert entry.request_body == '{"content":"Hi","idempotency_key":"k"}'
    assert '"content":"Hi"' in entry.response_body
    assert entry.response_headers["x-request-id"].startswith("req_")
    assert entry.request_headers["content-type"] == "application/json"
    assert 0 < entry.seconds < 10


def test_a_refusal(emulator: CheckedEmulator, orbit: OrbitServer, wire: Wire) -> None:
    with pytest.raises(NotFoundError):
        orbit.users.get("usr_nobody")
    entry = last(emulator)
    assert (entry.status, entry.rule, entry.operation) == (404, "exists; documented", "getAppUser")
    wire("GET", "/nothing?a=1")
    entry = last(emulator)
    assert (entry.status, entry.rule, entry.operation) == (404, "route; documented", None)
    assert (entry.path, entry.query) == ("/nothing", "a=1")


def test_outside_the_base_url(emulator: CheckedEmulator) -> None:
    httpx.Client(transport=emulator.transport).get("http://localhost/elsewhere?a=1&signature=hidden")
    entry = last(emulator)
    assert (entry.path, entry.query) == ("/elsewhere", "a=1&signature=***")


def test_faults(emulator: CheckedEmulator, orbit: OrbitServer, alice: str) -> None:
    emulator.faults.add(Reset(when="after"), operation="getAppUser")
    emulator.faults.add(Reset(), operation="getAppUser")
    emulator.faults.add(Status(503), operation="getAppUser")
    client = emulator.client(max_retries=3)
    client.users.get(alice)
    after, before, status, success = emulator.journal.find(operation="getAppUser")
    assert [entry.status for entry in (after, before, status, success)] == [0, 0, 503, 200]
    assert after.fault == Reset(when="after")
    assert after.response_body == success.response_body
    assert (before.response_body, before.response_headers) == ("", {})
    assert status.rule == "scripted-fault; inferred"
    assert emulator.journal.find(status=0) == [after, before]


def test_a_handler_that_fails(emulator: CheckedEmulator, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(call: object, **_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setitem(all_handlers(), operations.LIST_APP_USERS.id, failing)  # type: ignore[arg-type]
    response = wire("GET", "/app-users")
    assert (response.status_code, response.json()["code"]) == (500, "server_error")
    assert (last(emulator).status, last(emulator).error) == (500, "ZeroDivisionError: by zero")


class TestSecrets:
    def test_keys_and_signatures(self, clock: ManualClock) -> None:
        with CheckedEmulator(clock=clock, signing_secret="sign_secret") as emulator:
            emulator.client(secret_key=KEY).users.list()
            wire = Wire(emulator)
            wire("GET", "/app-users", key=KEY, headers={"Authorization": "Bearer hidden", "Cookie": "a=hidden"})
            entry = emulator.journal.entries[0]
            assert entry.request_headers["x-api-key"] == "***"
            assert entry.request_headers["x-request-signature"] == "***"
            found = everything(emulator)
            for secret in (KEY, "hidden", "sign_secret"):
                assert secret not in found
            assert KEY not in repr(emulator.journal._records)

    def test_secrets_of_the_contract(self, emulator: CheckedEmulator, orbit: OrbitServer, alice: str) -> None:
        me = orbit.as_user(alice)
        webhook = orbit.webhooks.create("http://127.0.0.1:9/hook")
        turn = me.calls.get_turn_credentials()
        upload = me.media.generate_upload_url("image/png")
        secrets = [
            orbit.users.create_token(alice).token,
            webhook.secret,
            orbit.webhooks.rotate_secret(webhook.id).secret,
            me.calls.get_webrtc_token().token,
            turn.credential,
            upload.upload_path,
        ]
        found = everything(emulator)
        for secret in secrets:
            assert secret
            assert secret not in found
        created = emulator.journal.find(operation="createWebhook")[0]
        assert '"secret":"***"' in created.response_body
        assert "http://127.0.0.1:9/hook" in created.response_body
        assert emulator.journal.find(operation="rotateWebhookSecret")

    def test_secrets_in_requests(self, emulator: CheckedEmulator, orbit: OrbitServer, wire: Wire, alice: str) -> None:
        meeting = orbit.as_user(alice).meetings.create(title="Weekly").id
        bodies = [
            b'{"token": "hidden"}',
            b'{"token" :\n"hid\\"hidden"}',
            b'{"\\u0074oken": "hidden"}',
            b'{"token": 123hidden}',
            b'{"token": "hidden',
        ]
        for body in bodies:
            wire("POST", f"/meetings/{meeting}/join", actor=alice, content=body)
            assert "***" in last(emulator).request_body, body
        wire("POST", "/nothing", content=b'{"token": "hidden", "a": 1}')
        assert last(emulator).request_body == '{"token": "***", "a": 1}'
        assert "hidden" not in everything(emulator)

    def test_signed_urls(self, emulator: CheckedEmulator, orbit: OrbitServer, alice: str) -> None:
        path = orbit.as_user(alice).media.generate_upload_url("text/plain").upload_path or ""
        with httpx.Client(transport=emulator.transport, base_url=ORIGIN) as http:
            assert http.put(path, content=b"Hello").is_success
        entry = last(emulator)
        assert (entry.method, entry.query.count("***")) == ("PUT", 1)
        signature = path.partition("signature=")[2].partition("&")[0]
        assert signature
        assert signature not in everything(emulator)


class TestBounds:
    def test_the_oldest_entries_are_discarded(self) -> None:
        journal = Journal(3)
        for number in range(5):
            journal.add(EmulatorRequest("GET", f"/{number}"), EmulatorResponse(200, {}), None, 0, 0)
        assert [(entry.number, entry.path) for entry in journal.entries] == [(3, "/2"), (4, "/3"), (5, "/4")]
        assert len(journal) == 3
        journal.clear()
        assert journal.entries == []
        journal.add(EmulatorRequest("GET", "/"), EmulatorResponse(200, {}), None, 0, 0)
        assert journal.entries[0].number == 6

    def test_long_texts_are_cut(self, emulator: CheckedEmulator, wire: Wire, orbit: OrbitServer) -> None:
        orbit.users.create(external_id="a", display_name="A", metadata={"text": "ü" * 100_000})
        entry = last(emulator)
        assert 1000 < len(entry.request_body) < 2100
        assert entry.request_body.endswith(" bytes)")
        wire("GET", f"/{'a' * 9000}?{'b' * 9000}", headers={"x-own": "c" * 9000})
        entry = last(emulator)
        assert [len(text) for text in (entry.path, entry.query, entry.request_headers["x-own"])] == [2000] * 3

    def test_bodies_that_are_not_text(self, emulator: CheckedEmulator, wire: Wire) -> None:
        wire("POST", "/app-users", content=b"\xff\xd8" * 10, headers={"content-type": "image/jpeg"})
        assert last(emulator).request_body == "(20 bytes of image/jpeg)"
        wire("POST", "/app-users", content=b"\xff\xd8", headers={"content-type": "application/json"})
        assert last(emulator).request_body == "\ufffd\ufffd"


def test_finding(emulator: CheckedEmulator, orbit: OrbitServer, alice: str, clock: ManualClock) -> None:
    bob = user(orbit, "Bob")
    direct = orbit.as_user(alice).conversations.create(type="direct", participant_id=bob).id
    for me in (alice, bob):
        orbit.as_user(me).messages.send(conversation_id=direct, content="Hi")
    with pytest.raises(NotFoundError):
        orbit.as_user(bob).messages.get("msg_none")
    clock.advance(timedelta(hours=1))
    orbit.as_user(bob).messages.list(direct)
    journal = emulator.journal

    def operations_of(entries: list[Entry]) -> list[str | None]:
        return [entry.operation for entry in entries]

    assert len(journal.find()) == len(journal)
    assert operations_of(journal.find(operation=operations.SEND_MESSAGE)) == ["sendMessage"] * 2
    assert operations_of(journal.find(actor=bob)) == ["sendMessage", "getMessage", "listMessages"]
    assert operations_of(journal.find(operation="sendMessage", actor=bob)) == ["sendMessage"]
    assert operations_of(journal.find(status=404)) == ["getMessage"]
    assert operations_of(journal.find(path="/messages/msg_none")) == ["getMessage"]
    assert operations_of(journal.find(path=f"/conversations/{direct}/*", actor=bob)) == ["sendMessage", "listMessages"]
    assert journal.find(path="/messages") == []
