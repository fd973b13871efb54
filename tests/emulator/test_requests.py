"""The checks made before a handler runs, such as those of the route, the key and the signature."""

from __future__ import annotations

import hashlib
import hmac
import json

import httpx
import pytest

from orbitconnect import AuthenticationError, NotFoundError, OrbitServer, ServerError
from orbitconnect import emulator as emulators
from orbitconnect.emulator import Emulator, EmulatorRequest, ManualClock
from orbitconnect.emulator.access import TEST_KEY
from orbitconnect.emulator.composition import all_handlers
from orbitconnect.emulator.router import find
from orbitconnect.emulator.rules import RULE_HEADER
from orbitconnect_api import operations
from orbitconnect_api.operations import OPERATIONS
from tests.base_url import BASE_PATH, ORIGIN
from tests.emulator.conftest import Wire


def test_the_short_names_of_requests_and_responses_can_be_imported() -> None:
    assert emulators.Request is EmulatorRequest
    assert emulators.Response is emulators.EmulatorResponse


def test_every_operation_is_found() -> None:
    for operation in OPERATIONS.values():
        path = operation.path.replace("{", "<").replace("}", ">")
        found, parameters = find(operation.method, path)
        assert found is operation
        assert all(value == f"<{name}>" for name, value in parameters.items())


def test_a_static_segment_wins_over_a_parameter() -> None:
    assert find("GET", "/conversations/by-reference")[0] is operations.FIND_CONVERSATIONS_BY_REFERENCE
    assert find("GET", "/app-users/external/token") == (
        operations.GET_APP_USER_BY_EXTERNAL_ID,
        {"external_id": "token"},
    )
    # If the rest of the path does not match, the segment is an id.
    assert find("GET", "/conversations/by-reference/messages") == (
        operations.LIST_MESSAGES,
        {"conversation_id": "by-reference"},
    )


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/app-users/", "/app-users//token", "/app-users/a/b/c", "/APP-USERS", "/../app-users"]
)
def test_an_unknown_path(wire: Wire, path: str) -> None:
    response = wire("POST", path, json={})
    assert (response.status_code, response.json()["code"]) == (404, "route_not_found")


def test_a_url_outside_the_base_url(emulator: Emulator) -> None:
    http = httpx.Client(transport=emulator.transport)
    for url in (f"{ORIGIN}/app-users", f"{ORIGIN}{BASE_PATH}x/app-users"):
        response = http.get(url, headers={operations.SECRET_KEY_HEADER: TEST_KEY})
        assert (response.status_code, response.json()["code"]) == (404, "route_not_found")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "HEAD", "OPTIONS"])
def test_a_wrong_method(wire: Wire, method: str) -> None:
    response = wire(method, "/app-users")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"


def test_encoded_slashes_and_dots_stay_in_their_segment(wire: Wire, orbit: OrbitServer) -> None:
    odd = orbit.users.create(external_id="a/../b?c=%2F#ü", display_name="Odd")
    assert orbit.users.get_by_external_id("a/../b?c=%2F#ü").id == odd.id
    assert find("GET", "/app-users/external/a%2F..%2Fb")[1] == {"external_id": "a/../b"}
    assert find("POST", "/app-users/../token")[1] == {"user_id": ".."}
    for path in ("/app-users/%2e%2e/token", "/app-users/a%2F..%2F..%2Fconversations/token"):
        response = wire("POST", path, json={})
        assert (response.status_code, response.json()["code"]) == (404, "resource_not_found")


def test_a_path_that_is_not_utf8(wire: Wire) -> None:
    response = wire("GET", "/app-users/%ff")
    assert (response.status_code, response.headers[RULE_HEADER]) == (400, "path-encoding; inferred")


def test_a_query_that_is_not_utf8(wire: Wire) -> None:
    assert wire("GET", "/app-users?active=%ff").status_code == 400
    assert wire("GET", "/app-users?" + "x=1&" * 2000).status_code == 400


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        (None, "secret-key; documented"),
        ("", "secret-key; documented"),
        ("sk_test_", "secret-key; documented"),
        ("nonsense", "secret-key; documented"),
        ("pk_test_abc", "secret-key; documented"),
        ("sk_live_abc", "test-keys-only; inferred"),
    ],
)
def test_keys_that_are_refused(wire: Wire, key: str | None, rule: str) -> None:
    response = wire("GET", "/app-users", key=key)
    assert (response.status_code, response.json()["code"]) == (401, "unauthorized")
    assert response.headers[RULE_HEADER] == rule
    assert "abc" not in response.text


