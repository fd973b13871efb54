"""A program to be packed. It calls an emulator in its own process, and a server over TLS. It prints "done with" ..."""

from __future__ import annotations

import asyncio
import os
import sys

import orbitconnect
from orbitconnect import AsyncOrbitServer, NotFoundError, OrbitServer
from orbitconnect.emulator import Emulator
from orbitconnect.webhooks import construct_event, sign
from orbitconnect_api import operations


def inside() -> None:
    """Call an emulator in this process."""
    with Emulator() as emulator:
        orbit = emulator.client()
        alice = orbit.users.create(external_id="alice", display_name="Alice")
        bob = orbit.users.create(external_id="bob", display_name="Bob")
        chat = orbit.conversations.create(type="direct", participant_id=bob.id, acting_user_id=alice.id)
        orbit.messages.send(conversation_id=chat.id, content="Hi", acting_user_id=alice.id)
        messages = orbit.messages.list(chat.id, acting_user_id=bob.id)
        expect([message.content for message in messages] == ["Hi"])
        try:
            orbit.users.get("usr_nobody")
        except NotFoundError as error:
            expect(error.status == 404)


def outside() -> None:
    """Call a server over TLS with both clients."""
    operations.BASE_URL = os.environ["ORBIT_TEST_URL"]  # type: ignore[misc]
    with OrbitServer("sk_test_x", timeout=10, signing_secret="s3cr3t") as orbit:
        expect(orbit.users.get("u1").id == "u1")
    with OrbitServer("sk_test_x", timeout=10, signing_secret="s3cr3t", transport="stdlib") as orbit:
        expect(orbit.users.get("u1").id == "u1")

    async_orbit = AsyncOrbitServer("sk_test_x", timeout=10)
    async_orbit.preload()  # Otherwise, asyncio's debug mode may report that the imports block the event loop.

    async def main() -> None:
        async with async_orbit:
            expect((await async_orbit.users.get("u2")).id == "u2")

    asyncio.run(main())


def webhooks() -> None:
    """Read an event."""
    body = b'{"id":"evt_1","type":"message.sent","data":{"message_id":"m"}}'
    expect(construct_event(body, sign(body, "secret"), "secret").type == "message.sent")


def expect(holds: bool) -> None:
    """Fail unless a condition holds, even under `python -O`."""
    if not holds:
        raise SystemExit(f"not as expected, in Python {sys.version}")


if __name__ == "__main__":
    inside()
    webhooks()
    outside()
    sys.stdout.write(f"done with {orbitconnect.__version__}\n")
