from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest

from orbitconnect import ConflictError, NotFoundError, OrbitServer, UnprocessableEntityError
from orbitconnect.emulator import Emulator, ManualClock
from orbitconnect.emulator.rules import RULE_HEADER
from tests.emulator.conftest import Wire


def test_create_and_get(orbit: OrbitServer, clock: ManualClock) -> None:
    user = orbit.users.create(external_id="db-1", display_name="Ada", metadata={"plan": "pro"})
    assert user.id.startswith("usr_")
    assert (user.external_id, user.display_name, user.metadata) == ("db-1", "Ada", {"plan": "pro"})
    assert (user.is_active, user.created_at, user.updated_at) == (True, clock.now(), clock.now())
    assert orbit.users.get(user.id) == orbit.users.get_by_external_id("db-1") == user


def test_create_is_an_upsert(orbit: OrbitServer, clock: ManualClock) -> None:
    first = orbit.users.create(external_id="db-1", display_name="Ada", metadata={"plan": "pro"})
    clock.advance(60)
    second = orbit.users.create(external_id="db-1", display_name="Ada L.")
    assert (second.id, second.display_name) == (first.id, "Ada L.")
    assert second.metadata == {"plan": "pro"}, "omitted fields stay unchanged"
    assert second.created_at == first.created_at
    assert second.updated_at == clock.now()
    assert orbit.users.create(external_id="db-1", display_name="Ada", metadata={}).metadata == {}
    orbit.users.deactivate(first.id)
    assert orbit.users.create(external_id="db-1", display_name="Ada").is_active is False
    assert len(orbit.users.list()) == 1


def test_list(orbit: OrbitServer, alice: str, bob: str, carol: str) -> None:
    orbit.users.deactivate(bob)
    assert [user.id for user in orbit.users.list()] == [alice, bob, carol]
    assert [user.id for user in orbit.users.list(active_only=True)] == [alice, carol]


def test_update(orbit: OrbitServer, alice: str) -> None:
    assert orbit.users.update(alice, metadata={"a": 1, "b": None}).metadata == {"a": 1, "b": None}
    assert orbit.users.update(alice, display_name="Alice B.").metadata == {"a": 1, "b": None}
    assert orbit.users.update(alice, metadata={"c": 3}).metadata == {"c": 3}, "replaced, not merged"
    assert orbit.users.update(alice).display_name == "Alice B."
    assert orbit.users.update(alice, metadata=None).metadata == {}


def test_metadata_in_another_order_is_no_change(orbit: OrbitServer, clock: ManualClock, alice: str) -> None:
    first = orbit.users.update(alice, metadata={"a": 1, "b": {"c": 2, "d": 3}})
    clock.advance(60)
    assert orbit.users.update(alice, metadata={"b": {"d": 3, "c": 2}, "a": 1}) == first
    assert orbit.users.update(alice, metadata={"b": {"d": 3, "c": 4}, "a": 1}).updated_at == clock.now()


def test_an_empty_array_counts_as_empty_metadata(wire: Wire) -> None:
    body = {"external_id": "x", "display_name": "X", "metadata": []}
    assert wire("POST", "/app-users", json=body).json()["data"]["metadata"] == {}


def test_deactivate(orbit: OrbitServer, alice: str, clock: ManualClock) -> None:
    orbit.users.deactivate(alice)
    changed = orbit.users.get(alice)
    assert changed.is_active is False
    clock.advance(10)
    orbit.users.deactivate(alice)
    assert orbit.users.get(alice) == changed, "repeating the call changes nothing"
    with pytest.raises(ConflictError, match="deactivated"):
        orbit.users.create_token(alice)


def test_unknown_users(orbit: OrbitServer) -> None:
    for call in (orbit.users.get, orbit.users.update, orbit.users.deactivate, orbit.users.create_token):
        with pytest.raises(NotFoundError):
            call("usr_nobody")
    with pytest.raises(NotFoundError):
        orbit.users.get_by_external_id("nobody")


def test_limits_are_named_field_by_field(orbit: OrbitServer, wire: Wire) -> None:
    with pytest.raises(UnprocessableEntityError) as caught:
        orbit.users.create(external_id="", display_name="x" * 256)
    assert caught.value.code == "validation_failed"
    assert caught.value.message == "external_id must not be empty."
    assert caught.value.errors == {
        "external_id": ["must not be empty"],
        "display_name": ["must have at most 255 characters"],
    }
    missing = wire("POST", "/app-users", json={"external_id": "x"})
    assert missing.json()["errors"] == {"display_name": ["is required"]}
    assert missing.headers[RULE_HEADER] == "fields; documented"
    empty = wire("POST", "/app-users", json={"external_id": "x", "display_name": ""})
    assert empty.headers[RULE_HEADER] == "limits; inferred"
    null = wire("PATCH", "/app-users/x", json={"display_name": None})
    assert null.json()["errors"] == {"display_name": ["must be a string"]}


def decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


class TestTokens:
    def test_is_a_jwt(self, emulator: Emulator, orbit: OrbitServer, alice: str, clock: ManualClock) -> None:
        clock.advance(timedelta(milliseconds=700))
        issued = orbit.users.create_token(alice, ttl=900)
        head, claims, signature = issued.token.split(".")
        assert json.loads(decode(head)) == {"alg": "HS256", "typ": "JWT"}
        expected = hmac.new(emulator.token_secret, f"{head}.{claims}".encode(), hashlib.sha256).digest()
        assert decode(signature) == expected
        content = json.loads(decode(claims))
        now = int(clock.now().timestamp())
        assert (content["sub"], content["iat"], content["exp"]) == (alice, now, now + 900)
        assert issued.expires_at.timestamp() == content["exp"]
        assert content["iss"]

    def test_each_token_is_different(self, orbit: OrbitServer, alice: str) -> None:
        assert orbit.users.create_token(alice).token != orbit.users.create_token(alice).token

    def test_each_emulator_has_its_own_secret(self) -> None:
        assert Emulator().token_secret != Emulator().token_secret
        assert Emulator(seed=1).token_secret == Emulator(seed=1).token_secret != Emulator(seed=2).token_secret

    @pytest.mark.parametrize("ttl", [1, 3600, 86_400])
    def test_ttl(self, orbit: OrbitServer, alice: str, clock: ManualClock, ttl: int) -> None:
        assert orbit.users.create_token(alice, ttl=ttl).expires_at == clock.now() + timedelta(seconds=ttl)

    def test_default_ttl(self, orbit: OrbitServer, alice: str, clock: ManualClock) -> None:
        assert orbit.users.create_token(alice).expires_at == clock.now() + timedelta(hours=1)

    @pytest.mark.parametrize("ttl", [0, -1, 86_401, "60", 1.5, True, None])
    def test_ttls_that_are_refused(self, wire: Wire, alice: str, ttl: object) -> None:
        response = wire("POST", f"/app-users/{alice}/token", json={"ttl": ttl})
        assert response.status_code == 422
        assert list(response.json()["errors"]) == ["ttl"]
        assert response.headers[RULE_HEADER].endswith("; documented"), "the limit is documented in the vendor's readme"
