"""Sends many redeliveries at once to each store: `python -m benchmarks.redelivery`.

8 workers receive 10,000 deliveries of 1,000 events, and 5 % of the handler calls fail. Every event must be handled
exactly once. Needs redis-server and PostgreSQL.
"""

from __future__ import annotations

import sys
import tempfile
import uuid
from pathlib import Path

from tests.webhooks.once.backends import KINDS, POSTGRES, REDIS, Backend
from tests.webhooks.once.servers import postgres_server, redis_server
from tests.webhooks.once.storm import storm

EVENTS = 1000
COPIES = 10
WORKERS = 8
FAILING = 0.05


def main() -> None:
    print(f"{EVENTS * COPIES} deliveries of {EVENTS} events, {WORKERS} workers, {FAILING:.0%} of the handlers fail")
    print(f"{'store':<28} handled  lost  doubled  failed  busy  deliveries/s")
    faults = 0
    with tempfile.TemporaryDirectory() as folder, redis_server() as redis, postgres_server() as postgres:
        for kind in KINDS:
            name = f"handled_{uuid.uuid4().hex}"
            address = redis if kind in REDIS else postgres if kind in POSTGRES else str(Path(folder) / name)
            backend = Backend(kind, address, name)
            outcome = storm(backend, events=EVENTS, copies=COPIES, workers=WORKERS, failing=FAILING)
            lost = EVENTS - len(outcome.handled)
            doubled = outcome.handled.total() - len(outcome.handled)
            faults += lost + doubled
            rate = (EVENTS * COPIES + outcome.failed + outcome.busy) / outcome.seconds
            print(
                f"{kind:<28} {len(outcome.handled):7}  {lost:4}  {doubled:7}  {outcome.failed:6}  {outcome.busy:4}  "
                f"{rate:12,.0f}",
                flush=True,
            )
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