def test_all_test_keys_share_one_state(emulator: Emulator, orbit: OrbitServer, alice: str) -> None:
    assert emulator.client(secret_key="sk_test_another").users.get(alice).id == alice
    with pytest.raises(AuthenticationError, match="does not accept live keys"):
        emulator.client(secret_key="sk_live_real").users.get(alice)


def test_an_operation_without_a_handler(orbit: OrbitServer, monkeypatch: pytest.MonkeyPatch) -> None:
    handlers = dict(all_handlers())
    del handlers[operations.GET_WALLET.id]
    monkeypatch.setattr("orbitconnect.emulator.core.all_handlers", lambda: handlers)
    with pytest.raises(ServerError, match=r"getWallet \(GET /wallet\)") as caught:
        orbit.billing.get_wallet()
    assert (caught.value.status, caught.value.code) == (501, "not_emulated")


def test_every_operation_of_the_contract_is_emulated() -> None:
    assert all_handlers().keys() == OPERATIONS.keys()


def test_the_acting_user(wire: Wire, orbit: OrbitServer, alice: str) -> None:
    missing, unknown = wire("GET", "/conversations"), wire("GET", "/conversations", actor="usr_nobody")
    orbit.users.deactivate(alice)
    inactive = wire("GET", "/conversations", actor=alice)
    assert (missing.status_code, missing.json()["code"]) == (400, "acting_user_required")
    assert (unknown.status_code, unknown.json()["code"]) == (403, "acting_user_unknown")
    assert (inactive.status_code, inactive.json()["code"]) == (403, "acting_user_inactive")
    assert inactive.headers[RULE_HEADER] == "acting-user-active; inferred"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{", "Expecting property name"),
        (b"\xff{}", "not UTF-8"),
        (b'{"a": NaN}', "NaN is not a JSON value"),
        (b'{"a": -Infinity}', "-Infinity is not a JSON value"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "4300 digits"),
        (b'{"a": "\\ud800"}', "lone surrogate"),
        (b'{"a": ' + b"[" * 150 + b"]" * 150 + b"}", "nested too deeply"),
        (b"[" * 100_000, "nested too deeply"),
        (b"null", "must be a JSON object"),
        (b'"text"', "must be a JSON object"),
        (b"[1]", "must be a JSON object"),
        (b"0", "must be a JSON object"),
    ],
)
def test_a_body_that_is_not_a_json_object(wire: Wire, body: bytes, reason: str) -> None:
    response = wire("POST", "/app-users", content=body)
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")
    assert reason in response.json()["message"]


@pytest.mark.parametrize("body", [b"{}", b"[]", b" [ ] "])
def test_bodies_that_count_as_an_empty_object(wire: Wire, alice: str, body: bytes) -> None:
    assert wire("POST", f"/app-users/{alice}/token", content=body).status_code == 200


def test_wide_and_moderately_deep_bodies(orbit: OrbitServer) -> None:
    deep: dict[str, object] = {}
    for _ in range(60):
        deep = {"in": deep}
    metadata = {"deep": deep, "wide": [{} for _ in range(5000)], "text": "😀\u0000é"}
    assert orbit.users.create(external_id="x", display_name="X", metadata=metadata).metadata == metadata


def test_unknown_fields_and_parameters_are_ignored(wire: Wire) -> None:
    body = {"external_id": "x", "display_name": "X", "shoe_size": 43}
    assert "shoe_size" not in wire("POST", "/app-users", json=body).json()["data"]
    assert wire("GET", "/app-users?page=2").status_code == 200


def test_every_response_has_its_own_request_id(wire: Wire) -> None:
    paths = ("/app-users", "/nothing", "/app-users/none", "/app-users")
    ids = {wire("GET", path).headers[operations.REQUEST_ID_HEADER] for path in paths}
    assert len(ids) == 4


def sign(secret: str, timestamp: str, body: bytes) -> dict[str, str]:
    signature = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {operations.TIMESTAMP_HEADER: timestamp, operations.SIGNATURE_HEADER: signature}


