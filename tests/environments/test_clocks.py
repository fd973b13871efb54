"""Clocks that tests stop or move. Time limits on a real network still count real time."""

from __future__ import annotations

import pytest

from tests.environments.conftest import Run
from tests.transports import ASYNC, SYNC

FROZEN = {
    "freezegun": "from freezegun import freeze_time\nfrozen = freeze_time('2030-01-01')\nfrozen.start()\n",
    "time-machine": "import time_machine\nfrozen = time_machine.travel('2030-01-01', tick=False)\nfrozen.start()\n",
}


@pytest.fixture(params=list(FROZEN))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["frozen first", "imported first"])
def before(request: pytest.FixtureRequest, kind: str) -> str:
    imports = "import orbitconnect._sync.client, orbitconnect.testing, orbitconnect.webhooks.once\n"
    return (imports if request.param == "imported first" else "") + FROZEN[kind]


REAL = """
    real = lambda: time.clock_gettime(time.CLOCK_BOOTTIME)
"""


@pytest.mark.parametrize("stack", SYNC)
def test_a_call_ends_at_its_deadline(run: Run, before: str, stack: str) -> None:
    code = (
        REAL
        + f"""
    from orbitconnect import DeadlineExceededError, OrbitServer
    orbit = OrbitServer(KEY, timeout=10, signing_secret="s3cr3t", transport={stack!r})
    assert orbit.users.get("first").id == "first"
    assert orbit.users.get("busy").id == "busy"
    began = real()
    try:
        orbit.with_options(timeout=0.4).users.get("silent")
    except DeadlineExceededError as error:
        assert error.sent
    assert 0.38 < real() - began < 0.7
    orbit.close()
    print("done")
    """
    )
    assert run(code, before=before) == "done\n"


def test_a_wait_ends_at_its_timeout(run: Run, before: str) -> None:
    code = (
        REAL
        + """
    from orbitconnect.emulator import Emulator
    from orbitconnect.testing import WebhookInbox
    from orbitconnect.waiting import WaitTimeoutError
    began = real()
    with WebhookInbox() as inbox:
        try:
            inbox.wait_for("call.ended", timeout=0.4)
        except (AssertionError, TimeoutError):
            pass
    assert 0.38 < real() - began < 0.9, real() - began
    with Emulator() as emulator:
        orbit = emulator.client()
        alice, bob = (orbit.users.create(external_id=name, display_name=name) for name in "ab")
        call = orbit.calls.initiate(callee_id=bob.id, type="video", acting_user_id=alice.id)
        began = real()
        try:
            orbit.calls.wait_until_ended(call.id, timeout=0.4, acting_user_id=alice.id)
        except WaitTimeoutError:
            pass
        assert 0.3 < real() - began < 0.9, real() - began
    print("done")
    """
    )
    assert run(code, before=before) == "done\n"


def test_a_store_gives_up_at_its_timeout(run: Run, before: str) -> None:
    code = (
        REAL
        + """
    import sqlite3, tempfile
    from orbitconnect.webhooks.once import SQLiteStore, StoreError
    folder = tempfile.mkdtemp()
    path = folder + "/events.db"
    store = SQLiteStore(path, timeout=0.4)
    store.claim("first")
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    began = real()
    try:
        store.claim("second")
    except StoreError:
        pass
    assert real() - began < 1.5, real() - began
    other.close()
    store.close()
    print("done")
    """
    )
    assert run(code, before=before) == "done\n"


@pytest.mark.parametrize("stack", ASYNC)
def test_calls_in_an_event_loop(run: Run, kind: str, stack: str) -> None:
    # By default, freezegun also stops the event loop.
    before = FROZEN[kind]
    if kind == "freezegun":
        before = before.replace("'2030-01-01')", "'2030-01-01', real_asyncio=True)")
    code = (
        REAL
        + f"""
    import asyncio
    from orbitconnect import AsyncOrbitServer, DeadlineExceededError

    async def main():
        async with AsyncOrbitServer(KEY, timeout=10, transport={stack!r}) as orbit:
            assert (await orbit.users.get("first")).id == "first"
            assert (await orbit.users.get("busy")).id == "busy"
            began = real()
            try:
                await orbit.with_options(timeout=0.4).users.get("silent")
            except DeadlineExceededError as error:
                assert error.sent
            assert 0.38 < real() - began < 0.8, real() - began

    asyncio.run(main())
    print("done")
    """
    )
    assert run(code, before=before) == "done\n"
