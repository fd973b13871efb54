"""The emulator's server, killed under write load again and again: `python -m benchmarks.durability`.

Each time its database must open, and have every write that was answered, once.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.emulator_server import started
from orbitconnect import OrbitServer, OrbitServerError
from orbitconnect.emulator import Emulator, LoopbackTransport

KILLS = 50
WRITERS = 4
LONGEST = 0.3
KEY = "sk_test_durability"


def write(url: str, name: str, answered: list[str]) -> None:
    """Creates users until the server is gone; notes those that it answered for."""
    with OrbitServer(KEY, transport=LoopbackTransport(url), max_retries=0, timeout=5) as orbit:
        for number in range(100_000):
            try:
                answered.append(orbit.users.create(external_id=f"{name}-{number}", display_name=name).id)
            except OrbitServerError:
                return


def main() -> None:
    """Kills, opens, compares."""
    chance = random.Random(1)
    answered: list[str] = []
    lost = doubled = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state.db"
        for kill in range(KILLS):
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
            lost += len(set(answered) - set(known))
            doubled += len(known) - len(set(known))
    print(f"kill -9 under write load, {KILLS} times: {len(answered):,} answered writes, {lost} lost, {doubled} doubled")


if __name__ == "__main__":
    main()
