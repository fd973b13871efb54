"""Repeatedly kills the emulator's server under write load, and looks for lost or duplicated writes.

Each time, the database must open and contain every acknowledged write exactly once. Each event must have one delivery
to each subscribed webhook.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.emulator_server import started
from benchmarks.report import Report, Table
from orbitconnect import OrbitServer, OrbitServerError
from orbitconnect.emulator import Emulator, LoopbackTransport

WRITERS = 4
WEBHOOKS = 10
NOWHERE = "https://webhooks.invalid/"
"""The emulator delivers only to this machine, so that each attempt fails at once."""
LONGEST = 0.3
KEY = "sk_test_durability"


def write(url: str, name: str, answered: list[str]) -> None:
    """Create users until the server is killed, and record the ids that it returned."""
    with OrbitServer(KEY, transport=LoopbackTransport(url), max_retries=0, timeout=5) as orbit:
        for number in range(100_000):
            try:
                answered.append(orbit.users.create(external_id=f"{name}-{number}", display_name=name).id)
            except OrbitServerError:
                return


def run(*, quick: bool) -> Report:
    """Kill the server, open its database, and compare."""
    kills = 5 if quick else 50
    chance = random.Random(1)
    answered: list[str] = []
    lost = doubled = undelivered = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state.db"
        with Emulator(path) as emulator, emulator.client() as orbit:
            for _ in range(WEBHOOKS):
                orbit.webhooks.subscribe(orbit.webhooks.create(NOWHERE).id, "user.created")
        for kill in range(kills):
            with started("-m", "orbitconnect", "emulator", "--port", "0", "--db", str(path)) as (url, _):
                names = [f"{kill}-{writer}" for writer in range(WRITERS)]
                writers = [threading.Thread(target=write, args=(url, name, answered)) for name in names]
                for writer in writers:
                    writer.start()
                time.sleep(chance.uniform(0, LONGEST))
            for writer in writers:
                writer.join()
            with Emulator(path) as emulator, emulator.client() as orbit:
                known = [user.id for user in orbit.users.list()]
                undelivered += sum(event.delivery_count != WEBHOOKS for event in orbit.webhooks.list_events())
            lost += len(set(answered) - set(known))
            doubled += len(known) - len(set(known))
    title = "The emulator's server, killed (SIGKILL) under write load"
    row = [f"{kills}", f"{len(answered):,}", f"{lost}", f"{doubled}", f"{undelivered}"]
    columns = ["kills", "acknowledged writes", "lost", "doubled", f"events without {WEBHOOKS} deliveries"]
    return Report([Table(title, columns, [row])], [])
