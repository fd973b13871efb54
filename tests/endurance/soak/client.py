"""The process that is watched: it makes the calls.

Usage: python -m tests.endurance.soak.client LEDGER CALLS SEED STACKS, with the server's first line on standard input.
It prints one line of JSON, a `traffic.Report`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from orbitconnect_api import operations


def main() -> None:
    """Makes the calls."""
    path, count, seed, stacks = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4].split(",")
    world = json.loads(sys.stdin.readline())
    # Before the client is loaded, parts of which are made for the address.
    operations.BASE_URL = world["url"]  # type: ignore[misc]
    from tests.endurance.soak.ledger import Ledger
    from tests.endurance.soak.mix import Mix
    from tests.endurance.soak.traffic import Traffic

    with Ledger(path) as ledger:
        mix = Mix(world["owners"], world["members"], world["groups"], seed)
        report = Traffic(mix, ledger).run(stacks, count)
    sys.stdout.write(json.dumps(report._asdict()) + "\n")


if __name__ == "__main__":
    main()