class TestSignatures:
    SECRET = "whisper"

    def status(self, emulator: Emulator, method: str, body: bytes, headers: dict[str, str]) -> tuple[int, str | None]:
        headers = {operations.SECRET_KEY_HEADER: TEST_KEY, **headers}
        response = emulator.handle(EmulatorRequest(method, "/app-users", "", headers, body))
        return response.status, response.headers.get(RULE_HEADER)

    def test_valid_and_invalid(self, clock: ManualClock) -> None:
        emulator = Emulator(clock=clock, signing_secret=self.SECRET)
        now = str(int(clock.now().timestamp() * 1000))
        body = json.dumps({"external_id": "x", "display_name": "X"}).encode()
        wrong = (401, "signature; documented")
        assert self.status(emulator, "POST", body, sign(self.SECRET, now, body)) == (200, None)
        assert self.status(emulator, "GET", b"", sign(self.SECRET, now, b"{}")) == (200, None)
        assert self.status(emulator, "GET", b"", {}) == wrong
        assert self.status(emulator, "GET", b"", sign(self.SECRET, now, b"")) == wrong
        assert self.status(emulator, "POST", body, sign(self.SECRET, now, b"{}")) == wrong
        assert self.status(emulator, "POST", body, sign("other", now, body)) == wrong
        assert self.status(emulator, "GET", b"", sign(self.SECRET, "today", b"{}")) == wrong
        tampered = {**sign(self.SECRET, now, body), operations.TIMESTAMP_HEADER: now[:-1] + "1"}
        assert self.status(emulator, "POST", body, tampered) == wrong
        odd = {operations.TIMESTAMP_HEADER: "\xb2", operations.SIGNATURE_HEADER: "\xff"}
        assert self.status(emulator, "POST", body, odd) == wrong

    @pytest.mark.parametrize(("offset", "status"), [(299, 200), (-299, 200), (301, 401), (-301, 401)])
    def test_the_tolerance(self, clock: ManualClock, offset: int, status: int) -> None:
        emulator = Emulator(clock=clock, signing_secret=self.SECRET)
        timestamp = str(int((clock.now().timestamp() + offset) * 1000))
        assert self.status(emulator, "GET", b"", sign(self.SECRET, timestamp, b"{}"))[0] == status

    def test_the_client_signs_with_the_emulators_time(self, clock: ManualClock) -> None:
        emulator = Emulator(clock=clock, signing_secret=self.SECRET)
        orbit = emulator.client()
        user = orbit.users.create(external_id="x", display_name="X")
        clock.advance(86_400)
        assert orbit.users.get(user.id).id == user.id
        with pytest.raises(AuthenticationError, match="does not match"):
            emulator.client(signing_secret="other").users.list()
        with pytest.raises(AuthenticationError, match="is not signed"):
            emulator.client(signing_secret=None).users.list()

    def test_without_a_secret_signatures_are_ignored(self, wire: Wire) -> None:
        assert wire("GET", "/app-users", headers=sign("any", "0", b"")).status_code == 200


def test_invalid_queries(wire: Wire, orbit: OrbitServer, direct: object, alice: str) -> None:
    conversation = orbit.as_user(alice).conversations.list()[0].id
    path = f"/conversations/{conversation}/messages"
    for query, message in {
        "limit=-1": "limit must be 0 or more.",
        "limit=ten": "limit must be an integer.",
        "limit=": "limit must be an integer.",
        "limit=1.5": "limit must be an integer.",
        "limit=1&limit=2": "limit must not be given more than once.",
    }.items():
        response = wire("GET", f"{path}?{query}", actor=alice)
        assert (response.status_code, response.json()["message"]) == (422, message)
    assert wire("GET", "/app-users?active=1").json()["message"] == "active must be true or false."
    search = wire("GET", "/search/messages", actor=alice).json()
    assert search["errors"] == {"conversation_id": ["is required"], "q": ["is required"]}
    huge = "9" * 25
    assert wire("GET", f"{path}?limit={huge}&offset={huge}&after_sequence={huge}", actor=alice).json()["data"] == []


def test_a_time_whose_plus_was_not_encoded(wire: Wire, alice: str) -> None:
    response = wire("GET", "/sync/messages?conversation_id=x&since=2026-01-05T09:30:00+00:00", actor=alice)
    assert response.status_code == 422
    assert "%2B" in response.json()["errors"]["since"][0]


def test_errors_of_the_facade(orbit: OrbitServer) -> None:
    with pytest.raises(NotFoundError) as caught:
        orbit.users.get("usr_nobody")
    assert (caught.value.code, caught.value.status) == ("resource_not_found", 404)
    assert str(caught.value.request_id).startswith("req_")
