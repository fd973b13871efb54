from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator


async def test_sign_up_registers_a_user(api: httpx.AsyncClient, orbit: OrbitServer) -> None:
    response = await api.post("/customers", json={"id": "c1", "name": "Ada"})

    assert response.status_code == 201
    login = response.json()
    assert (login["client_id"], bool(login["token"])) == ("pk_test_of_the_tests", True)
    # `orbit` is connected to the same emulator as the application's own client.
    assert orbit.users.get(login["user_id"]).display_name == "Ada"


async def test_signing_up_again_changes_the_name(api: httpx.AsyncClient, orbit: OrbitServer) -> None:
    for name in ("Ada", "Ada Lovelace"):
        await api.post("/customers", json={"id": "c1", "name": name})

    assert [user.display_name for user in orbit.users.list()] == ["Ada Lovelace"]


@pytest.mark.orbit(time="2026-03-29T00:50:00+00:00", seed=1)
async def test_a_login_is_valid_for_15_minutes(api: httpx.AsyncClient, orbit_emulator: Emulator) -> None:
    first = (await api.post("/customers", json={"id": "c1", "name": "Ada"})).json()
    orbit_emulator.advance(timedelta(minutes=10))
    second = (await api.post("/customers", json={"id": "c1", "name": "Ada"})).json()

    assert first["expires_at"] == "2026-03-29T01:05:00Z"
    assert second["expires_at"] == "2026-03-29T01:15:00Z"
