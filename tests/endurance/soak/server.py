"""The emulator over sockets, in its own process, with random faults and outages.

Usage: python -m tests.endurance.soak.server DATABASE SEED SHARE BETWEEN. SHARE is the fraction of requests that a fault
affects. BETWEEN is the number of requests between outages. It prints a line that clients need, serves until its
standard input is closed, and then prints how many faults and outages of each kind there were.
"""

from __future__ import annotations

import json
import random
import sys
import threading
from collections import Counter
from typing import Any, Final

from attrs import evolve, frozen

from orbitconnect.emulator import Drip, Emulator, Garbage, Latency, Reset, Stall, Status, Truncate
from orbitconnect.emulator.control.fault_plan import scripted_response
from orbitconnect.emulator.exchange import EmulatorRequest, EmulatorResponse
from orbitconnect.emulator.faults import Fault
from orbitconnect.emulator.server.run import bind

MEMBERS: Final = 60
OWNERS: Final = 20
GROUPS: Final = 30
GROUP_SIZE: Final = 6
OUTAGE_SECONDS: Final = 0.05
_LOW_PORTS: Final = range(15_000, 32_000)
"""Below the ports for outgoing connections, which could otherwise take the server's port during an outage."""


@frozen
class Gateway:
    """A gateway that gives up waiting for the response. The request is carried out."""


FAULTS: Final[dict[str, tuple[int, Fault | Gateway]]] = {
    "answer lost (reset)": (20, Reset(when="after")),
    "reset before": (12, Reset(when="before")),
    "429": (5, Status(429)),
    "429, Retry-After": (5, Status(429, headers={"retry-after": "1"})),
    "500": (6, Status(500)),
    "502, HTML": (5, Status(502, body="<html>Bad gateway</html>", headers={"content-type": "text/html"})),
    "503": (5, Status(503)),
    "503, Retry-After": (5, Status(503, headers={"retry-after": "2"})),
    "504, carried out": (8, Gateway()),
    "late": (10, Latency(0.05)),
    "body cut short": (8, Truncate(20)),
    "no HTTP": (6, Garbage()),
    "a few bytes at a time": (3, Drip(100, 0.01)),
    "no answer": (1, Stall(when="after")),
}
"""The relative frequencies of the faults."""


class FaultyEmulator(Emulator):
    """An emulator with random faults."""

    def __init__(self, path: str, seed: int, share: float) -> None:
        super().__init__(path, seed=seed)
        self._chance = random.Random(seed)
        self._share = share
        self._counting = threading.Lock()
        self.requests = 0
        self.happened: Counter[str] = Counter()

    def handle(self, request: EmulatorRequest) -> EmulatorResponse:
        fault = self._draw()
        if fault is None:
            return super().handle(request)
        if isinstance(fault, Gateway):
            super().handle(request)
            return _instead(Status(504, body="<html>Timeout</html>", headers={"content-type": "text/html"}))
        return scripted_response(fault, {}) or evolve(super().handle(request), fault=fault)

    def _draw(self) -> Fault | Gateway | None:
        with self._counting:
            self.requests += 1
            if self._chance.random() >= self._share:
                return None
            name = self._chance.choices(list(FAULTS), [weight for weight, _ in FAULTS.values()])[0]
            self.happened[name] += 1
            return FAULTS[name][1]


def _instead(status: Status) -> EmulatorResponse:
    response = scripted_response(status, {})
    assert response is not None
    return response


def prepare(emulator: Emulator) -> dict[str, Any]:
    """Create users and groups, without faults."""
    chance = random.Random(0)
    with emulator.client() as orbit:
        members = [
            orbit.users.create(external_id=f"member-{number}", display_name="A member").id for number in range(MEMBERS)
        ]
        # Other users create further groups during the run, so that no user's list of conversations keeps growing.
        owners, members = members[:OWNERS], members[OWNERS:]
        groups: list[list[str]] = []
        for _ in range(GROUPS):
            owner, *others = chance.sample(members, GROUP_SIZE)
            group = orbit.as_user(owner).conversations.create(type="group", participant_ids=others)
            groups.append([group.id, owner, *others])
    return {"owners": owners, "members": members, "groups": groups}


def _free_port() -> int:
    while True:
        port = random.choice(_LOW_PORTS)
        try:
            bind(port).close()
        except OSError:
            continue
        return port


def main() -> None:
    """Serve until standard input is closed."""
    path, seed, share, between = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    ended = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    with Emulator(path, seed=seed) as emulator:
        world = prepare(emulator)
    outages = 0
    with FaultyEmulator(path, seed, share) as faulty:
        server = faulty.serve(_free_port())
        server.start()
        _tell({**world, "url": server.api_url})
        while not ended.wait(0.02):
            if faulty.requests >= between * (outages + 1):
                outages += 1
                server.close()
                ended.wait(OUTAGE_SECONDS)
                server.start()
        server.close()
        _tell({"requests": faulty.requests, "faults": dict(faulty.happened), "outages": outages})


def _tell(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
